package io.parley.media.transport.srtp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The functions of OpenSSL 3 that the fast ciphers call. Pointers travel as longs, so that no segment is made per call.
 * All of them take below a microsecond and never call back, so they are linked as critical: the thread does not change
 * its state around them. Loading this class fails where the library or a function is missing.
 */
@SuppressWarnings("restricted") // native access is what this class is for; the launcher enables it
final class LibCrypto {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBRARY = SymbolLookup.libraryLookup("libcrypto.so.3", Arena.global());

    private static final MethodHandle CONTEXT_NEW = function("EVP_CIPHER_CTX_new", FunctionDescriptor.of(JAVA_LONG));
    private static final MethodHandle CONTEXT_FREE =
            function("EVP_CIPHER_CTX_free", FunctionDescriptor.ofVoid(JAVA_LONG));
    private static final MethodHandle CONTROL =
            function("EVP_CIPHER_CTX_ctrl", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle INIT = function(
            "EVP_CipherInit_ex",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle UPDATE = function(
            "EVP_CipherUpdate", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle FINAL =
            function("EVP_CipherFinal_ex", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle SHA1_INIT = function("SHA1_Init", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    private static final MethodHandle SHA1_UPDATE =
            function("SHA1_Update", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle SHA1_FINAL =
            function("SHA1_Final", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));

    /** {@code EVP_aes_128_gcm()} and {@code EVP_aes_128_ctr()}: constant objects of the library. */
    static final long AES_128_GCM = constant("EVP_aes_128_gcm");

    static final long AES_128_CTR = constant("EVP_aes_128_ctr");

    /** Bytes of a {@code SHA_CTX}: five words of state, two of length, 64 bytes of block, one word of fill. */
    static final int SHA1_CONTEXT_BYTES = 96;

    private LibCrypto() {}

    private static MethodHandle function(String name, FunctionDescriptor type) {
        MemorySegment symbol =
                LIBRARY.find(name).orElseThrow(() -> new UnsatisfiedLinkError("libcrypto has no " + name));
        return LINKER.downcallHandle(symbol, type, Linker.Option.critical(false));
    }

    private static long constant(String name) {
        try {
            return (long) function(name, FunctionDescriptor.of(JAVA_LONG)).invokeExact();
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static long newContext() {
        try {
            long context = (long) CONTEXT_NEW.invokeExact();
            if (context == 0) {
                throw new OutOfMemoryError("libcrypto could not allocate a cipher context");
            }
            return context;
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static void freeContext(long context) {
        try {
            CONTEXT_FREE.invokeExact(context);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** Sets what is not 0: the cipher, the key, the nonce; {@code encrypting} is 1, 0, or -1 for as it was. */
    static boolean init(long context, long cipher, long key, long nonce, int encrypting) {
        try {
            return (int) INIT.invokeExact(context, cipher, 0L, key, nonce, encrypting) == 1;
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static boolean update(long context, long out, long outLength, long in, int bytes) {
        try {
            return (int) UPDATE.invokeExact(context, out, outLength, in, bytes) == 1;
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static boolean finish(long context, long out, long outLength) {
        try {
            return (int) FINAL.invokeExact(context, out, outLength) == 1;
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static boolean control(long context, int command, int argument, long pointer) {
        try {
            return (int) CONTROL.invokeExact(context, command, argument, pointer) == 1;
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static void sha1Init(long context) {
        try {
            int _ = (int) SHA1_INIT.invokeExact(context);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static void sha1Update(long context, long in, long bytes) {
        try {
            int _ = (int) SHA1_UPDATE.invokeExact(context, in, bytes);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static void sha1Final(long out, long context) {
        try {
            int _ = (int) SHA1_FINAL.invokeExact(out, context);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    private static IllegalStateException unexpected(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("a call into libcrypto failed", failure);
    }
}
