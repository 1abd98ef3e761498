package io.parley.media.sfu.room;

import io.parley.media.sfu.Codec;
import io.parley.media.sfu.ingest.Encoding;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Something that a participant sends, with one encoding or several, and the slots that carry it now. */
public final class Publication {
    private final PublicationOptions options;
    private final Participant owner;
    private final @Nullable Encoding[] encodings;
    private final Ladder ladder;
    private final Voice voice = new Voice();
    private Slot[] subscribers = new Slot[4];
    private int subscriberCount;
    private boolean muted;
    private @Nullable Codec codec;

    Publication(PublicationOptions options, Participant owner) {
        this.options = options;
        this.owner = owner;
        encodings = new Encoding[options.encodings().size()];
        ladder = new Ladder(this);
    }

    public String id() {
        return options.id();
    }

    public Participant owner() {
        return owner;
    }

    public SourceKind kind() {
        return options.kind();
    }

    /** Whether the room keeps it back. */
    public boolean isMuted() {
        return muted;
    }

    void mute(boolean value) {
        muted = value;
    }

    PublicationOptions options() {
        return options;
    }

    Voice voice() {
        return voice;
    }

    Ladder ladder() {
        return ladder;
    }

    /** The codec of the newest packet, or null before the first. */
    @Nullable
    Codec codec() {
        return codec;
    }

    int encodingCount() {
        return encodings.length;
    }

    /** An encoding, or null while none of its packets has come. */
    @Nullable
    Encoding encoding(int index) {
        return index < 0 || index >= encodings.length ? null : encodings[index];
    }

    /** The encoding for a packet of {@code packetCodec}; made with its first. */
    Encoding encodingFor(int index, Codec packetCodec) {
        codec = packetCodec;
        var encoding = encodings[index];
        if (encoding == null) {
            encoding = new Encoding(index, packetCodec);
            encodings[index] = encoding;
        }
        return encoding;
    }

    void subscribe(Slot slot) {
        if (subscriberCount == subscribers.length) {
            subscribers = Arrays.copyOf(subscribers, 2 * subscriberCount);
        }
        subscribers[subscriberCount] = slot;
        subscriberCount++;
    }

    void unsubscribe(Slot slot) {
        for (int i = 0; i < subscriberCount; i++) {
            if (subscribers[i] == slot) {
                subscriberCount--;
                subscribers[i] = subscribers[subscriberCount];
                return;
            }
        }
    }

    int subscriberCount() {
        return subscriberCount;
    }

    /** Hands a packet that was just taken to all slots that may want it. */
    void fanOut(Encoding encoding, long place) {
        for (int i = 0; i < subscriberCount; i++) {
            subscribers[i].enqueue(encoding, place);
        }
    }

    /** Ends it: slots let go of it, then its memory is freed. */
    void close(long nowNanos) {
        while (subscriberCount > 0) {
            subscribers[subscriberCount - 1].assign(null, nowNanos);
        }
        for (var encoding : encodings) {
            if (encoding != null) {
                encoding.close();
            }
        }
    }
}
