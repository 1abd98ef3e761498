package io.parley.media.transport.srtp;

import java.lang.foreign.MemorySegment;

/** Where keys become ciphers. The ciphers have one owner each; they work in place on native memory. */
public interface Crypto {
    /** A name for logs and benchmarks. */
    String name();

    /** AES-128-GCM with a tag of 16 bytes. */
    Aead gcm(byte[] key);

    /** AES-128 in counter mode. */
    Keystream counter(byte[] key);

    /** HMAC-SHA1. */
    Authenticator hmac(byte[] key);

    /** Encrypts with authentication. */
    interface Aead extends AutoCloseable {
        /** The 12 bytes that the next call takes as its nonce: the caller writes them before each. */
        MemorySegment nonce();

        /** Encrypts {@code bytes} bytes at {@code at} in place and writes the 16 bytes of the tag behind them. */
        void seal(MemorySegment header, int headerAt, int headerBytes, MemorySegment memory, int at, int bytes);

        /**
         * Decrypts {@code bytes} bytes at {@code at} in place if the tag behind them is right. After false their
         * content means nothing.
         */
        boolean open(MemorySegment header, int headerAt, int headerBytes, MemorySegment memory, int at, int bytes);

        @Override
        void close();
    }

    /** Encrypts or decrypts, which is the same. */
    interface Keystream extends AutoCloseable {
        /** The 16 bytes that the next call takes as its first counter block: the caller writes them before each. */
        MemorySegment counter();

        void apply(MemorySegment memory, int at, int bytes);

        @Override
        void close();
    }

    /** Computes authentication tags. */
    interface Authenticator extends AutoCloseable {
        /**
         * Computes the tag of the bytes and, when {@code withSuffix}, four more; the 20 bytes stay until the next call.
         */
        MemorySegment sign(MemorySegment memory, int at, int bytes, boolean withSuffix, int suffix);

        @Override
        void close();
    }
}
