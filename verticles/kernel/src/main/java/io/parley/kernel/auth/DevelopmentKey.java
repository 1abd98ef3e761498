package io.parley.kernel.auth;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;

/**
 * The Ed25519 key that signs development tokens: a private JWK in the data folder, readable by its owner only, made at
 * first use. Production mode never reads it.
 */
public final class DevelopmentKey {
    /** PKCS#8 of Ed25519 begins with 16 fixed bytes, SubjectPublicKeyInfo with 12; both end with the 32 of the key. */
    private static final int KEY_BYTES = 32;

    private static final byte[] PRIVATE_PREFIX = java.util.HexFormat.of().parseHex("302e020100300506032b657004220420");

    private final OctetKeyPair jwk;

    private DevelopmentKey(OctetKeyPair jwk) {
        this.jwk = jwk;
    }

    /** Reads the key, or makes it. Blocking: for start-up and the command line. */
    public static DevelopmentKey in(Path file) throws IOException {
        try {
            if (Files.exists(file)) {
                return new DevelopmentKey(OctetKeyPair.parse(Files.readString(file)));
            }
            OctetKeyPair made = generate();
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            write(file, made.toJSONString());
            return new DevelopmentKey(made);
        } catch (FileAlreadyExistsException otherWasFaster) {
            return in(file);
        } catch (ParseException broken) {
            throw new IOException(file + " is not a private key as a JWK; remove it to have a new one made", broken);
        }
    }

    private static void write(Path file, String text) throws IOException {
        if (Files.getFileStore(file.toAbsolutePath().getRoot()).supportsFileAttributeView("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text);
        } else {
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        }
    }

    private static OctetKeyPair generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] x = tail(pair.getPublic().getEncoded());
            byte[] d = tail(pair.getPrivate().getEncoded());
            return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x))
                    .d(Base64URL.encode(d))
                    .keyID("development-" + Base64URL.encode(Arrays.copyOf(x, 6)))
                    .build();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK makes Ed25519 keys", impossible);
        }
    }

    public TokenMinter minter() {
        try {
            byte[] d = jwk.getD().decode();
            byte[] encoded = Arrays.copyOf(PRIVATE_PREFIX, PRIVATE_PREFIX.length + KEY_BYTES);
            System.arraycopy(d, 0, encoded, PRIVATE_PREFIX.length, KEY_BYTES);
            PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return new TokenMinter(jwk.getKeyID(), key);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("the development key is damaged; remove it to have a new one", broken);
        }
    }

    /** What verifies the tokens of {@link #minter()}. */
    public KeySet keys() {
        try {
            return new KeySet(
                    List.of(VerificationKey.ed25519(jwk.getKeyID(), jwk.getX().decode())));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("the development key is damaged; remove it to have a new one", broken);
        }
    }

    private static byte[] tail(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    }
}
