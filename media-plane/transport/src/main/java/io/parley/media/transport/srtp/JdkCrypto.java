package io.parley.media.transport.srtp;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The ciphers of the JDK: everywhere, but about 1 kB of garbage per packet and two copies, as they want arrays. */
public final class JdkCrypto implements Crypto {
    private static final int SCRATCH_BYTES = 4_096;

    @Override
    public String name() {
        return "jdk";
    }

    @Override
    public Aead gcm(byte[] key) {
        return new JdkGcm(key);
    }

    @Override
    public Keystream counter(byte[] key) {
        return new JdkCounter(key);
    }

    @Override
    public Authenticator hmac(byte[] key) {
        return new JdkHmac(key);
    }

    private static Cipher cipher(String transformation) {
        try {
            return Cipher.getInstance(transformation);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("every JDK has " + transformation, failure);
        }
    }

    private static IllegalStateException impossible(GeneralSecurityException failure) {
        return new IllegalStateException("the JDK's cipher refused a packet of ours", failure);
    }

    private static final class JdkGcm implements Aead {
        private static final int TAG = 16;

        private final Cipher cipher = cipher("AES/GCM/NoPadding");
        private final Key key;
        private final MemorySegment nonce = Arena.ofAuto().allocate(12);
        private final byte[] iv = new byte[12];
        private final byte[] associated = new byte[SCRATCH_BYTES];
        private final byte[] scratch = new byte[SCRATCH_BYTES];

        private JdkGcm(byte[] key) {
            this.key = new SecretKeySpec(key, "AES");
        }

        @Override
        public MemorySegment nonce() {
            return nonce;
        }

        @Override
        public void seal(MemorySegment header, int headerAt, int headerBytes, MemorySegment memory, int at, int bytes) {
            try {
                begin(Cipher.ENCRYPT_MODE, header, headerAt, headerBytes);
                MemorySegment.copy(memory, at, MemorySegment.ofArray(scratch), 0, bytes);
                cipher.doFinal(scratch, 0, bytes, scratch, 0);
                Bytes.copy(scratch, memory, at, bytes + TAG);
            } catch (GeneralSecurityException failure) {
                throw impossible(failure);
            }
        }

        @Override
        public boolean open(
                MemorySegment header, int headerAt, int headerBytes, MemorySegment memory, int at, int bytes) {
            try {
                begin(Cipher.DECRYPT_MODE, header, headerAt, headerBytes);
                Bytes.copy(memory, at, scratch, bytes + TAG);
                cipher.doFinal(scratch, 0, bytes + TAG, scratch, 0);
                Bytes.copy(scratch, memory, at, bytes);
                return true;
            } catch (AEADBadTagException inauthentic) {
                return false;
            } catch (GeneralSecurityException failure) {
                throw impossible(failure);
            }
        }

        private void begin(int mode, MemorySegment header, int headerAt, int headerBytes)
                throws GeneralSecurityException {
            Bytes.copy(nonce, 0, iv, iv.length);
            cipher.init(mode, key, new GCMParameterSpec(TAG * 8, iv));
            Bytes.copy(header, headerAt, associated, headerBytes);
            cipher.updateAAD(associated, 0, headerBytes);
        }

        @Override
        public void close() {}
    }

    private static final class JdkCounter implements Keystream {
        private final Cipher cipher = cipher("AES/CTR/NoPadding");
        private final Key key;
        private final MemorySegment counter = Arena.ofAuto().allocate(16);
        private final byte[] iv = new byte[16];
        private final byte[] scratch = new byte[SCRATCH_BYTES];

        private JdkCounter(byte[] key) {
            this.key = new SecretKeySpec(key, "AES");
        }

        @Override
        public MemorySegment counter() {
            return counter;
        }

        @Override
        public void apply(MemorySegment memory, int at, int bytes) {
            try {
                Bytes.copy(counter, 0, iv, iv.length);
                cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
                Bytes.copy(memory, at, scratch, bytes);
                cipher.doFinal(scratch, 0, bytes, scratch, 0);
                Bytes.copy(scratch, memory, at, bytes);
            } catch (GeneralSecurityException failure) {
                throw impossible(failure);
            }
        }

        @Override
        public void close() {}
    }

    private static final class JdkHmac implements Authenticator {
        private final Mac mac;
        private final byte[] scratch = new byte[SCRATCH_BYTES];
        private final byte[] result = new byte[20];
        private final MemorySegment tag = MemorySegment.ofArray(result);

        private JdkHmac(byte[] key) {
            try {
                mac = Mac.getInstance("HmacSHA1");
                mac.init(new SecretKeySpec(key, "HmacSHA1"));
            } catch (GeneralSecurityException failure) {
                throw new IllegalStateException("every JDK has HmacSHA1", failure);
            }
        }

        @Override
        public MemorySegment sign(MemorySegment memory, int at, int bytes, boolean withSuffix, int suffix) {
            Bytes.copy(memory, at, scratch, bytes);
            mac.update(scratch, 0, bytes);
            if (withSuffix) {
                mac.update((byte) (suffix >> 24));
                mac.update((byte) (suffix >> 16));
                mac.update((byte) (suffix >> 8));
                mac.update((byte) suffix);
            }
            try {
                mac.doFinal(result, 0);
            } catch (ShortBufferException failure) {
                throw impossible(failure);
            }
            return tag;
        }

        @Override
        public void close() {}
    }
}
