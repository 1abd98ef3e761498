package io.parley.media.sfu.rate;

/**
 * What was sent under each transport-wide sequence number, until feedback speaks of it. A ring: the oldest packet is
 * forgotten when a newer one needs its place, so memory is bounded at 24 bytes a place. One owner.
 */
final class SentHistory {
    /** Places: 7 s at 300 packets/s, 1.7 s at 1,200 packets/s. */
    static final int PLACES = 2_048;

    private static final int MASK = PLACES - 1;
    private final long[] sequences = new long[PLACES];
    private final long[] sentMicros = new long[PLACES];
    private final int[] bytes = new int[PLACES];
    private final int[] clusters = new int[PLACES];
    private long highest = -1;

    /** Remembers a packet; {@code sequence} is modulo 2^16 and rises by one with each packet. */
    void add(int sequence, long atMicros, int size, int cluster) {
        long place = unwrap(sequence);
        highest = Math.max(highest, place);
        int index = (int) place & MASK;
        sequences[index] = place + 1; // 0 means free
        sentMicros[index] = atMicros;
        bytes[index] = size;
        clusters[index] = cluster;
    }

    /** The index of a packet sent and not yet taken, or -1: forgotten, spoken of before, or never sent. */
    int find(int sequence) {
        long place = unwrap(sequence);
        int index = (int) place & MASK;
        return highest >= 0 && sequences[index] == place + 1 ? index : -1;
    }

    /** Forgets the packet at {@code index}, so that it counts once however often feedback repeats it. */
    void take(int index) {
        sequences[index] = 0;
    }

    long sentMicros(int index) {
        return sentMicros[index];
    }

    int bytes(int index) {
        return bytes[index];
    }

    int cluster(int index) {
        return clusters[index];
    }

    private long unwrap(int sequence) {
        return highest < 0 ? 0x10000L + (sequence & 0xffff) : highest + (short) (sequence - (int) highest);
    }
}
