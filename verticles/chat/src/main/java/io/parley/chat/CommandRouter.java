package io.parley.chat;

import io.parley.chat.api.ChatWire;
import io.parley.chat.domain.Actor;
import io.parley.chat.domain.Draft;
import io.parley.kernel.bus.Failures;
import io.parley.kernel.bus.Refusal;
import io.parley.kernel.contract.RequestHash;
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
    private final Handlers to;

    CommandRouter(ChatParts parts, Users users, SendBatcher sends, Handlers handlers) {
        this.parts = parts;
        this.users = users;
        this.sends = sends;
        this.effects = new Effects(parts);
        this.to = handlers;
    }

    Future<Ok> execute(Command command) {
        Actor actor = ChatWire.actor(command.getCaller());
        long deadline = command.getDeadlineWallMillis();
        if (deadline > 0 && deadline < parts.clock().wallMillis()) {
            return Refusals.fail(ErrorCode.TIMEOUT); // nobody waits for it any more
        }
        return users.ensure(actor).compose(_ -> route(actor, command.getCmd())).onFailure(this::count);
    }

    /** Sends have a way of their own; what is no effect is a read, or UNKNOWN_COMMAND. */
    private Future<Ok> route(Actor actor, Cmd cmd) {
        return switch (cmd.getCommandCase()) {
            case SEND_MESSAGE -> send(ChatWire.draft(actor, cmd.getSendMessage()), RequestHash.of(cmd));
            case CREATE_CHANNEL,
                    OPEN_DIRECT,
                    UPDATE_CHANNEL,
                    DELETE_CHANNEL,
                    JOIN_CHANNEL,
                    LEAVE_CHANNEL,
                    INVITE_MEMBERS,
                    REMOVE_MEMBER,
                    SET_MEMBER_ROLE -> channelEffect(actor, cmd);
            case EDIT_MESSAGE,
                    DELETE_MESSAGE,
                    REACT,
                    UNREACT,
                    PIN_MESSAGE,
                    UNPIN_MESSAGE,
                    MARK_READ,
                    MARK_UNREAD,
                    MARK_DELIVERED,
                    UPDATE_ME -> messageEffect(actor, cmd);
            default -> question(actor, cmd);
        };
    }

    private Future<Ok> send(Draft draft, byte[] requestHash) {
        return sends.send(draft, requestHash).onSuccess(_ -> to.typing().sent(draft));
    }

    private Future<Ok> channelEffect(Actor actor, Cmd cmd) {
        return switch (cmd.getCommandCase()) {
            case CREATE_CHANNEL ->
                effect(
                        actor,
                        cmd,
                        work -> to.channels().create(work, cmd.getCreateChannel()),
                        Ok.Builder::setCreateChannel);
            case OPEN_DIRECT ->
                effect(
                        actor,
                        cmd,
                        work -> to.channels().openDirect(work, cmd.getOpenDirect()),
                        Ok.Builder::setOpenDirect);
            case UPDATE_CHANNEL ->
                effect(
                        actor,
                        cmd,
                        work -> to.channels().update(work, cmd.getUpdateChannel()),
                        Ok.Builder::setUpdateChannel);
            case DELETE_CHANNEL ->
                effect(
                        actor,
                        cmd,
                        work -> to.channels().delete(work, cmd.getDeleteChannel()),
                        Ok.Builder::setDeleteChannel);
            case JOIN_CHANNEL ->
                effect(actor, cmd, work -> to.members().join(work, cmd.getJoinChannel()), Ok.Builder::setJoinChannel);
            case LEAVE_CHANNEL ->
                effect(
                        actor,
                        cmd,
                        work -> to.members().leave(work, cmd.getLeaveChannel()),
                        Ok.Builder::setLeaveChannel);
            case INVITE_MEMBERS ->
                effect(
                        actor,
                        cmd,
                        work -> to.members().invite(work, cmd.getInviteMembers()),
                        Ok.Builder::setInviteMembers);
            case REMOVE_MEMBER ->
                effect(
                        actor,
                        cmd,
                        work -> to.members().remove(work, cmd.getRemoveMember()),
                        Ok.Builder::setRemoveMember);
            case SET_MEMBER_ROLE ->
                effect(
                        actor,
                        cmd,
                        work -> to.members().setRole(work, cmd.getSetMemberRole()),
                        Ok.Builder::setSetMemberRole);
            default -> Refusals.fail(ErrorCode.UNKNOWN_COMMAND);
        };
    }

    private Future<Ok> messageEffect(Actor actor, Cmd cmd) {
        return switch (cmd.getCommandCase()) {
            case EDIT_MESSAGE ->
                effect(actor, cmd, work -> to.messages().edit(work, cmd.getEditMessage()), Ok.Builder::setEditMessage);
            case DELETE_MESSAGE ->
                effect(
                        actor,
                        cmd,
                        work -> to.messages().delete(work, cmd.getDeleteMessage()),
                        Ok.Builder::setDeleteMessage);
            case REACT -> effect(actor, cmd, work -> to.reactions().react(work, cmd.getReact()), Ok.Builder::setReact);
            case UNREACT ->
                effect(actor, cmd, work -> to.reactions().unreact(work, cmd.getUnreact()), Ok.Builder::setUnreact);
            case PIN_MESSAGE ->
                effect(actor, cmd, work -> to.pins().pin(work, cmd.getPinMessage()), Ok.Builder::setPinMessage);
            case UNPIN_MESSAGE ->
                effect(actor, cmd, work -> to.pins().unpin(work, cmd.getUnpinMessage()), Ok.Builder::setUnpinMessage);
            case MARK_READ ->
                effect(actor, cmd, work -> to.reads().markRead(work, cmd.getMarkRead()), Ok.Builder::setMarkRead);
            case MARK_UNREAD ->
                effect(actor, cmd, work -> to.reads().markUnread(work, cmd.getMarkUnread()), Ok.Builder::setMarkUnread);
            case MARK_DELIVERED ->
                effect(
                        actor,
                        cmd,
                        work -> to.reads().markDelivered(work, cmd.getMarkDelivered()),
                        Ok.Builder::setMarkDelivered);
            case UPDATE_ME ->
                effect(actor, cmd, work -> to.users().update(work, cmd.getUpdateMe()), Ok.Builder::setUpdateMe);
            default -> Refusals.fail(ErrorCode.UNKNOWN_COMMAND);
        };
    }

    private Future<Ok> question(Actor actor, Cmd cmd) {
        return switch (cmd.getCommandCase()) {
            case GET_CHANNEL -> read(to.channels().get(actor, cmd.getGetChannel()), Ok.Builder::setGetChannel);
            case LIST_CHANNELS -> read(to.lists().mine(actor, cmd.getListChannels()), Ok.Builder::setListChannels);
            case BROWSE_CHANNELS ->
                read(to.lists().browse(actor, cmd.getBrowseChannels()), Ok.Builder::setBrowseChannels);
            case LIST_MEMBERS -> read(to.members().list(actor, cmd.getListMembers()), Ok.Builder::setListMembers);
            case GET_MESSAGE -> read(to.messages().get(actor, cmd.getGetMessage()), Ok.Builder::setGetMessage);
            case LIST_VERSIONS ->
                read(to.messages().versions(actor, cmd.getListVersions()), Ok.Builder::setListVersions);
            case GET_HISTORY -> read(to.history().page(actor, cmd.getGetHistory()), Ok.Builder::setGetHistory);
            case GET_EVENTS -> read(to.history().events(actor, cmd.getGetEvents()), Ok.Builder::setGetEvents);
            case LIST_REACTIONS ->
                read(to.reactions().list(actor, cmd.getListReactions()), Ok.Builder::setListReactions);
            case LIST_PINS -> read(to.pins().list(actor, cmd.getListPins()), Ok.Builder::setListPins);
            case LIST_RECEIPTS -> read(to.reads().receipts(actor, cmd.getListReceipts()), Ok.Builder::setListReceipts);
            case GET_USERS -> read(to.users().get(actor, cmd.getGetUsers()), Ok.Builder::setGetUsers);
            case SET_TYPING -> read(to.typing().set(actor, cmd.getSetTyping()), Ok.Builder::setSetTyping);
            case GET_ME -> read(to.users().me(actor), Ok.Builder::setGetMe);
            case GET_UNREAD -> read(to.reads().totals(actor), Ok.Builder::setGetUnread);
            case LIST_CHANNEL_TYPES ->
                read(Future.succeededFuture(to.channels().types()), Ok.Builder::setListChannelTypes);
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
