package io.parley.media.sfu.forward;

import io.parley.media.sfu.Codec;
import io.parley.media.sfu.Limits;
import io.parley.media.sfu.ingest.Encoding;
import io.parley.media.sfu.ingest.Facts;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes one RTP stream of whichever encoding a slot is given: numbers are dense, timestamps go on, and a decoder sees
 * neither switches nor what is left out. A packet that has not come keeps its number free; if it comes late it takes
 * it, and if nobody needs it any more filler does. A switch to another encoding happens at its keyframe. One owner,
 * allocates nothing per packet.
 */
public final class SlotForwarder {
    private static final long LATE_TIMESTAMP_NANOS = 10_000_000_000L;

    private final Output output;
    private final int size;
    private final int firstNumber;
    private final boolean video;
    private final PlainFilter plain = new PlainFilter();
    private @Nullable Vp8Filter vp8;
    private @Nullable Vp9Filter vp9;
    private @Nullable DependencyFilter dependency;
    private FrameFilter filter = plain;
    private @Nullable SentIndex sent;
    private @Nullable Encoding current;
    private @Nullable Encoding target;
    private int targetSpatial;
    private int targetTemporal;
    private long highest;
    private long beganAt;
    /** How far each encoding of the publication was followed. */
    private final long[] leftAt = new long[Limits.ENCODINGS];

    private long switches;
    private int timestampDelta;
    private boolean begun;
    private boolean fresh;
    private int lastTimestamp;
    private Codec lastCodec = Codec.OPUS;
    private int lastSourceTimestamp;
    private long lastNanos;

    /** {@code first} is the first sequence number, random so that it cannot be guessed. */
    public SlotForwarder(Output output, boolean video, int first) {
        this.output = output;
        this.video = video;
        Arrays.fill(leftAt, -1);
        size = video ? Limits.VIDEO_SENT : Limits.AUDIO_SENT;
        firstNumber = first;
    }

    /** Takes the packets that leave. */
    public interface Output {
        /** A packet of the stream; {@link PacketBuilder} builds it. */
        void media(SlotForwarder forwarder, Encoding encoding, int index, long number);

        /** A number of the stream without content. */
        void filler(SlotForwarder forwarder, long number);
    }

    /**
     * What the slot gets from now on: null for nothing, at once; another encoding at its next keyframe; other layers at
     * the next frame that allows it.
     */
    public void target(@Nullable Encoding encoding, int spatial, int temporal, long nowNanos) {
        if (encoding == null && current != null) {
            fillHoles(nowNanos);
            current = null;
        }
        target = encoding;
        targetSpatial = spatial;
        targetTemporal = temporal;
        if (encoding != null && encoding == current) {
            filter.target(spatial, temporal);
        }
    }

    /** Ends the stream's present part: what comes next begins with a keyframe, because something is lost for good. */
    public void restart(long nowNanos) {
        fillHoles(nowNanos);
        current = null;
    }

    /** The encoding's memory goes: it is not touched any more. */
    public void forget(Encoding encoding) {
        leftAt[encoding.index()] = -1;
        if (current == encoding) {
            current = null;
        }
        if (target == encoding) {
            target = null;
        }
        if (sent != null) {
            sent.forget(encoding);
        }
    }

    /** A packet of {@code encoding} came: it leaves now, or never. */
    public void offer(Encoding encoding, long place, long nowNanos) {
        int index = encoding.ring().find(place);
        if (index < 0) {
            return;
        }
        if (encoding != current) {
            if (encoding != target || !isStart(encoding, index)) {
                return;
            }
            begin(encoding, index, nowNanos);
            newest(encoding, index, nowNanos);
            catchUp(encoding, index, nowNanos);
        } else if (place > highest) {
            newest(encoding, index, nowNanos);
        } else {
            late(encoding, index, nowNanos);
        }
    }

    /** What overtook the keyframe's first packet was passed over: it leaves now. */
    private void catchUp(Encoding encoding, int start, long nowNanos) {
        var ring = encoding.ring();
        long arrival = ring.arrivalNanos(start);
        for (long place = highest + 1; place <= encoding.highestPlace(); place++) {
            int index = ring.find(place);
            if (index >= 0 && ring.arrivalNanos(index) <= arrival) {
                newest(encoding, index, nowNanos);
            }
        }
    }

    private boolean isStart(Encoding encoding, int index) {
        int facts = encoding.ring().facts(index);
        if (encoding.ring().place(index) <= leftAt[encoding.index()]) {
            return false; // a late one: what follows it was sent before
        }
        return Facts.has(facts, Facts.KEYFRAME) && !Facts.has(facts, Facts.DISCARDED | Facts.EMPTY);
    }

    private void begin(Encoding encoding, int index, long nowNanos) {
        if (sent == null) {
            sent = new SentIndex(size, firstNumber);
        }
        fillHoles(nowNanos);
        var ring = encoding.ring();
        lastCodec = codec(encoding, index);
        int timestamp = ring.timestamp(index);
        if (begun) {
            long elapsed = Math.clamp(ring.arrivalNanos(index) - lastNanos, 1_000_000, LATE_TIMESTAMP_NANOS);
            var codec = lastCodec;
            int ticks = (int) (elapsed * codec.clockRate() / 1_000_000_000);
            if (current != null) {
                int captured = encoding.clock().ticksAfter(timestamp, current.clock(), lastSourceTimestamp, elapsed);
                ticks = Math.abs(captured - ticks) < codec.clockRate() ? captured : ticks;
            }
            timestampDelta = lastTimestamp + Math.max(1, ticks) - timestamp;
        }
        begun = true;
        fresh = true;
        filter = filter(lastCodec, ring.frame(index) >= 0);
        filter.target(targetSpatial, targetTemporal);
        filter.start(encoding, index);
        sent.begin(encoding, timestampDelta);
        current = encoding;
        beganAt = ring.place(index);
        highest = beganAt - 1;
        switches++;
    }

    private static Codec codec(Encoding encoding, int index) {
        return Encoding.codec(encoding.ring().facts(index));
    }

    private FrameFilter filter(Codec codec, boolean hasFrames) {
        return switch (codec) {
            case VP8 -> ownVp8();
            case VP9 -> ownVp9();
            case AV1, H264 -> hasFrames ? ownDependencies() : plain;
            case OPUS, RED, PCMU, PCMA, G722 -> plain;
        };
    }

    private Vp8Filter ownVp8() {
        var known = vp8;
        if (known == null) {
            known = new Vp8Filter();
            vp8 = known;
        }
        return known;
    }

    private Vp9Filter ownVp9() {
        var known = vp9;
        if (known == null) {
            known = new Vp9Filter();
            vp9 = known;
        }
        return known;
    }

    private DependencyFilter ownDependencies() {
        var known = dependency;
        if (known == null) {
            known = new DependencyFilter();
            dependency = known;
        }
        return known;
    }

    private void newest(Encoding encoding, int index, long nowNanos) {
        var numbers = sent();
        long place = encoding.ring().place(index);
        int nowMillis = (int) (nowNanos / 1_000_000);
        long missing = place - highest - 1;
        for (long skipped = place - (missing > Limits.GAP ? 0 : missing); skipped < place; skipped++) {
            int at = encoding.ring().find(skipped);
            boolean discarded = at >= 0 && Facts.has(encoding.ring().facts(at), Facts.DISCARDED);
            if (!discarded) {
                numbers.append(SentIndex.HOLE, skipped, 0, nowMillis);
            }
        }
        highest = place;
        leftAt[encoding.index()] = place;
        long word = filter.accept(encoding, index);
        if (word == FrameFilter.DROP) {
            return;
        }
        long number = numbers.append(SentIndex.SENT, place, word, nowMillis);
        advance(encoding, index);
        output.media(this, encoding, index, number);
        fresh = false;
    }

    /** Remembers where the stream is; by the time of arrival, as packets may have waited. */
    private void advance(Encoding encoding, int index) {
        int sourceTimestamp = encoding.ring().timestamp(index);
        int timestamp = sourceTimestamp + timestampDelta;
        if (timestamp - lastTimestamp > 0 || fresh) {
            lastSourceTimestamp = sourceTimestamp;
            lastTimestamp = timestamp;
            lastNanos = encoding.ring().arrivalNanos(index);
        }
    }

    private void late(Encoding encoding, int index, long nowNanos) {
        var numbers = sent();
        long place = encoding.ring().place(index);
        if (numbers.hole(place) < 0) {
            return;
        }
        long word = filter.accept(encoding, index);
        boolean drop = word == FrameFilter.DROP;
        byte state = drop ? SentIndex.FILLER : SentIndex.SENT;
        long number = numbers.fill(place, state, drop ? 0 : word, (int) (nowNanos / 1_000_000));
        if (drop) {
            output.filler(this, number);
        } else {
            advance(encoding, index);
            output.media(this, encoding, index, number);
        }
    }

    private void fillHoles(long nowNanos) {
        var index = sent;
        if (index == null) {
            return;
        }
        for (long hole = index.oldestHole(); hole >= 0; hole = index.oldestHole()) {
            index.giveUp(hole, (int) (nowNanos / 1_000_000));
            output.filler(this, hole);
        }
    }

    private SentIndex sent() {
        var index = sent;
        if (index == null) {
            throw new IllegalStateException("nothing was sent yet");
        }
        return index;
    }

    /** Fills {@code packet} with what leaves as {@code number}; false when it is gone or there never was any. */
    boolean describe(long number, OutgoingPacket packet) {
        var index = sent;
        packet.encoding = null;
        if (index == null) {
            return false;
        }
        packet.sequence = (int) number & 0xffff;
        packet.timestamp = lastTimestamp;
        packet.filler = index.state(number) == SentIndex.FILLER;
        if (packet.filler) {
            return true;
        }
        var encoding = index.encoding(number);
        int at = encoding == null || index.state(number) != SentIndex.SENT
                ? -1
                : encoding.ring().find(index.place(number));
        if (encoding == null || at < 0) {
            return false;
        }
        int facts = encoding.ring().facts(at);
        packet.encoding = encoding;
        packet.index = at;
        packet.word = index.word(number);
        packet.timestamp = encoding.ring().timestamp(at) + index.timestampDelta(number);
        packet.marker = Facts.has(facts, Facts.MARKER) || (packet.word & FrameFilter.MARKER) != 0;
        packet.marker |= fresh && !video;
        return true;
    }

    /**
     * The number that a receiver misses as {@code sequence} if it may be sent now: it was sent and not again within
     * {@code pauseMillis} nor too often; else -1. Some receivers never stop to ask for a packet that came repaired.
     */
    public long resendable(int sequence, int pauseMillis, int nowMillis) {
        var index = sent;
        if (index == null) {
            return -1;
        }
        long number = index.find(sequence);
        boolean held = number >= 0 && index.state(number) != SentIndex.HOLE;
        if (!held || index.repeats(number) >= Limits.REPAIRS || nowMillis - index.sentMillis(number) < pauseMillis) {
            return -1;
        }
        index.resent(number, nowMillis);
        return number;
    }

    /** What rewrites a packet with {@code facts}, whatever is being forwarded by now. */
    FrameFilter filterFor(int facts, boolean hasFrames) {
        return filter(Encoding.codec(facts), hasFrames);
    }

    @Nullable
    DependencyFilter dependencies() {
        return dependency;
    }

    Codec lastCodec() {
        return lastCodec;
    }

    int lastTimestamp() {
        return lastTimestamp;
    }

    /** What is being forwarded now, or null. */
    public @Nullable Encoding current() {
        return current;
    }

    /** What is waited for or forwarded. */
    public @Nullable Encoding target() {
        return target;
    }

    /** The place at which the present encoding was entered: what is older is of no use to the receiver. */
    long beganAt() {
        return beganAt;
    }

    /** How often the stream went on with another encoding, or after a pause. */
    public long switches() {
        return switches;
    }

    /** Whether a keyframe of the target is waited for. */
    public boolean isWaiting() {
        return target != null && target != current;
    }

    /** Whether anything was ever sent. */
    public boolean hasBegun() {
        return begun;
    }

    /** The stream's timestamp of this moment, for a sender report. */
    public int timestampAt(long nowNanos) {
        var encoding = current;
        return encoding == null ? lastTimestamp : encoding.clock().timestampAt(nowNanos) + timestampDelta;
    }

    /** The newest number that left, 0 before the first. */
    public long lastNumber() {
        return sent == null ? 0 : sent.last();
    }
}
