package io.parley.fanout.domain;

import io.parley.schema.StreamId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The newest events of the streams of an owner: enough to answer most resumes without the log. Events may arrive in any
 * order and twice; an answer is given only when it has no hole. Bounded in events, age and bytes. Owned by one thread.
 *
 * @param <E> what an event is to the owner of this
 */
public final class RecentEvents<E> {
    /** Everything behind a position, up to the head. */
    public record Slice<E>(String epoch, long headOffset, List<E> events) {}

    /** Where a stream stands, as far as events have told. */
    public record Head(StreamId stream, String epoch, long offset) {}

    private record Kept<E>(E event, int bytes, long atMillis) {}

    private static final class Stream<E> {
        private String epoch = "";
        private final NavigableMap<Long, Kept<E>> events = new TreeMap<>();
        private long bytes;
        private long movedMillis;
    }

    /** What an entry costs beside the event itself, roughly. */
    private static final int ENTRY_BYTES = 96;

    private final RecentBounds bounds;
    /** In the order of the last event, so that the first is the one quiet longest. */
    private final LinkedHashMap<StreamId, Stream<E>> streams = new LinkedHashMap<>();

    private long bytes;

    public RecentEvents(RecentBounds bounds) {
        this.bounds = bounds;
    }

    /**
     * An event of another epoch than the last starts the stream anew; the log decides which epoch is right, not this.
     */
    public void add(StreamId id, String epoch, long offset, E event, int eventBytes, long nowMillis) {
        Stream<E> stream = streams.getOrDefault(id, new Stream<>());
        streams.putLast(id, stream);
        if (!stream.epoch.equals(epoch)) {
            bytes -= stream.bytes;
            stream.bytes = 0;
            stream.events.clear();
            stream.epoch = epoch;
        }
        Kept<E> kept = new Kept<>(event, eventBytes + ENTRY_BYTES, nowMillis);
        if (stream.events.putIfAbsent(offset, kept) == null) {
            stream.bytes += kept.bytes();
            bytes += kept.bytes();
        }
        stream.movedMillis = nowMillis;
        trim(stream, nowMillis);
        while (bytes > bounds.bytes() && !streams.isEmpty()) {
            Iterator<Stream<E>> quietest = streams.values().iterator();
            bytes -= quietest.next().bytes;
            quietest.remove();
        }
    }

    /** Empty when the events kept cannot answer without a hole, or there are more than {@code limit}. */
    public Optional<Slice<E>> since(StreamId id, String epoch, long offset, int limit) {
        Stream<E> stream = streams.get(id);
        if (stream == null || !stream.epoch.equals(epoch) || stream.events.isEmpty()) {
            return Optional.empty();
        }
        long head = stream.events.lastKey();
        if (head < offset) {
            return Optional.empty();
        }
        NavigableMap<Long, Kept<E>> missed = stream.events.tailMap(offset, false);
        if (missed.size() != head - offset || missed.size() > limit) {
            return Optional.empty();
        }
        List<E> events = new ArrayList<>(missed.size());
        missed.values().forEach(kept -> events.add(kept.event()));
        return Optional.of(new Slice<>(epoch, head, events));
    }

    /** Heads of the streams that moved at or after {@code sinceMillis}, newest first, at most {@code limit}. */
    public List<Head> movedSince(long sinceMillis, int limit) {
        List<Head> heads = new ArrayList<>();
        for (Map.Entry<StreamId, Stream<E>> entry : streams.sequencedEntrySet().reversed()) {
            Stream<E> stream = entry.getValue();
            if (heads.size() >= limit || stream.movedMillis < sinceMillis) {
                break;
            }
            if (!stream.events.isEmpty()) {
                heads.add(new Head(entry.getKey(), stream.epoch, stream.events.lastKey()));
            }
        }
        return heads;
    }

    /** Drops what is too old. Called now and then; streams left empty go too. */
    public void expire(long nowMillis) {
        streams.values().removeIf(stream -> {
            trim(stream, nowMillis);
            return stream.events.isEmpty();
        });
    }

    public long bytes() {
        return bytes;
    }

    public int streams() {
        return streams.size();
    }

    private void trim(Stream<E> stream, long nowMillis) {
        long oldestMillis = nowMillis - bounds.age().toMillis();
        while (!stream.events.isEmpty()) {
            Kept<E> oldest = stream.events.firstEntry().getValue();
            boolean keep = stream.events.size() <= bounds.eventsPerStream()
                    && stream.bytes <= bounds.bytesPerStream()
                    && oldest.atMillis() >= oldestMillis;
            if (keep) {
                return;
            }
            stream.events.pollFirstEntry();
            stream.bytes -= oldest.bytes();
            bytes -= oldest.bytes();
        }
    }
}
