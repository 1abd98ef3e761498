package io.parley.media.transport.dtls;

import io.parley.media.transport.Fingerprint;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Locale;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * The key and self-signed certificate that a node shows to all its peers: ECDSA on P-256, made at start and never
 * stored. Peers trust it by its fingerprint in our SDP alone (RFC 8122), so name and dates mean nothing.
 */
public final class DtlsIdentity {
    private static final int VALID_DAYS = 365;

    private final AsymmetricKeyParameter privateKey;
    private final byte[] certificate;

    private DtlsIdentity(AsymmetricKeyParameter privateKey, byte[] certificate) {
        this.privateKey = privateKey;
        this.certificate = certificate;
    }

    public static DtlsIdentity fresh(SecureRandom random, Instant now) {
        var curve = SECObjectIdentifiers.secp256r1;
        var domain = new ECNamedDomainParameters(curve, ECNamedCurveTable.getByOID(curve));
        var generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(domain, random));
        var pair = generator.generateKeyPair();
        var name = new X500Name("CN=parley");
        try {
            var builder = new X509v3CertificateBuilder(
                    name,
                    new BigInteger(63, random).add(BigInteger.ONE),
                    Date.from(now.minus(1, ChronoUnit.DAYS)),
                    Date.from(now.plus(VALID_DAYS, ChronoUnit.DAYS)),
                    name,
                    SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic()));
            var algorithm = new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA");
            var digest = new DefaultDigestAlgorithmIdentifierFinder().find(algorithm);
            var signer = new BcECContentSignerBuilder(algorithm, digest).build(pair.getPrivate());
            return new DtlsIdentity(pair.getPrivate(), builder.build(signer).getEncoded());
        } catch (IOException | OperatorCreationException failure) {
            throw new IllegalStateException("a certificate on P-256 cannot be made", failure);
        }
    }

    public Fingerprint fingerprint() {
        return fingerprint(certificate, "sha-256");
    }

    static Fingerprint fingerprint(byte[] certificate, String algorithm) {
        try {
            // SDP writes sha-256 what Java calls SHA-256.
            var digest = MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT));
            return Fingerprint.of(algorithm, digest.digest(certificate));
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException("every JDK has " + algorithm, failure);
        }
    }

    AsymmetricKeyParameter privateKey() {
        return privateKey;
    }

    Certificate chain(BcTlsCrypto crypto) throws IOException {
        return new Certificate(new TlsCertificate[] {new BcTlsCertificate(crypto, certificate)});
    }
}
