package io.parley.media.transport.engine;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An array of Linux's {@code mmsghdr} with all they point to: an address each, pieces of data, and a control message
 * that asks for segmentation. 64-bit layout.
 */
final class Messages {
    private static final int HEADER = 64;
    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int PIECES = 16;
    private static final int PIECE_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;
    private static final int LENGTH = 56;
    private static final int TRUNCATED = 0x20;

    private static final int PIECE = 16;
    private static final int CONTROL_BYTES = 24;
    private static final int CONTROL_STATED = 18;
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;

    private final MemorySegment headers;
    private final MemorySegment pieces;
    private final MemorySegment addresses;
    private final MemorySegment controls;
    private int pieceCount;

    Messages(Arena arena, int messages, int pieceLimit) {
        headers = arena.allocate((long) messages * HEADER, 64);
        pieces = arena.allocate((long) pieceLimit * PIECE, 64);
        addresses = arena.allocate((long) messages * SocketAddresses.BYTES, 64);
        controls = arena.allocate((long) messages * CONTROL_BYTES, 64);
        for (int i = 0; i < messages; i++) {
            long header = (long) i * HEADER;
            headers.set(JAVA_LONG, header + NAME, addresses.address() + addressAt(i));
            long control = (long) i * CONTROL_BYTES;
            controls.set(JAVA_LONG, control, CONTROL_STATED);
            controls.set(JAVA_INT, control + 8, SOL_UDP);
            controls.set(JAVA_INT, control + 12, UDP_SEGMENT);
        }
    }

    /** Where header {@code index} is, for a system call. */
    long address(int index) {
        return headers.address() + (long) index * HEADER;
    }

    MemorySegment addresses() {
        return addresses;
    }

    int addressAt(int index) {
        return index * SocketAddresses.BYTES;
    }

    /** Makes message {@code index} ready for a datagram into the memory at {@code address}, whatever became of it. */
    void receive(int index, long address, int bytes) {
        pieceCount = index;
        begin(index, SocketAddresses.BYTES);
        piece(index, address, bytes);
    }

    /** Begins message {@code index} to the address of {@code nameBytes} bytes that was written for it. */
    void begin(int index, int nameBytes) {
        long header = (long) index * HEADER;
        headers.set(JAVA_INT, header + NAME_LENGTH, nameBytes);
        headers.set(JAVA_LONG, header + PIECES, pieces.address() + (long) pieceCount * PIECE);
        headers.set(JAVA_LONG, header + PIECE_COUNT, 0);
        headers.set(JAVA_LONG, header + CONTROL, 0);
        headers.set(JAVA_LONG, header + CONTROL_LENGTH, 0);
        headers.set(JAVA_INT, header + FLAGS, 0);
    }

    /** Adds a piece of data to message {@code index}, the one begun last. */
    void piece(int index, long address, int bytes) {
        long piece = (long) pieceCount++ * PIECE;
        pieces.set(JAVA_LONG, piece, address);
        pieces.set(JAVA_LONG, piece + 8, bytes);
        long header = (long) index * HEADER + PIECE_COUNT;
        headers.set(JAVA_LONG, header, headers.get(JAVA_LONG, header) + 1);
    }

    /**
     * Asks the system to cut message {@code index} into datagrams of {@code bytes} bytes, the last as long as it is.
     */
    void segment(int index, int bytes) {
        long control = (long) index * CONTROL_BYTES;
        controls.set(JAVA_SHORT, control + 16, (short) bytes);
        headers.set(JAVA_LONG, (long) index * HEADER + CONTROL, controls.address() + control);
        headers.set(JAVA_LONG, (long) index * HEADER + CONTROL_LENGTH, CONTROL_BYTES);
    }

    /** Makes message {@code index} consist of one of the pieces it had, counted from {@code firstPiece}. */
    void narrow(int index, long firstPiece, int piece) {
        long header = (long) index * HEADER;
        headers.set(JAVA_LONG, header + PIECES, firstPiece + (long) piece * PIECE);
        headers.set(JAVA_LONG, header + PIECE_COUNT, 1);
        headers.set(JAVA_LONG, header + CONTROL, 0);
        headers.set(JAVA_LONG, header + CONTROL_LENGTH, 0);
    }

    /** Where the pieces of message {@code index} begin. */
    long firstPiece(int index) {
        return headers.get(JAVA_LONG, (long) index * HEADER + PIECES);
    }

    /** Bytes that were received into message {@code index}. */
    int length(int index) {
        return headers.get(JAVA_INT, (long) index * HEADER + LENGTH);
    }

    /** Whether the datagram was longer than its piece. */
    boolean isTruncated(int index) {
        return (headers.get(JAVA_INT, (long) index * HEADER + FLAGS) & TRUNCATED) != 0;
    }

    /** Forgets all pieces; the messages have to be begun anew. */
    void clear() {
        pieceCount = 0;
    }
}
