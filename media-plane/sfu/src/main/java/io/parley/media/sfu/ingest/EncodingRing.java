package io.parley.media.sfu.ingest;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The newest packets of one encoding, kept once for all receivers and for sending again. Payload and extension elements
 * lie in native memory, one after the other; the oldest is overwritten. A packet is named by its place, the sequence
 * number without wraps, and found at its index as long as it is held. One owner; nothing is allocated after
 * construction.
 */
public final class EncodingRing implements AutoCloseable {
    private static final long FREE = -1;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private final int bytes;
    private final int mask;
    private final long[] places;
    private final long[] starts;
    private final int[] positions;
    private final long[] arrivalNanos;
    private final long[] details;
    private final long[] references;
    private final int[] facts;
    private final int[] timestamps;
    private final int[] frames;
    private final short[] extensionLengths;
    private final short[] payloadLengths;
    private long head;

    /** {@code packets} is a power of two. */
    public EncodingRing(int bytes, int packets) {
        this.bytes = bytes;
        mask = packets - 1;
        memory = arena.allocate(bytes);
        places = new long[packets];
        starts = new long[packets];
        positions = new int[packets];
        arrivalNanos = new long[packets];
        details = new long[packets];
        references = new long[packets];
        facts = new int[packets];
        timestamps = new int[packets];
        frames = new int[packets];
        extensionLengths = new short[packets];
        payloadLengths = new short[packets];
        Arrays.fill(places, FREE);
    }

    /** Where the packet at {@code place} lies, or -1 when it never came or is gone. */
    public int find(long place) {
        int index = (int) place & mask;
        return places[index] == place && head - starts[index] <= bytes ? index : -1;
    }

    /**
     * Makes room for a packet and answers its index. The caller then copies {@code extensionLength} bytes to
     * {@link #extensionAt} and {@code payloadLength} bytes to {@link #payloadAt}, and says what it is.
     */
    int add(long place, int extensionLength, int payloadLength) {
        int length = extensionLength + payloadLength;
        int at = (int) (head % bytes);
        if (at + length > bytes) {
            head += bytes - at; // a packet is never cut in two
            at = 0;
        }
        int index = (int) place & mask;
        places[index] = place;
        starts[index] = head;
        positions[index] = at;
        extensionLengths[index] = (short) extensionLength;
        payloadLengths[index] = (short) payloadLength;
        head += length;
        return index;
    }

    void describe(int index, int packetFacts, int timestamp, long nowNanos) {
        facts[index] = packetFacts;
        timestamps[index] = timestamp;
        arrivalNanos[index] = nowNanos;
    }

    void frame(int index, int frame, long detail, long reference) {
        frames[index] = frame;
        details[index] = detail;
        references[index] = reference;
    }

    /** Marks a packet as dropped for all receivers. */
    public void discard(int index) {
        facts[index] |= Facts.DISCARDED;
    }

    public MemorySegment memory() {
        return memory;
    }

    /** Where the extension elements begin, each as kind, length and value. */
    public int extensionAt(int index) {
        return positions[index];
    }

    public int extensionLength(int index) {
        return extensionLengths[index];
    }

    public int payloadAt(int index) {
        return extensionAt(index) + extensionLengths[index];
    }

    public int payloadLength(int index) {
        return payloadLengths[index];
    }

    public long place(int index) {
        return places[index];
    }

    /** See {@link Facts}. */
    public int facts(int index) {
        return facts[index];
    }

    /** The publisher's RTP timestamp. */
    public int timestamp(int index) {
        return timestamps[index];
    }

    public long arrivalNanos(int index) {
        return arrivalNanos[index];
    }

    /** Picture id of VP8 and VP9, frame number of a dependency descriptor, else -1. */
    public int frame(int index) {
        return frames[index];
    }

    /** What the frame is to each decode target, two bits each; only with a dependency descriptor. */
    public long indications(int index) {
        return details[index];
    }

    /** References of the frame: the count in the lowest 4 bits, then 12 bits each for distance - 1. */
    public long references(int index) {
        return references[index];
    }

    /** Copies the payload and returns its length. */
    public int copyPayload(int index, MemorySegment to, int toAt) {
        Bytes.copy(memory, payloadAt(index), to, toAt, payloadLengths[index]);
        return payloadLengths[index];
    }

    /** Forgets all packets: the publisher started anew. */
    void clear() {
        Arrays.fill(places, FREE);
    }

    @Override
    public void close() {
        arena.close();
    }
}
