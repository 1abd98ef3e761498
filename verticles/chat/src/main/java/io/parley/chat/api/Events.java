package io.parley.chat.api;

import io.parley.chat.domain.MessageRef;
import io.parley.chat.domain.ThreadView;
import io.parley.schema.v1.Channel;
import io.parley.schema.v1.ChannelAdded;
import io.parley.schema.v1.ChannelCreated;
import io.parley.schema.v1.ChannelDeleted;
import io.parley.schema.v1.ChannelRemoved;
import io.parley.schema.v1.ChannelUpdated;
import io.parley.schema.v1.Invited;
import io.parley.schema.v1.Member;
import io.parley.schema.v1.MemberInvited;
import io.parley.schema.v1.MemberJoined;
import io.parley.schema.v1.MemberLeft;
import io.parley.schema.v1.MemberUpdated;
import io.parley.schema.v1.Mentioned;
import io.parley.schema.v1.Message;
import io.parley.schema.v1.MessageCreated;
import io.parley.schema.v1.MessageDeleted;
import io.parley.schema.v1.MessageEdited;
import io.parley.schema.v1.MessagePinned;
import io.parley.schema.v1.MessageUnpinned;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.Reaction;
import io.parley.schema.v1.ReactionAdded;
import io.parley.schema.v1.ReactionCount;
import io.parley.schema.v1.ReactionRemoved;
import io.parley.schema.v1.ReadMarkerMoved;
import io.parley.schema.v1.Receipt;
import io.parley.schema.v1.ReceiptMoved;
import io.parley.schema.v1.Typing;
import io.parley.schema.v1.User;
import io.parley.schema.v1.UserUpdated;
import java.util.List;
import java.util.Optional;

/** What streams carry, without place and time: those are filled in where the event is appended. */
public final class Events {
    private Events() {}

    public static Push.Builder messageCreated(Message message, Optional<ThreadView> parentThread) {
        MessageCreated.Builder created = MessageCreated.newBuilder().setMessage(message);
        parentThread.ifPresent(thread -> created.setParentThread(ChatWire.thread(thread)));
        return Push.newBuilder().setMessageCreated(created);
    }

    public static Push.Builder messageEdited(Message message) {
        return Push.newBuilder().setMessageEdited(MessageEdited.newBuilder().setMessage(message));
    }

    public static Push.Builder messageDeleted(
            io.parley.chat.domain.Message message, String by, boolean hard, Optional<ThreadView> parentThread) {
        MessageDeleted.Builder deleted = MessageDeleted.newBuilder()
                .setMessageId(message.id())
                .setBy(by)
                .setHard(hard)
                .setParentId(message.parentId())
                .setMessageOffset(message.offset());
        parentThread.ifPresent(thread -> deleted.setParentThread(ChatWire.thread(thread)));
        return Push.newBuilder().setMessageDeleted(deleted);
    }

    public static Push.Builder reactionAdded(String messageId, Reaction reaction, List<ReactionCount> counts) {
        return Push.newBuilder()
                .setReactionAdded(ReactionAdded.newBuilder()
                        .setMessageId(messageId)
                        .setReaction(reaction)
                        .addAllCounts(counts));
    }

    public static Push.Builder reactionRemoved(String messageId, Reaction reaction, List<ReactionCount> counts) {
        return Push.newBuilder()
                .setReactionRemoved(ReactionRemoved.newBuilder()
                        .setMessageId(messageId)
                        .setReaction(reaction)
                        .addAllCounts(counts));
    }

    public static Reaction reaction(String kind, String userId, long atMillis) {
        return Reaction.newBuilder()
                .setKind(kind)
                .setUserId(userId)
                .setCreatedAt(Wire.time(atMillis))
                .build();
    }

    public static Push.Builder memberJoined(Member member, int memberCount) {
        return Push.newBuilder()
                .setMemberJoined(MemberJoined.newBuilder().setMember(member).setMemberCount(memberCount));
    }

    public static Push.Builder memberInvited(Member member) {
        return Push.newBuilder().setMemberInvited(MemberInvited.newBuilder().setMember(member));
    }

    public static Push.Builder memberLeft(String userId, String removedBy, int memberCount) {
        return Push.newBuilder()
                .setMemberLeft(MemberLeft.newBuilder()
                        .setUserId(userId)
                        .setRemovedBy(removedBy)
                        .setMemberCount(memberCount));
    }

    public static Push.Builder memberUpdated(Member member) {
        return Push.newBuilder().setMemberUpdated(MemberUpdated.newBuilder().setMember(member));
    }

    public static Push.Builder channelCreated(Channel channel) {
        return Push.newBuilder().setChannelCreated(ChannelCreated.newBuilder().setChannel(channel));
    }

    public static Push.Builder channelUpdated(Channel channel) {
        return Push.newBuilder().setChannelUpdated(ChannelUpdated.newBuilder().setChannel(channel));
    }

    public static Push.Builder channelDeleted(String by) {
        return Push.newBuilder().setChannelDeleted(ChannelDeleted.newBuilder().setBy(by));
    }

    public static Push.Builder messagePinned(String messageId, String by) {
        return Push.newBuilder()
                .setMessagePinned(
                        MessagePinned.newBuilder().setMessageId(messageId).setBy(by));
    }

    public static Push.Builder messageUnpinned(String messageId, String by) {
        return Push.newBuilder()
                .setMessageUnpinned(
                        MessageUnpinned.newBuilder().setMessageId(messageId).setBy(by));
    }

    public static Push.Builder typing(String userId, String parentId, boolean typing, long untilMillis) {
        return Push.newBuilder()
                .setTyping(Typing.newBuilder()
                        .setUserId(userId)
                        .setParentId(parentId)
                        .setTyping(typing)
                        .setUntil(Wire.time(untilMillis)));
    }

    public static Push.Builder receiptMoved(Receipt receipt) {
        return Push.newBuilder().setReceiptMoved(ReceiptMoved.newBuilder().setReceipt(receipt));
    }

    public static Push.Builder channelAdded(Channel channel) {
        return Push.newBuilder().setChannelAdded(ChannelAdded.newBuilder().setChannel(channel));
    }

    /** The {@code reason} is "left", "removed" or "deleted". */
    public static Push.Builder channelRemoved(String channelId, String by, String reason) {
        return Push.newBuilder()
                .setChannelRemoved(ChannelRemoved.newBuilder()
                        .setChannelId(channelId)
                        .setBy(by)
                        .setReason(reason));
    }

    public static Push.Builder invited(Channel channel, String by) {
        return Push.newBuilder()
                .setInvited(Invited.newBuilder().setChannel(channel).setBy(by));
    }

    public static Push.Builder mentioned(MessageRef message, String messageId, String by, String excerpt) {
        return Push.newBuilder()
                .setMentioned(Mentioned.newBuilder()
                        .setChannelId(message.channel().id())
                        .setMessageId(messageId)
                        .setMessageOffset(message.offset())
                        .setBy(by)
                        .setExcerpt(excerpt));
    }

    public static Push.Builder readMarkerMoved(ReadMarkerMoved moved) {
        return Push.newBuilder().setReadMarkerMoved(moved);
    }

    public static Push.Builder userUpdated(User user) {
        return Push.newBuilder().setUserUpdated(UserUpdated.newBuilder().setUser(user));
    }
}
