package io.parley.media.node.control;

import io.parley.media.node.rooms.MediaRooms;
import io.parley.media.node.sdp.InvalidOfferException;
import io.parley.schema.Clock;
import io.parley.schema.control.SessionTokenException;
import io.parley.schema.control.SessionTokenVerifier;
import io.parley.schema.control.v1.Command;
import io.parley.schema.control.v1.CommandResult;
import io.parley.schema.control.v1.CommandResult.Refusal;
import io.parley.schema.control.v1.Join;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the control plane says. Called by the link's thread; answers come on any. */
final class Commands {
    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

    /** What of the node commands act on, besides its rooms. */
    interface Owner {
        boolean isDraining();

        void drain();

        /** The debug tree of a room as JSON, or of the node when {@code room} is empty; empty when there is none. */
        CompletableFuture<String> inspect(String room);
    }

    private final String nodeId;
    private final int participantLimit;
    private final MediaRooms rooms;
    private final Owner owner;
    private final Clock clock;
    private SessionTokenVerifier tokens = new SessionTokenVerifier(List.of());

    Commands(String nodeId, int participantLimit, MediaRooms rooms, Owner owner, Clock clock) {
        this.nodeId = nodeId;
        this.participantLimit = participantLimit;
        this.rooms = rooms;
        this.owner = owner;
        this.clock = clock;
    }

    /** By these keys tokens are judged from now on. */
    void trust(SessionTokenVerifier verifier) {
        tokens = verifier;
    }

    /** Never fails: what goes wrong is a refusal. */
    CompletableFuture<CommandResult.Builder> run(Command command) {
        long deadline = command.getDeadlineWallMillis();
        if (deadline != 0 && clock.wallMillis() > deadline) {
            return refused(Refusal.FAILED, "the deadline has passed");
        }
        return attempt(command).exceptionally(failure -> refusal(command, failure));
    }

    private CompletableFuture<CommandResult.Builder> attempt(Command command) {
        try {
            return switch (command.getCommandCase()) {
                case JOIN -> join(command.getJoin());
                case RESTART -> {
                    var restart = command.getRestart();
                    yield rooms.restart(restart.getRoom(), restart.getParticipantId(), restart.getOffer())
                            .thenApply(answer -> done().setAnswer(answer));
                }
                case LEAVE -> {
                    var leave = command.getLeave();
                    yield rooms.leave(leave.getRoom(), leave.getParticipantId()).thenApply(_ -> done());
                }
                case SET_VIEW -> {
                    var view = command.getSetView().getView();
                    yield rooms.wish(command.getSetView().getRoom(), view.getParticipantId(), Wire.wishes(view))
                            .thenApply(_ -> done());
                }
                case CLOSE_ROOM -> rooms.close(command.getCloseRoom().getRoom()).thenApply(_ -> done());
                case DRAIN -> {
                    owner.drain();
                    yield CompletableFuture.completedFuture(done());
                }
                case INSPECT -> inspect(command.getInspect().getRoom());
                case COMMAND_NOT_SET -> refused(Refusal.FAILED, "this node does not know the command");
            };
        } catch (IllegalArgumentException | IllegalStateException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private CompletableFuture<CommandResult.Builder> join(Join join) {
        String complaint = complaint(join);
        if (!complaint.isEmpty()) {
            return refused(Refusal.TOKEN_REFUSED, complaint);
        }
        if (owner.isDraining()) {
            return refused(Refusal.DRAINING, "this node is going away");
        }
        if (rooms.participantCount() >= participantLimit) {
            return refused(Refusal.FULL, "this node holds " + participantLimit + " participants");
        }
        return rooms.join(Wire.joining(join)).thenApply(answer -> done().setAnswer(answer));
    }

    /** What speaks against the token; empty when nothing does. */
    private String complaint(Join join) {
        try {
            var said = tokens.verify(join.getToken(), clock.wallMillis());
            if (!said.sfu().equals(nodeId)) {
                return "the token is for another node";
            }
            boolean same = said.room().equals(join.getRoom())
                    && said.participant().equals(join.getParticipantId())
                    && said.role() == join.getRole();
            return same ? "" : "the token names another room, participant or role";
        } catch (SessionTokenException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    private CompletableFuture<CommandResult.Builder> inspect(String room) {
        return owner.inspect(room).thenApply(json -> {
            if (json.isEmpty()) {
                return refusal(Refusal.NOT_THERE, "there is no such room");
            }
            return json.length() > Limits.DEBUG_CHARS
                    ? refusal(Refusal.FAILED, "the debug tree is too large; ask for one room")
                    : done().setJson(json);
        });
    }

    private static CommandResult.Builder refusal(Command command, Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String words = String.valueOf(cause.getMessage());
        return switch (cause) {
            case InvalidOfferException _ -> refusal(Refusal.INVALID_OFFER, words);
            case IllegalArgumentException _ when command.hasJoin() -> refusal(Refusal.ALREADY_THERE, words);
            case IllegalArgumentException _ -> refusal(Refusal.NOT_THERE, words);
            case IllegalStateException _ -> refusal(Refusal.FULL, words);
            default -> {
                LOG.error("command {} failed", command.getCommandCase(), cause);
                yield refusal(Refusal.FAILED, "the node failed; its log says why");
            }
        };
    }

    private static CompletableFuture<CommandResult.Builder> refused(Refusal refusal, String detail) {
        return CompletableFuture.completedFuture(refusal(refusal, detail));
    }

    private static CommandResult.Builder refusal(Refusal refusal, String detail) {
        return CommandResult.newBuilder().setRefusal(refusal).setDetail(detail);
    }

    private static CommandResult.Builder done() {
        return CommandResult.newBuilder();
    }
}
