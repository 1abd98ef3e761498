package io.parley.media.sfu.room;

import io.parley.media.sfu.allocation.Allocation;
import io.parley.media.sfu.allocation.Hysteresis;
import io.parley.media.sfu.allocation.Role;
import java.util.ArrayList;
import java.util.List;

/** Someone in a room: what they send, and the slots in which they receive. */
public final class Participant {
    private final ParticipantOptions options;
    private final Ingress ingress;
    private final Egress egress;
    private final Slot[] slots;
    private final List<Publication> publications = new ArrayList<>();
    private final Hysteresis hysteresis = new Hysteresis();
    private Role role;
    private Wishes wishes = Wishes.DEFAULT;
    private List<Allocation> allocations = List.of();
    private List<RoomEvents.SlotMapping> mappings = List.of();
    private boolean present = true;
    private boolean stale = true;
    private long allocatedBps;
    private long allocatedNanos = Long.MIN_VALUE / 2;

    Participant(ParticipantOptions options, Egress egress, Slot[] slots) {
        this.options = options;
        this.egress = egress;
        this.slots = slots;
        role = options.role();
        ingress = new Ingress(options.payloadTypes(), options.extensions());
        egress.slots(slots);
    }

    public String id() {
        return options.id();
    }

    public Role role() {
        return role;
    }

    /** What they send now. */
    public List<Publication> publications() {
        return List.copyOf(publications);
    }

    /** What they get of each video source and why not more, as told last. */
    public List<Allocation> allocations() {
        return allocations;
    }

    /** Who is in their slots, as told last. */
    public List<RoomEvents.SlotMapping> mappings() {
        return mappings;
    }

    /** Bits a second that they may be sent now. */
    public long targetBps() {
        return egress.controller().targetBps();
    }

    PacketSink sink() {
        return options.sink();
    }

    Ingress ingress() {
        return ingress;
    }

    Egress egress() {
        return egress;
    }

    Slot[] slots() {
        return slots;
    }

    List<Publication> published() {
        return publications;
    }

    /** Whether we want something of them that has not come: a packet again, or a keyframe. */
    boolean isAsked() {
        for (int p = 0; p < publications.size(); p++) {
            var publication = publications.get(p);
            for (int i = 0; i < publication.encodingCount(); i++) {
                var encoding = publication.encoding(i);
                if (encoding != null && encoding.isAsking()) {
                    return true;
                }
            }
        }
        return false;
    }

    Hysteresis hysteresis() {
        return hysteresis;
    }

    Wishes wishes() {
        return wishes;
    }

    void wish(Wishes wanted) {
        wishes = wanted;
        stale = true;
    }

    void role(Role newRole) {
        role = newRole;
    }

    boolean isPresent() {
        return present;
    }

    void leave() {
        present = false;
    }

    /** Whether what they get must be thought over although their bandwidth is the same. */
    boolean isStale() {
        return stale;
    }

    void stale() {
        stale = true;
    }

    long allocatedBps() {
        return allocatedBps;
    }

    long allocatedNanos() {
        return allocatedNanos;
    }

    void allocated(long bps, long nowNanos) {
        stale = false;
        allocatedBps = bps;
        allocatedNanos = nowNanos;
    }

    /** Answers whether this differs from what was told before. */
    boolean tell(List<Allocation> told) {
        boolean changed = !sameChoice(told);
        allocations = told;
        return changed;
    }

    private boolean sameChoice(List<Allocation> told) {
        if (told.size() != allocations.size()) {
            return false;
        }
        for (int i = 0; i < told.size(); i++) {
            var now = told.get(i);
            var before = allocations.get(i);
            boolean same = now.id().equals(before.id()) && now.layer() == before.layer();
            if (!same || now.reason() != before.reason()) {
                return false;
            }
        }
        return true;
    }

    boolean map(List<RoomEvents.SlotMapping> told) {
        boolean changed = !told.equals(mappings);
        mappings = told;
        return changed;
    }
}
