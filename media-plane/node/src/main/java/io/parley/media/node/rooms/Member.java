package io.parley.media.node.rooms;

import io.parley.media.node.sdp.InvalidOfferException;
import io.parley.media.node.sdp.LocalTerms;
import io.parley.media.node.sdp.Negotiation;
import io.parley.media.node.sdp.Offer;
import io.parley.media.sfu.room.PacketSink;
import io.parley.media.sfu.room.Participant;
import io.parley.media.sfu.room.ParticipantOptions;
import io.parley.media.sfu.room.PublicationOptions;
import io.parley.media.sfu.room.Room;
import io.parley.media.sfu.room.SourceKind;
import io.parley.media.sfu.room.Wishes;
import io.parley.media.transport.Limits;
import io.parley.media.transport.PeerListener;
import io.parley.media.transport.PeerSettings;
import io.parley.media.transport.PeerState;
import io.parley.media.transport.PeerTransport;
import io.parley.media.transport.memory.PacketBuffer;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One participant on their shard: what comes from their transport goes to the room, and the other way round. */
final class Member implements PeerListener, PacketSink {
    private final RoomShard shard;
    private final Joining joining;
    private final PeerSettings settings;
    private LocalTerms terms;
    private @Nullable Room room;
    private @Nullable PeerTransport peer;
    private @Nullable Participant participant;
    private @Nullable Negotiation negotiation;
    private @Nullable Capture capture;
    private int reservedAt;

    Member(RoomShard shard, Joining joining, PeerSettings settings, LocalTerms terms) {
        this.shard = shard;
        this.joining = joining;
        this.settings = settings;
        this.terms = terms;
    }

    String roomName() {
        return joining.room();
    }

    String name() {
        return joining.participant();
    }

    /** Joins the room with all that the offer sends; {@code transport} is closed when the room refuses. */
    void begin(Room entered, PeerTransport transport, Negotiation agreed) {
        room = entered;
        peer = transport;
        negotiation = agreed;
        try {
            var joined = entered.join(new ParticipantOptions(
                    name(), joining.role(), agreed.types(), agreed.extensions(), this, agreed.slots()));
            participant = joined;
            agreed.tracks().forEach(track -> entered.publish(joined, publication(track)));
        } catch (IllegalArgumentException | IllegalStateException refused) {
            leaveRoom();
            transport.close();
            throw refused;
        }
    }

    private PublicationOptions publication(Negotiation.Track track) {
        var usual = track.video() ? SourceKind.CAMERA : SourceKind.MICROPHONE;
        var kind = joining.kinds().getOrDefault(track.mid(), usual);
        if (kind.isVideo() != track.video()) {
            throw new InvalidOfferException("section " + track.mid() + " cannot carry a " + kind);
        }
        return new PublicationOptions(name() + "/" + track.mid(), kind, track.mid(), track.encodings());
    }

    String restart(Offer offer) {
        if (!offer.fingerprint().equals(settings.fingerprint())) {
            throw new InvalidOfferException("an ICE restart keeps the certificate");
        }
        var renewed = terms.restarted(shard.freshCredentials());
        var next = Negotiation.of(offer, renewed);
        var before = Objects.requireNonNull(negotiation);
        boolean same = next.slots().equals(before.slots())
                && next.tracks().stream()
                        .map(Negotiation.Track::mid)
                        .toList()
                        .equals(before.tracks().stream()
                                .map(Negotiation.Track::mid)
                                .toList());
        if (!same) {
            throw new InvalidOfferException("an ICE restart keeps the sections of the first offer");
        }
        Objects.requireNonNull(peer).restart(renewed.ice(), offer.ufrag());
        terms = renewed;
        return next.answer();
    }

    void wish(Wishes wishes) {
        var here = participant;
        var in = room;
        if (here != null && in != null) {
            in.wish(here, wishes);
        }
    }

    /** Ends the transport; the listener is told, and the room left, in the same turn or the next. */
    void end() {
        leaveRoom();
        var transport = peer;
        if (transport != null) {
            transport.close();
        }
    }

    private void leaveRoom() {
        var here = participant;
        var in = room;
        var transport = peer;
        if (here != null && in != null && transport != null) {
            participant = null;
            in.leave(here, transport.shard().nowNanos());
        }
        shard.left(this);
    }

    @Override
    public void onState(PeerTransport of, PeerState state, String reason) {
        if (state == PeerState.FAILED || state == PeerState.CLOSED) {
            leaveRoom();
        }
        shard.listener().onState(roomName(), name(), state, reason);
    }

    @Override
    public void onRtp(PeerTransport of, PacketBuffer packet, long arrivalNanos) {
        var here = participant;
        var in = room;
        if (capture != null) {
            capture.rtp(false, packet.memory(), packet.offset(), packet.length(), arrivalNanos);
        }
        if (here != null && in != null) {
            in.onRtp(here, packet.memory(), packet.offset(), packet.length(), arrivalNanos);
        }
    }

    @Override
    public void onRtcp(PeerTransport of, PacketBuffer packet, long arrivalNanos) {
        var here = participant;
        var in = room;
        if (capture != null) {
            capture.rtcp(false, packet.memory(), packet.offset(), packet.length(), arrivalNanos);
        }
        if (here != null && in != null) {
            in.onRtcp(here, packet.memory(), packet.offset(), packet.length(), arrivalNanos);
        }
    }

    @Override
    public MemorySegment memory() {
        return Objects.requireNonNull(peer).shard().outgoing();
    }

    @Override
    public int capacity() {
        return Limits.SENDABLE_BYTES;
    }

    @Override
    public int reserve() {
        reservedAt = Objects.requireNonNull(peer).reserve();
        return reservedAt;
    }

    @Override
    public boolean sendRtp(int length) {
        var transport = Objects.requireNonNull(peer);
        if (capture != null) {
            capture.rtp(true, memory(), reservedAt, length, transport.shard().nowNanos());
        }
        return transport.sendReservedRtp(length);
    }

    @Override
    public boolean sendRtcp(int length) {
        var transport = Objects.requireNonNull(peer);
        if (capture != null) {
            capture.rtcp(true, memory(), reservedAt, length, transport.shard().nowNanos());
        }
        return transport.sendReservedRtcp(length);
    }

    /** Packets are kept in {@code begun} from now on, in place of another one; in none when it is null. */
    void capture(@Nullable Capture begun) {
        capture = begun;
    }

    boolean isCapturing(Capture running) {
        return capture == running;
    }
}
