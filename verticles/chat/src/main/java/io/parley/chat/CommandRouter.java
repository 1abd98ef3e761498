package io.parley.chat;

import io.parley.chat.api.ChatWire;
import io.parley.chat.domain.Actor;
import io.parley.kernel.bus.Failures;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.bus.v1.Command;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Ok;
import io.vertx.core.Future;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Sends each command to its handler: reads at once, effects through {@link Effects}, sends through the group commit.
 */
final class CommandRouter {
    private final ChatParts parts;
    private final Users users;
    private final Effects effects;
    private final SendBatcher sends;
    private final ChannelCommands channels;
    private final MembershipCommands memberships;
    private final HistoryCommands history;

    CommandRouter(ChatParts parts, Users users, SendBatcher sends, Reader reader) {
        this.parts = parts;
        this.users = users;
        this.sends = sends;
        this.effects = new Effects(parts);
        this.channels = new ChannelCommands(parts, reader);
        this.memberships = new MembershipCommands(reader);
        this.history = new HistoryCommands(parts, reader);
    }

    Future<Ok> execute(Command command) {
        Actor actor = ChatWire.actor(command.getCaller());
        long deadline = command.getDeadlineWallMillis();
        if (deadline > 0 && deadline < parts.clock().wallMillis()) {
            return Refusals.fail(ErrorCode.TIMEOUT); // nobody waits for it any more
        }
        return users.ensure(actor).compose(_ -> route(actor, command.getCmd())).onFailure(this::count);
    }

    private Future<Ok> route(Actor actor, Cmd cmd) {
        return switch (cmd.getCommandCase()) {
            case CREATE_CHANNEL ->
                effect(actor, cmd, work -> channels.create(work, cmd.getCreateChannel()), Ok.Builder::setCreateChannel);
            case OPEN_DIRECT ->
                effect(actor, cmd, work -> channels.openDirect(work, cmd.getOpenDirect()), Ok.Builder::setOpenDirect);
            case UPDATE_CHANNEL ->
                effect(actor, cmd, work -> channels.update(work, cmd.getUpdateChannel()), Ok.Builder::setUpdateChannel);
            case DELETE_CHANNEL ->
                effect(actor, cmd, work -> channels.delete(work, cmd.getDeleteChannel()), Ok.Builder::setDeleteChannel);
            case JOIN_CHANNEL ->
                effect(actor, cmd, work -> memberships.join(work, cmd.getJoinChannel()), Ok.Builder::setJoinChannel);
            case SEND_MESSAGE -> sends.send(ChatWire.draft(actor, cmd.getSendMessage()), RequestHash.of(cmd));
            case GET_CHANNEL -> read(channels.get(actor, cmd.getGetChannel()), Ok.Builder::setGetChannel);
            case GET_HISTORY -> read(history.page(actor, cmd.getGetHistory()), Ok.Builder::setGetHistory);
            case LIST_CHANNEL_TYPES -> read(Future.succeededFuture(channels.types()), Ok.Builder::setListChannelTypes);
            default -> Refusals.fail(ErrorCode.UNKNOWN_COMMAND);
        };
    }

    private <R> Future<Ok> effect(
            Actor actor, Cmd cmd, Function<Work, Future<R>> handler, BiFunction<Ok.Builder, R, Ok.Builder> set) {
        return effects.run(actor, cmd, work -> handler.apply(work).map(result -> set.apply(Ok.newBuilder(), result)));
    }

    private static <R> Future<Ok> read(Future<R> answer, BiFunction<Ok.Builder, R, Ok.Builder> set) {
        return answer.map(result -> set.apply(Ok.newBuilder(), result).build());
    }

    private void count(Throwable failure) {
        ErrorCode code = failure instanceof Refusal refusal ? refusal.code() : Failures.code(failure);
        parts.meters()
                .counter("parley.chat.commands.refused", "code", code.name())
                .increment();
    }
}
