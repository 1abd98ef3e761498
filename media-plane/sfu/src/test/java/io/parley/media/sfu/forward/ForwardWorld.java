package io.parley.media.sfu.forward;

import io.parley.media.rtp.RtpHeader;
import io.parley.media.rtp.RtpPacket;
import io.parley.media.rtp.extension.ExtensionKind;
import io.parley.media.rtp.extension.ExtensionMap;
import io.parley.media.rtp.extension.ExtensionWriter;
import io.parley.media.rtp.extension.HeaderExtensions;
import io.parley.media.rtp.memory.Bytes;
import io.parley.media.sfu.Codec;
import io.parley.media.sfu.PayloadTypes;
import io.parley.media.sfu.ingest.Encoding;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * Encoders behind a lossy, reordering, duplicating path, a forwarder whose target changes at random, and a record of
 * all that was made, that arrived, and that was sent on.
 */
final class ForwardWorld implements SlotForwarder.Output, AutoCloseable {
    static final int TYPE = 96;
    private static final int SSRC = 0xcafe;
    private static final int MARK = 6;
    /** So many that even the smallest pictures are more packets than the oracle looks back on. */
    private static final int SETTLE_PICTURES = 40;

    private static final long PICTURE_NANOS = 33_000_000;

    /** A packet that left: which frame's which part, or filler when {@code frame} is -1. */
    record Sent(long number, int frame, int part, RtpPacket packet, int descriptorAt) {}

    private record OnTheWay(long atNanos, int encoding, MemorySegment bytes, int frame, int part) {}

    final List<SourceFrame> made = new ArrayList<>();
    final List<Integer> encodingOf = new ArrayList<>();
    /** What came while it was of use: not after the slot had left its encoding. */
    final Map<Integer, Set<Integer>> arrived = new HashMap<>();

    final List<Sent> sent = new ArrayList<>();
    final List<Encoding> encodings = new ArrayList<>();
    final SlotForwarder forwarder;
    private final Random random;
    private final Codec codec;
    private final List<Encoder> encoders;
    private final int[] sequences;
    private final int[] timestamps;
    private final boolean[] keyWanted;
    private final ExtensionMap ids = new ExtensionMap(Map.of(ExtensionKind.DEPENDENCY_DESCRIPTOR, 5));
    private final ReceiveFormat format;
    private final PacketBuilder builder = new PacketBuilder();
    private final StreamNames names = new StreamNames(SSRC, SSRC + 1, new byte[0], 7);
    private final PriorityQueue<OnTheWay> path = new PriorityQueue<>((a, b) -> Long.compare(a.atNanos, b.atNanos));
    private final MemorySegment scratch = Arena.ofAuto().allocate(2_048);
    private final HeaderExtensions extensions = new HeaderExtensions();
    private final Encoding.Arrival arrival = new Encoding.Arrival();
    double loss;
    long nanos = 1_000_000_000;
    private int nextFrame;

    ForwardWorld(Codec codec, List<Encoder> encoders, Random random) {
        this.codec = codec;
        this.encoders = encoders;
        this.random = random;
        format = new ReceiveFormat(new PayloadTypes(Map.of(TYPE, codec), Map.of(97, TYPE)), ids);
        forwarder = new SlotForwarder(this, true, 65_000);
        sequences = new int[encoders.size()];
        timestamps = new int[encoders.size()];
        keyWanted = new boolean[encoders.size()];
        for (int i = 0; i < encoders.size(); i++) {
            encodings.add(new Encoding(i, codec));
            sequences[i] = random.nextInt(1 << 16);
            timestamps[i] = random.nextInt();
            keyWanted[i] = true;
        }
    }

    /** Lets all encoders make one picture and the path deliver what is due. */
    void picture() {
        nanos += PICTURE_NANOS;
        for (int i = 0; i < encoders.size(); i++) {
            timestamps[i] += 2_970;
            boolean key = keyWanted[i] || random.nextInt(60) == 0;
            keyWanted[i] = false;
            var frames = encoders.get(i).next(nextFrame, key, timestamps[i], random);
            nextFrame += frames.size();
            for (var frame : frames) {
                made.add(frame);
                encodingOf.add(i);
                boolean last = frame.id() == nextFrame - 1;
                for (int part = 0; part < frame.packets(); part++) {
                    dispatch(i, frame, part, last && part == frame.packets() - 1);
                }
            }
        }
        deliver();
    }

    private void dispatch(int encoding, SourceFrame frame, int part, boolean marker) {
        var written = write(encoding, frame, part, marker);
        var bytes = Arena.ofAuto().allocate(written.byteSize()).copyFrom(written);
        long at = nanos + part * 200_000L + random.nextInt(1_000);
        boolean lost = random.nextDouble() < loss;
        if (lost && random.nextInt(5) == 0) {
            return; // for ever
        }
        if (lost) {
            at += 20_000_000 + random.nextInt(200_000_000); // asked for, and sent again
        } else if (random.nextInt(20) == 0) {
            at += random.nextInt(40_000_000);
        }
        path.add(new OnTheWay(at, encoding, bytes, frame.id(), part));
        if (random.nextInt(30) == 0) {
            path.add(new OnTheWay(at + random.nextInt(50_000_000), encoding, bytes, frame.id(), part));
        }
    }

    private MemorySegment write(int encoding, SourceFrame frame, int part, boolean marker) {
        RtpHeader.write(scratch, 0, TYPE, sequences[encoding] & 0xffff, frame.timestamp(), 1 + encoding);
        sequences[encoding]++;
        RtpHeader.marker(scratch, 0, marker);
        var writer = new ExtensionWriter().begin(scratch, RtpHeader.LENGTH, 400, true);
        encoders.get(encoding).extend(frame, part, writer);
        int block = writer.finish();
        RtpHeader.extension(scratch, 0, block > 0);
        int at = RtpHeader.LENGTH + block;
        at += encoders.get(encoding).describe(frame, part, scratch, at);
        Bytes.put32(scratch, at, frame.id());
        Bytes.put8(scratch, at + 4, part);
        Bytes.put8(scratch, at + 5, 0xee);
        return scratch.asSlice(0, at + MARK);
    }

    private void deliver() {
        while (!path.isEmpty() && path.peek().atNanos <= nanos + PICTURE_NANOS / 2) {
            var next = path.remove();
            arrival.nowNanos = next.atNanos;
            var packet = parse(next.bytes);
            extensions.parse(packet);
            var encoding = encodings.get(next.encoding);
            int index = encoding.take(packet, extensions, ids, codec, arrival);
            if (index >= 0) {
                forwarder.offer(encoding, encoding.lastPlace(), next.atNanos);
                if (forwarder.current() == encoding && encoding.lastPlace() >= forwarder.beganAt()) {
                    arrived.computeIfAbsent(next.frame, _ -> new HashSet<>()).add(next.part);
                }
            }
        }
    }

    static RtpPacket parse(MemorySegment bytes) {
        int length = (int) bytes.byteSize();
        var memory = Arena.ofAuto().allocate(length + 16L).copyFrom(bytes);
        var packet = new RtpPacket();
        if (!packet.parse(memory, 0, length)) {
            throw new AssertionError("malformed packet");
        }
        return packet;
    }

    /** Changes what is wanted, as an allocation would; a new encoding is asked for a keyframe. */
    void aim(int encoding, int spatial, int temporal) {
        if (encoding < 0) {
            forwarder.target(null, 0, 0, nanos);
            return;
        }
        forwarder.target(encodings.get(encoding), spatial, temporal, nanos);
        keyWanted[encoding] |= forwarder.isWaiting() && random.nextBoolean();
    }

    /** What a receiver's request for a keyframe does. */
    void wantKey(int encoding) {
        keyWanted[encoding] = true;
    }

    /** Nothing is lost any more, and what was on the way arrives. */
    void settle() {
        loss = 0;
        for (int i = 0; i < SETTLE_PICTURES; i++) {
            picture();
        }
    }

    @Override
    public void media(SlotForwarder from, Encoding encoding, int index, long number) {
        record(number);
    }

    @Override
    public void filler(SlotForwarder from, long number) {
        record(number);
    }

    private void record(long number) {
        int length = builder.to(format, scratch, 0, 1_400).media(forwarder, number, names);
        var packet = parse(scratch.asSlice(0, length));
        if (packet.payloadLength() == 0) {
            sent.add(new Sent(number, -1, 0, packet, 0));
            return;
        }
        int at = packet.payloadOffset() + packet.payloadLength() - MARK;
        int frame = Bytes.i32(packet.memory(), at);
        sent.add(new Sent(number, frame, Bytes.u8(packet.memory(), at + 4), packet, packet.payloadOffset()));
    }

    /** Whether every packet of the frame came in. */
    boolean isWhole(int frame) {
        return arrived.getOrDefault(frame, Set.of()).size() == made.get(frame).packets();
    }

    @Override
    public void close() {
        encodings.forEach(Encoding::close);
    }
}
