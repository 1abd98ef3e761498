package io.parley.media.transport.srtp;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The ciphers of the system's OpenSSL 3 through the foreign-function API: in place, without copies or garbage. A cipher
 * must be closed by its owner; it frees itself by nothing else.
 */
public final class OpenSslCrypto implements Crypto {
    private static final int ENCRYPT = 1;
    private static final int DECRYPT = 0;
    private static final int AS_BEFORE = -1;

    private OpenSslCrypto() {}

    /** This where libcrypto.so.3 is installed, else the ciphers of the JDK. */
    public static Crypto orJdk() {
        return isAvailable() ? new OpenSslCrypto() : new JdkCrypto();
    }

    public static boolean isAvailable() {
        try {
            return LibCrypto.AES_128_GCM != 0;
        } catch (LinkageError missing) {
            return false; // the class could not be initialised: no library, or an older one
        }
    }

    @Override
    public String name() {
        return "openssl";
    }

    @Override
    public Aead gcm(byte[] key) {
        return new Gcm(key);
    }

    @Override
    public Keystream counter(byte[] key) {
        return new Counter(key);
    }

    @Override
    public Authenticator hmac(byte[] key) {
        return new Hmac(key);
    }

    private static void require(boolean done) {
        if (!done) {
            throw new IllegalStateException("libcrypto refused a packet of ours");
        }
    }

    private static long context(long cipher, byte[] key, int encrypting) {
        long context = LibCrypto.newContext();
        try (var arena = Arena.ofConfined()) {
            var bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, key);
            require(LibCrypto.init(context, cipher, bytes.address(), 0, encrypting));
            bytes.fill((byte) 0);
        }
        return context;
    }

    private static final class Gcm implements Aead {
        private static final int TAG = 16;
        private static final int GET_TAG = 0x10;
        private static final int SET_TAG = 0x11;

        private final byte[] key;
        private final MemorySegment nonce = Arena.ofAuto().allocate(16);
        private final MemorySegment outLength = Arena.ofAuto().allocate(8);

        /** Made at the first use of its direction: a peer's key is only ever used in one. */
        private long context;

        private Gcm(byte[] key) {
            this.key = key;
        }

        @Override
        public MemorySegment nonce() {
            return nonce;
        }

        @Override
        public void seal(MemorySegment header, int headerAt, int headerBytes, MemorySegment memory, int at, int bytes) {
            long data = memory.address() + at;
            begin(ENCRYPT, header.address() + headerAt, headerBytes);
            require(bytes == 0 || LibCrypto.update(context, data, outLength.address(), data, bytes));
            require(LibCrypto.finish(context, data + bytes, outLength.address()));
            require(LibCrypto.control(context, GET_TAG, TAG, data + bytes));
        }

        @Override
        public boolean open(
                MemorySegment header, int headerAt, int headerBytes, MemorySegment memory, int at, int bytes) {
            long data = memory.address() + at;
            begin(DECRYPT, header.address() + headerAt, headerBytes);
            require(bytes == 0 || LibCrypto.update(context, data, outLength.address(), data, bytes));
            require(LibCrypto.control(context, SET_TAG, TAG, data + bytes));
            return LibCrypto.finish(context, data + bytes, outLength.address());
        }

        private void begin(int direction, long header, int headerBytes) {
            if (context == 0) {
                context = context(LibCrypto.AES_128_GCM, key, direction);
            }
            require(LibCrypto.init(context, 0, 0, nonce.address(), direction));
            require(LibCrypto.update(context, 0, outLength.address(), header, headerBytes));
        }

        @Override
        public void close() {
            if (context != 0) {
                LibCrypto.freeContext(context);
                context = 0;
            }
        }
    }

    private static final class Counter implements Keystream {
        private final MemorySegment counter = Arena.ofAuto().allocate(16);
        private final MemorySegment outLength = Arena.ofAuto().allocate(8);
        private long context;

        private Counter(byte[] key) {
            context = context(LibCrypto.AES_128_CTR, key, ENCRYPT);
        }

        @Override
        public MemorySegment counter() {
            return counter;
        }

        @Override
        public void apply(MemorySegment memory, int at, int bytes) {
            long data = memory.address() + at;
            require(LibCrypto.init(context, 0, 0, counter.address(), AS_BEFORE));
            require(bytes == 0 || LibCrypto.update(context, data, outLength.address(), data, bytes));
        }

        @Override
        public void close() {
            if (context != 0) {
                LibCrypto.freeContext(context);
                context = 0;
            }
        }
    }

    /** RFC 2104, with the state behind the padded key kept, which saves two of four blocks of a short packet. */
    private static final class Hmac implements Authenticator {
        private static final int BLOCK = 64;
        private static final int RESULT = 20;
        private static final int STATE = LibCrypto.SHA1_CONTEXT_BYTES;

        private final Arena arena = Arena.ofAuto();
        private final MemorySegment inner = arena.allocate(STATE, 8);
        private final MemorySegment outer = arena.allocate(STATE, 8);
        private final MemorySegment work = arena.allocate(STATE, 8);
        private final MemorySegment result = arena.allocate(RESULT, 8);
        private final MemorySegment word = arena.allocate(4, 4);

        private Hmac(byte[] key) {
            absorb(inner, key, 0x36);
            absorb(outer, key, 0x5c);
        }

        private void absorb(MemorySegment state, byte[] key, int padding) {
            var block = arena.allocate(BLOCK, 8);
            block.fill((byte) padding);
            for (int i = 0; i < key.length; i++) {
                Bytes.put8(block, i, Bytes.u8(block, i) ^ key[i]);
            }
            LibCrypto.sha1Init(state.address());
            LibCrypto.sha1Update(state.address(), block.address(), BLOCK);
        }

        @Override
        public MemorySegment sign(MemorySegment memory, int at, int bytes, boolean withSuffix, int suffix) {
            MemorySegment.copy(inner, 0, work, 0, STATE);
            LibCrypto.sha1Update(work.address(), memory.address() + at, bytes);
            if (withSuffix) {
                Bytes.put32(word, 0, suffix);
                LibCrypto.sha1Update(work.address(), word.address(), 4);
            }
            LibCrypto.sha1Final(result.address(), work.address());
            MemorySegment.copy(outer, 0, work, 0, STATE);
            LibCrypto.sha1Update(work.address(), result.address(), RESULT);
            LibCrypto.sha1Final(result.address(), work.address());
            return result;
        }

        @Override
        public void close() {}
    }
}
