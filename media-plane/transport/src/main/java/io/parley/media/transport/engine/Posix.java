package io.parley.media.transport.engine;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Locale;

/**
 * The system calls of the native engine, on 64-bit Linux. Pointers travel as longs. A result of -1 is returned as minus
 * the error number. None is linked as critical: a system call may wait, and the collector must not wait for it.
 */
@SuppressWarnings("restricted") // native access is what this class is for; the launcher enables it
final class Posix {
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int EAGAIN = 11;
    static final int EINVAL = 22;
    static final int ENOBUFS = 105;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET = function("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = function("bind", JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle GETSOCKNAME = function("getsockname", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SETSOCKOPT =
            function("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECVMMSG =
            function("recvmmsg", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle SENDMMSG = function("sendmmsg", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
    private static final MethodHandle PPOLL = function("ppoll", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle EVENTFD = function("eventfd", JAVA_INT, JAVA_INT);
    private static final MethodHandle EVENTFD_READ = function("eventfd_read", JAVA_INT, JAVA_LONG);
    private static final MethodHandle EVENTFD_WRITE = function("eventfd_write", JAVA_INT, JAVA_LONG);
    private static final MethodHandle CLOSE = function("close", JAVA_INT);

    private final MemorySegment state;

    /** Calls of one thread; {@code arena} holds the error number of the last. */
    Posix(Arena arena) {
        state = arena.allocate(STATE);
    }

    /** Whether this machine has all of it. */
    static boolean isAvailable() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch", "");
        try {
            return system.equals("linux")
                    && (machine.equals("amd64") || machine.equals("aarch64"))
                    && SENDMMSG.type().parameterCount() > 0;
        } catch (LinkageError missing) {
            return false;
        }
    }

    private static MethodHandle function(String name, MemoryLayout... arguments) {
        var symbol = LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no " + name));
        var type = FunctionDescriptor.of(JAVA_INT, arguments);
        return LINKER.downcallHandle(symbol, type, Linker.Option.captureCallState("errno"));
    }

    int socket(int family, int type) {
        try {
            return result((int) SOCKET.invokeExact(state, family, type, 0));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    int bind(int socket, long address, int bytes) {
        try {
            return result((int) BIND.invokeExact(state, socket, address, bytes));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    int socketName(int socket, long address, long length) {
        try {
            return result((int) GETSOCKNAME.invokeExact(state, socket, address, length));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    int option(int socket, int level, int name, long value) {
        try {
            return result((int) SETSOCKOPT.invokeExact(state, socket, level, name, value, Integer.BYTES));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    int receive(int socket, long messages, int count, int flags) {
        try {
            return result((int) RECVMMSG.invokeExact(state, socket, messages, count, flags, 0L));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    int send(int socket, long messages, int count) {
        try {
            return result((int) SENDMMSG.invokeExact(state, socket, messages, count, 0));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    int poll(long descriptors, long count, long timeout) {
        try {
            return result((int) PPOLL.invokeExact(state, descriptors, count, timeout, 0L));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    int eventDescriptor(int flags) {
        try {
            return result((int) EVENTFD.invokeExact(state, 0, flags));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    int readEvent(int descriptor, long value) {
        try {
            return result((int) EVENTFD_READ.invokeExact(state, descriptor, value));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    int writeEvent(int descriptor) {
        try {
            return result((int) EVENTFD_WRITE.invokeExact(state, descriptor, 1L));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    int close(int descriptor) {
        try {
            return result((int) CLOSE.invokeExact(state, descriptor));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    private int result(int returned) {
        return returned == -1 ? -(int) ERRNO.get(state, 0L) : returned;
    }

    private static IllegalStateException unexpected(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("a system call could not be made", failure);
    }
}
