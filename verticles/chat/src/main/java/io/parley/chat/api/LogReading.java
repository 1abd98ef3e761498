package io.parley.chat.api;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.parley.chat.domain.Channel;
import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.Member;
import io.parley.chat.domain.Message;
import io.parley.chat.domain.MessageAddress;
import io.parley.chat.domain.ThreadView;
import io.parley.schema.v1.ThreadSummary;

/** Domain records out of stored events: what replay of a log works on. */
public final class LogReading {
    private LogReading() {}

    public static long millis(Timestamp time) {
        return Timestamps.toMillis(time);
    }

    public static Message message(ChannelKey channel, int month, io.parley.schema.v1.Message message) {
        boolean reply = !message.getParentId().isEmpty();
        return new Message(
                channel,
                month,
                message.getOffset(),
                message.getId(),
                message.getAuthorId(),
                message.getClientId(),
                message.getText(),
                message.getCustom().toByteArray(),
                message.getParentId(),
                offset(message.getParentId()),
                !reply || message.getAlsoInChannel(),
                message.getQuote().getMessageId(),
                offset(message.getQuote().getMessageId()),
                message.getMentionsList(),
                message.getKind(),
                millis(message.getCreatedAt()),
                0,
                0,
                0);
    }

    public static Member member(io.parley.schema.v1.Member member) {
        boolean joined = member.getState() == io.parley.schema.v1.Member.State.JOINED;
        return new Member(
                member.getUserId(),
                member.getRole(),
                joined,
                member.getInvitedBy(),
                joined ? millis(member.getJoinedAt()) : 0);
    }

    public static ThreadView thread(ThreadSummary summary) {
        return new ThreadView(
                summary.getReplyCount(),
                summary.hasLastReplyAt() ? millis(summary.getLastReplyAt()) : 0,
                summary.getParticipantsList());
    }

    /** The stored channel with its own fields as an event has them. */
    public static Channel channel(Channel stored, io.parley.schema.v1.Channel event) {
        return new Channel(
                stored.key(),
                stored.type(),
                event.getName(),
                event.getTopic(),
                event.getPublic(),
                stored.direct(),
                event.getFrozen(),
                event.getSlowModeSeconds(),
                event.getCustom().toByteArray(),
                stored.createdBy(),
                stored.createdAtMillis(),
                millis(event.getUpdatedAt()),
                event.getVersion(),
                stored.epoch(),
                stored.head(),
                stored.month(),
                stored.memberCount(),
                stored.lastMessageAtMillis(),
                stored.deletedAtMillis());
    }

    private static long offset(String messageId) {
        return MessageAddress.parse(messageId).map(MessageAddress::offset).orElse(0L);
    }
}
