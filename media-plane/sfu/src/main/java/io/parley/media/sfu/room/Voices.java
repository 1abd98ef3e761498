package io.parley.media.sfu.room;

import io.parley.media.sfu.audio.SpeakerDetector;
import io.parley.media.sfu.ingest.Encoding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/**
 * Which voices are let through, and in which slots they are heard. Silence is dropped as it comes; when there are more
 * voices than are let through at once, the loudest are. A voice keeps its slot until another one needs it.
 */
final class Voices {
    private final int loudest;
    private final List<Publication> all = new ArrayList<>();
    private List<Publication> audible = List.of();

    Voices(int loudest) {
        this.loudest = loudest;
    }

    /** Whether a packet is let through; {@code level} is 0 (loudest) to 127, -1 when the packet does not say. */
    boolean passes(Publication publication, int level) {
        return publication.voice().passes(level) && !publication.isMuted();
    }

    void add(Publication publication) {
        all.add(publication);
    }

    void remove(Publication publication) {
        all.remove(publication);
        audible = audible.stream().filter(voice -> voice != publication).toList();
    }

    /** Tells who was how loud since the last call. */
    void tell(SpeakerDetector detector) {
        for (int i = 0; i < all.size(); i++) {
            var publication = all.get(i);
            if (publication.kind() == SourceKind.MICROPHONE && !publication.isMuted()) {
                publication.voice().tell(publication.owner().id(), detector);
            }
        }
    }

    /** Chooses the voices that are let through from now on. */
    void choose() {
        all.forEach(publication -> publication.voice().beforeChoice());
        var order = new ArrayList<>(all);
        order.sort(
                Comparator.comparingDouble(publication -> -publication.voice().rank()));
        var chosen = new ArrayList<Publication>();
        for (var publication : order) {
            boolean passes = chosen.size() < loudest && !publication.isMuted();
            publication.voice().audible(passes);
            if (passes) {
                chosen.add(publication);
            }
        }
        audible = List.copyOf(chosen);
    }

    /** Gives every audible voice a slot of {@code receiver}; answers the bits a second that this takes. */
    long assign(Participant receiver, long nowNanos) {
        var waiting = new ArrayList<Publication>();
        for (var publication : audible) {
            boolean heard =
                    publication.owner() != receiver && receiver.wishes().audio() && isUnderstood(publication, receiver);
            if (heard) {
                waiting.add(publication);
            }
        }
        var keeping = new HashSet<Slot>();
        for (var slot : receiver.slots()) {
            var publication = slot.publication();
            boolean wanted = publication != null && !slot.options().video() && waiting.remove(publication);
            if (wanted) {
                keeping.add(slot);
            }
        }
        long bps = 0;
        for (var slot : receiver.slots()) {
            if (slot.options().video()) {
                continue;
            }
            if (!keeping.contains(slot) && !waiting.isEmpty()) {
                slot.assign(waiting.removeFirst(), nowNanos);
            } else if (!receiver.wishes().audio()) {
                slot.assign(null, nowNanos);
            }
            bps += select(slot, nowNanos);
        }
        return bps;
    }

    private static boolean isUnderstood(Publication publication, Participant receiver) {
        var codec = publication.codec();
        return codec == null || receiver.egress().format().understands(codec);
    }

    private static long select(Slot slot, long nowNanos) {
        var publication = slot.publication();
        Encoding encoding = publication == null ? null : publication.encoding(0);
        slot.select(encoding, 0, 0, nowNanos);
        return encoding == null ? 0 : encoding.bps(0, 0, nowNanos);
    }
}
