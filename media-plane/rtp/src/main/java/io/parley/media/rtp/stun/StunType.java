package io.parley.media.rtp.stun;

/** Message types, attribute types and error codes of STUN (RFC 8489 section 18) and ICE (RFC 8445 section 20). */
public final class StunType {
    /** RFC 8489 sections 5 and 18.2. */
    public static final int BINDING_REQUEST = 0x0001;

    /** RFC 8489 sections 5 and 18.2. */
    public static final int BINDING_INDICATION = 0x0011;

    /** RFC 8489 sections 5 and 18.2. */
    public static final int BINDING_SUCCESS = 0x0101;

    /** RFC 8489 sections 5 and 18.2. */
    public static final int BINDING_ERROR = 0x0111;

    /** RFC 8489 section 14.1. */
    public static final int MAPPED_ADDRESS = 0x0001;

    /** RFC 8489 section 14.3. */
    public static final int USERNAME = 0x0006;

    /** RFC 8489 section 14.5. */
    public static final int MESSAGE_INTEGRITY = 0x0008;

    /** RFC 8489 section 14.8. */
    public static final int ERROR_CODE = 0x0009;

    /** RFC 8489 section 14.13. */
    public static final int UNKNOWN_ATTRIBUTES = 0x000a;

    /** RFC 8489 section 14.9. */
    public static final int REALM = 0x0014;

    /** RFC 8489 section 14.10. */
    public static final int NONCE = 0x0015;

    /** RFC 8489 section 14.6. */
    public static final int MESSAGE_INTEGRITY_SHA256 = 0x001c;

    /** RFC 8489 section 14.2. */
    public static final int XOR_MAPPED_ADDRESS = 0x0020;

    /** RFC 8445 section 7.1.1. */
    public static final int PRIORITY = 0x0024;

    /** RFC 8445 section 7.1.2. */
    public static final int USE_CANDIDATE = 0x0025;

    /** RFC 8489 section 14.14. */
    public static final int SOFTWARE = 0x8022;

    /** RFC 8489 section 14.7. */
    public static final int FINGERPRINT = 0x8028;

    /** RFC 8445 section 7.1.3. */
    public static final int ICE_CONTROLLED = 0x8029;

    /** RFC 8445 section 7.1.3. */
    public static final int ICE_CONTROLLING = 0x802a;

    /** RFC 8489 section 14.8: the request is malformed. */
    public static final int ERROR_BAD_REQUEST = 400;

    /** RFC 8489 section 14.8: the credentials are wrong. */
    public static final int ERROR_UNAUTHENTICATED = 401;

    /** RFC 8489 section 14.8: an attribute that must be understood is not. */
    public static final int ERROR_UNKNOWN_ATTRIBUTE = 420;

    /** RFC 8445 section 7.3.1.1: both sides claim the same role. */
    public static final int ERROR_ROLE_CONFLICT = 487;

    /** RFC 8489 section 5. */
    static final int MAGIC_COOKIE = 0x2112a442;

    /** RFC 8489 section 5. */
    static final int HEADER = 20;

    /** RFC 8489 section 14.7. */
    static final int FINGERPRINT_MASK = 0x5354554e;

    /** RFC 8489 section 14.5: HMAC-SHA1. */
    static final int INTEGRITY_BYTES = 20;

    private StunType() {}

    /** Whether {@code attribute} must be understood (RFC 8489 section 14) and is none of those named here. */
    static boolean isUnknownAndRequired(int attribute) {
        return switch (attribute) {
            case MAPPED_ADDRESS,
                    USERNAME,
                    MESSAGE_INTEGRITY,
                    ERROR_CODE,
                    UNKNOWN_ATTRIBUTES,
                    REALM,
                    NONCE,
                    MESSAGE_INTEGRITY_SHA256,
                    XOR_MAPPED_ADDRESS,
                    PRIORITY,
                    USE_CANDIDATE -> false;
            default -> attribute < 0x8000;
        };
    }
}
