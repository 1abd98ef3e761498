package io.parley.media.node.rooms;

import io.parley.media.rtp.RtpPacket;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Packets of one participant as a pcap file, decrypted, both ways: from 10.0.0.1 what they send, from 10.0.0.2 what
 * they are sent. Without media: of RTP the header only, unless it is asked for in full. Owned by the shard while it is
 * running; bounded, and what does not fit is left out.
 */
public final class Capture {
    private static final int MAGIC_MICROS = 0xa1b2c3d4;
    private static final int RAW_IP = 101;
    private static final int IP_BYTES = 20;
    private static final int UDP_BYTES = 8;
    private static final int RECORD_BYTES = 16;
    private static final int CLIENT = 0x0a000001;
    private static final int NODE = 0x0a000002;
    private static final int PORT = 5_004;
    private static final int SNAP_BYTES = 65_535;
    private static final int UDP = 17;
    private static final int MICROS = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private final boolean full;
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final CountDownLatch filled = new CountDownLatch(1);
    private final RtpPacket rtp = new RtpPacket();
    private final AtomicInteger count = new AtomicInteger();

    /** {@code full} with what was said and shown: that is for the participant's own eyes. */
    public Capture(boolean full) {
        this.full = full;
        var head = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(MAGIC_MICROS).putShort((short) 2).putShort((short) 4).putLong(0);
        head.putInt(SNAP_BYTES).putInt(RAW_IP);
        file.writeBytes(head.array());
    }

    /** Keeps an RTP packet, or its header. */
    void rtp(boolean sent, MemorySegment memory, int offset, int length, long nowNanos) {
        boolean headed = !full && rtp.parse(memory, offset, length);
        keep(sent, memory, offset, new int[] {length, headed ? rtp.headerLength() : full ? length : 0}, nowNanos);
    }

    /** Keeps a compound RTCP packet: it holds no media. */
    void rtcp(boolean sent, MemorySegment memory, int offset, int length, long nowNanos) {
        keep(sent, memory, offset, new int[] {length, length}, nowNanos);
    }

    /** {@code sizes} are those of the packet and of what is kept of it. */
    private void keep(boolean sent, MemorySegment memory, int offset, int[] sizes, long nowNanos) {
        int length = sizes[0];
        int kept = sizes[1];
        if (file.size() + kept + IP_BYTES + UDP_BYTES + RECORD_BYTES > Limits.CAPTURE_BYTES) {
            filled.countDown();
            return;
        }
        long micros = nowNanos / NANOS_PER_MICRO;
        var head = ByteBuffer.allocate(RECORD_BYTES + IP_BYTES + UDP_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt((int) (micros / MICROS)).putInt((int) (micros % MICROS));
        head.putInt(kept + IP_BYTES + UDP_BYTES).putInt(length + IP_BYTES + UDP_BYTES);
        head.order(ByteOrder.BIG_ENDIAN);
        head.put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (length + IP_BYTES + UDP_BYTES))
                .putInt(0);
        head.put((byte) 64).put((byte) UDP).putShort((short) 0);
        head.putInt(sent ? NODE : CLIENT).putInt(sent ? CLIENT : NODE);
        head.putShort((short) PORT)
                .putShort((short) PORT)
                .putShort((short) (length + UDP_BYTES))
                .putShort((short) 0);
        file.writeBytes(head.array());
        file.writeBytes(memory.asSlice(offset, kept).toArray(ValueLayout.JAVA_BYTE));
        count.incrementAndGet();
    }

    /** Waits until no more fits, at most {@code seconds}. Any thread. */
    public boolean awaitFull(int seconds) throws InterruptedException {
        return filled.await(seconds, TimeUnit.SECONDS);
    }

    /** How many packets were kept. Any thread; it may lag. */
    public int count() {
        return count.get();
    }

    byte[] bytes() {
        return file.toByteArray();
    }
}
