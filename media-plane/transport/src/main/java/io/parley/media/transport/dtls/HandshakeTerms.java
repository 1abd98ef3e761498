package io.parley.media.transport.dtls;

import io.parley.media.transport.Fingerprint;
import io.parley.media.transport.Limits;
import io.parley.media.transport.srtp.SrtpKeys;
import io.parley.media.transport.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/** What is the same whichever side of the handshake we are: suites, certificates, profiles, keys. */
final class HandshakeTerms {
    static final int TIMEOUT_MILLIS = (int) Limits.HANDSHAKE.toMillis();

    /** Short, as a lost flight delays a join by it; repeated flights double it. */
    static final int RESEND_MILLIS = 100;

    static final int[] CIPHER_SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
    };
    static final ProtocolVersion[] VERSIONS = {ProtocolVersion.DTLSv12};

    private static final byte[] NO_MKI = {};

    private final DtlsIdentity identity;
    private final Fingerprint expected;
    private @Nullable SrtpProfile profile;
    private @Nullable SrtpKeys clientKeys;
    private @Nullable SrtpKeys serverKeys;

    HandshakeTerms(DtlsIdentity identity, Fingerprint expected) {
        this.identity = identity;
        this.expected = expected;
    }

    TlsCredentialedSigner credentials(TlsContext context) throws IOException {
        var crypto = (BcTlsCrypto) context.getCrypto();
        var algorithm = new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context), crypto, identity.privateKey(), identity.chain(crypto), algorithm);
    }

    /** Refuses every certificate but the one whose fingerprint the peer's SDP named. */
    void checkCertificate(Certificate certificate) throws IOException {
        if (certificate.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "the peer showed no certificate");
        }
        byte[] encoded = certificate.getCertificateAt(0).getEncoded();
        if (!DtlsIdentity.fingerprint(encoded, expected.algorithm()).equals(expected)) {
            throw new TlsFatalAlert(
                    AlertDescription.bad_certificate, "the peer's certificate is not the one its SDP named");
        }
    }

    static Vector<?> signatureAlgorithms(TlsContext context) {
        return TlsUtils.getDefaultSupportedSignatureAlgorithms(context);
    }

    /** All our profiles, as a client offers them. */
    static UseSRTPData offer() {
        int[] ids =
                Arrays.stream(SrtpProfile.values()).mapToInt(SrtpProfile::id).toArray();
        return new UseSRTPData(ids, NO_MKI);
    }

    /** Takes our most preferred profile among those of the peer's extension. */
    void choose(@Nullable Hashtable<?, ?> extensions) throws IOException {
        UseSRTPData offered = extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions);
        if (offered != null) {
            profile = Arrays.stream(SrtpProfile.values())
                    .filter(ours ->
                            Arrays.stream(offered.getProtectionProfiles()).anyMatch(id -> id == ours.id()))
                    .findFirst()
                    .orElse(null);
        }
        if (profile == null) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "no SRTP profile in common");
        }
    }

    UseSRTPData chosen() throws IOException {
        if (profile == null) {
            throw new TlsFatalAlert(AlertDescription.internal_error);
        }
        return new UseSRTPData(new int[] {profile.id()}, NO_MKI);
    }

    /** Exports the keys (RFC 5764 section 4.2); only possible at the end of the handshake. */
    void export(TlsContext context) throws IOException {
        if (profile == null) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "no SRTP profile in common");
        }
        int key = SrtpProfile.KEY_BYTES;
        int salt = profile.saltBytes();
        byte[] material = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, 2 * (key + salt));
        int salts = 2 * key;
        clientKeys = new SrtpKeys(
                profile, Arrays.copyOfRange(material, 0, key), Arrays.copyOfRange(material, salts, salts + salt));
        serverKeys = new SrtpKeys(
                profile,
                Arrays.copyOfRange(material, key, salts),
                Arrays.copyOfRange(material, salts + salt, salts + 2 * salt));
        Arrays.fill(material, (byte) 0);
    }

    /** What the client writes with. */
    SrtpKeys clientKeys() {
        return exported(clientKeys);
    }

    /** What the server writes with. */
    SrtpKeys serverKeys() {
        return exported(serverKeys);
    }

    private static SrtpKeys exported(@Nullable SrtpKeys keys) {
        if (keys == null) {
            throw new IllegalStateException("the handshake has not ended");
        }
        return keys;
    }
}
