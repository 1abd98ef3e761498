package io.parley.media.sfu.room;

import io.parley.media.sfu.Limits;
import io.parley.media.sfu.allocation.Role;
import io.parley.media.sfu.audio.SpeakerDetector;
import io.parley.media.sfu.forward.PacketBuilder;
import io.parley.media.sfu.forward.ReceiveFormat;
import io.parley.media.sfu.rate.CongestionController;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One room on one media node: takes the packets of all participants and gives each what they should see and hear.
 * Everything happens on one thread, without locks; see the package for what it is called with. After {@link #flush}
 * nothing that could leave waits. Times are nanoseconds of the clock named in {@link RoomOptions}.
 */
public final class Room implements AutoCloseable {
    private static final long PLAN_NANOS = 100_000_000;
    private static final long BUSY_TICK_NANOS = 5_000_000;
    private static final long IDLE_TICK_NANOS = 20_000_000;

    private final RoomOptions options;
    private final RoomEvents events;
    private final NtpTime time;
    private final FeedbackReader feedback;
    private final Reports reports;
    private final Voices voices;
    private final VideoPlan plan;
    private final Needs needs;
    private final SpeakerDetector detector;
    private final Speakers speakers = new Speakers();
    private final Map<String, Participant> participants = new LinkedHashMap<>();
    private final List<Publication> videos = new ArrayList<>();
    private Participant[] everybody = {};
    private final PacketBuilder builder = new PacketBuilder();
    /** What those did who have left. */
    private RoomSnapshot.Totals gone = RoomSnapshot.Totals.NONE;

    private long nextTickNanos = Long.MIN_VALUE;
    private long nextPlanNanos;
    private Shedding shedding = Shedding.NONE;
    private String sheddingReason = "";

    public Room(RoomOptions options, RoomEvents events) {
        this.options = options;
        this.events = events;
        time = new NtpTime(options.wallMillis(), options.monoNanos());
        feedback = new FeedbackReader(time);
        reports = new Reports(time, options.id());
        voices = new Voices(options.loudest());
        plan = new VideoPlan(events);
        needs = new Needs(events);
        detector = new SpeakerDetector(this::onSpeaker);
    }

    public String id() {
        return options.id();
    }

    /** Throws IllegalArgumentException when the id is taken, IllegalStateException when the room is full. */
    public Participant join(ParticipantOptions joining) {
        if (participants.containsKey(joining.id())) {
            throw new IllegalArgumentException("participant " + joining.id() + " is here already");
        }
        if (participants.size() == Limits.PARTICIPANTS) {
            throw new IllegalStateException("the room is full");
        }
        var format = new ReceiveFormat(joining.payloadTypes(), joining.extensions());
        var egress = new Egress(joining.sink(), format, builder, new CongestionController(options.rates()));
        var slots = new Slot[joining.slots().size()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] =
                    new Slot(i, joining.slots().get(i), egress, options.random().nextInt(1 << 15));
        }
        var participant = new Participant(joining, egress, slots);
        participants.put(joining.id(), participant);
        speakers.add(participant);
        everybody = participants.values().toArray(new Participant[0]);
        replanSoon();
        return participant;
    }

    /** Takes a participant out with all that they publish; idempotent. */
    public void leave(Participant participant, long nowNanos) {
        if (!participant.isPresent()) {
            return;
        }
        participant.leave();
        gone = gone.plus(Snapshots.totals(new Participant[] {participant}, 0));
        for (var publication : participant.publications()) {
            unpublish(publication, nowNanos);
        }
        for (var slot : participant.slots()) {
            slot.assign(null, nowNanos);
        }
        participants.remove(participant.id());
        speakers.remove(participant);
        everybody = participants.values().toArray(new Participant[0]);
        replanSoon();
    }

    /** Throws IllegalArgumentException when the id is taken, IllegalStateException when there are too many. */
    public Publication publish(Participant owner, PublicationOptions published) {
        if (owner.published().size() == Limits.PUBLICATIONS) {
            throw new IllegalStateException("at most " + Limits.PUBLICATIONS + " publications");
        }
        for (var other : everybody) {
            if (other.published().stream()
                    .anyMatch(publication -> publication.id().equals(published.id()))) {
                throw new IllegalArgumentException("publication " + published.id() + " is here already");
            }
        }
        var publication = new Publication(published, owner);
        owner.published().add(publication);
        owner.ingress().add(publication);
        if (published.kind().isVideo()) {
            videos.add(publication);
        } else {
            voices.add(publication);
        }
        replanSoon();
        return publication;
    }

    /** Ends a publication; idempotent. */
    public void unpublish(Publication publication, long nowNanos) {
        if (!publication.owner().published().remove(publication)) {
            return;
        }
        publication.owner().ingress().remove(publication);
        videos.remove(publication);
        voices.remove(publication);
        publication.close(nowNanos);
        replanSoon();
    }

    /** Keeps a publication back from everybody, or lets it through again: moderation, whatever its client does. */
    public void mute(Publication publication, boolean muted) {
        publication.mute(muted);
        replanSoon();
    }

    /** What a participant wants to see from now on. */
    public void wish(Participant participant, Wishes wishes) {
        participant.wish(wishes);
        nextPlanNanos = 0;
    }

    public void role(Participant participant, Role role) {
        participant.role(role);
        replanSoon();
    }

    private void replanSoon() {
        for (var participant : everybody) {
            participant.stale();
        }
        nextPlanNanos = 0;
    }

    /** A decrypted RTP packet came; its bytes are lent for the call and may be changed by it. */
    public void onRtp(Participant from, MemorySegment memory, int offset, int length, long nowNanos) {
        var ingress = from.ingress();
        int index = ingress.take(memory, offset, length, nowNanos);
        var publication = ingress.publication();
        var encoding = ingress.encoding();
        if (index < 0 || publication == null || encoding == null) {
            return;
        }
        if (encoding.statistics().received() == 1) {
            replanSoon(); // the first of a stream: who waits for it need not wait for the next plan
        }
        boolean passes =
                publication.kind().isVideo() ? !publication.isMuted() : voices.passes(publication, ingress.level());
        if (!passes) {
            encoding.ring().discard(index);
            return;
        }
        publication.fanOut(encoding, encoding.lastPlace());
    }

    /** A decrypted compound RTCP packet came; its bytes are lent for the call. */
    public void onRtcp(Participant from, MemorySegment memory, int offset, int length, long nowNanos) {
        feedback.read(from, memory, offset, length, nowNanos);
    }

    /**
     * Sends what came in since the last call, and does what is due by time; once behind each burst of packets. Answers
     * how many nanoseconds it may take until the next call: little while something waits to be sent or asked for. The
     * times are the same for all rooms, so that a thread with many wakes once for all.
     */
    public long turn(long nowNanos) {
        if (nowNanos >= nextTickNanos) {
            tick(nowNanos);
        } else {
            flush(nowNanos);
        }
        long period = isBusy() ? BUSY_TICK_NANOS : IDLE_TICK_NANOS;
        nextTickNanos = (Math.floorDiv(nowNanos, period) + 1) * period;
        return nextTickNanos - nowNanos;
    }

    private boolean isBusy() {
        if (nextPlanNanos == 0) {
            return true;
        }
        for (var participant : everybody) {
            var egress = participant.egress();
            if (egress.isDirty() || egress.controller().isProbeDue() || participant.isAsked()) {
                return true;
            }
        }
        return false;
    }

    /** Sends what came in since the last call. */
    void flush(long nowNanos) {
        for (var participant : everybody) {
            if (participant.egress().isDirty()) {
                participant.egress().flush(nowNanos);
            }
        }
    }

    /** Everything that happens by time. */
    void tick(long nowNanos) {
        voices.tell(detector);
        detector.tick(nowNanos);
        boolean report = reports.isReportDue(nowNanos);
        boolean planning = nowNanos >= nextPlanNanos;
        if (planning) {
            nextPlanNanos = nowNanos + PLAN_NANOS;
            measure(nowNanos);
        }
        for (var participant : everybody) {
            participant.egress().controller().tick(nowNanos / 1_000);
            if (planning) {
                plan(participant, nowNanos);
            }
            participant.egress().flush(nowNanos);
            participant.egress().probe(nowNanos);
            reports.write(participant, report, nowNanos);
        }
        if (planning) {
            needs.tell(videos, everybody, nowNanos);
        }
    }

    private void onSpeaker(String id) {
        var speaker = participants.get(id);
        if (speaker != null && speakers.speaks(speaker)) {
            events.onSpeakers(speakers.ids());
            replanSoon();
        }
    }

    private void measure(long nowNanos) {
        voices.choose();
        boolean changed = false;
        for (var video : videos) {
            changed |= video.ladder().refresh(nowNanos);
        }
        if (changed) {
            Arrays.stream(everybody).forEach(Participant::stale);
        }
    }

    private void plan(Participant participant, long nowNanos) {
        long audioBps = voices.assign(participant, nowNanos);
        plan.update(participant, new VideoPlan.Supply(videos, speakers, shedding), audioBps, nowNanos);
        var mappings = new ArrayList<RoomEvents.SlotMapping>();
        for (var slot : participant.slots()) {
            slot.tick(nowNanos);
            var publication = slot.publication();
            if (publication != null) {
                var owner = publication.owner().id();
                mappings.add(new RoomEvents.SlotMapping(
                        slot.index(), slot.options().mid(), publication.id(), owner, publication.kind()));
            }
        }
        if (participant.map(List.copyOf(mappings))) {
            events.onSlots(participant, participant.mappings());
        }
    }

    /**
     * Holds back what is above {@code level}, because the node cannot carry more: nothing at {@link Shedding#NONE},
     * then high video layers, all but the lowest, at last all video; never audio. Everybody is told {@code reason}
     * once, and that it is over with an empty one.
     */
    public void shed(Shedding level, String reason) {
        if (level == shedding) {
            return;
        }
        shedding = level;
        sheddingReason = level == Shedding.NONE ? "" : reason;
        events.onShedding(sheddingReason);
        replanSoon();
    }

    /** What an operator may want to know now. */
    public RoomSnapshot snapshot(long nowNanos) {
        var members = new ArrayList<RoomSnapshot.OfParticipant>();
        for (var participant : everybody) {
            members.add(Snapshots.of(participant, nowNanos));
        }
        var totals = gone.plus(Snapshots.totals(everybody, feedback.malformed));
        return new RoomSnapshot(id(), everybody.length, sheddingReason, speakers.ids(), List.copyOf(members), totals);
    }

    /** Who is here, in the order of joining. */
    public List<Participant> participants() {
        return List.of(everybody);
    }

    /** Ends the room; all memory is freed. Idempotent. */
    @Override
    public void close() {
        for (var participant : everybody) {
            leave(participant, options.monoNanos());
        }
    }
}
