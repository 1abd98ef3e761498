package io.parley.chat.api;

import io.parley.chat.domain.Access;
import io.parley.chat.domain.Actor;
import io.parley.chat.domain.Capability;
import io.parley.chat.domain.ChannelRules;
import io.parley.chat.domain.Draft;
import io.parley.chat.domain.Excerpt;
import io.parley.chat.domain.Feature;
import io.parley.chat.domain.Marker;
import io.parley.chat.domain.MessageView;
import io.parley.chat.domain.Profile;
import io.parley.chat.domain.ThreadView;
import io.parley.chat.domain.Unread;
import io.parley.chat.domain.UserKey;
import io.parley.schema.bus.v1.Caller;
import io.parley.schema.v1.Capabilities;
import io.parley.schema.v1.Channel;
import io.parley.schema.v1.ChannelType;
import io.parley.schema.v1.Member;
import io.parley.schema.v1.Message;
import io.parley.schema.v1.MessageVersion;
import io.parley.schema.v1.OwnState;
import io.parley.schema.v1.Position;
import io.parley.schema.v1.Quote;
import io.parley.schema.v1.ReactionCount;
import io.parley.schema.v1.Receipt;
import io.parley.schema.v1.SendMessage;
import io.parley.schema.v1.ThreadSummary;
import io.parley.schema.v1.UnreadTotals;
import io.parley.schema.v1.User;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** Domain records as clients see them, and commands as the domain takes them. */
public final class ChatWire {
    private ChatWire() {}

    public static Actor actor(Caller caller) {
        return new Actor(
                new UserKey(caller.getTenant(), caller.getUserId()),
                caller.getName(),
                caller.getGuest(),
                Set.copyOf(caller.getRolesList()));
    }

    public static Draft draft(Actor author, SendMessage send) {
        return new Draft(
                author,
                author.user().channel(send.getChannelId()),
                send.getClientId(),
                send.getText(),
                send.getCustom().toByteArray(),
                send.getParentId(),
                send.getAlsoInChannel(),
                send.getQuotedId(),
                send.getMentionsList());
    }

    public static User user(Profile profile) {
        User.Builder user = User.newBuilder()
                .setId(profile.id())
                .setName(profile.name())
                .setImageUrl(profile.imageUrl())
                .setGuest(profile.guest())
                .setCreatedAt(Wire.time(profile.createdAtMillis()));
        if (profile.custom().length > 0) {
            user.setCustom(Wire.struct(profile.custom()));
        }
        return user.build();
    }

    public static Member member(io.parley.chat.domain.Member member, Optional<Profile> profile) {
        Member.Builder built = Member.newBuilder()
                .setUserId(member.userId())
                .setRole(member.role())
                .setState(member.joined() ? Member.State.JOINED : Member.State.INVITED)
                .setInvitedBy(member.invitedBy());
        if (member.joined()) {
            built.setJoinedAt(Wire.time(member.joinedAtMillis()));
        }
        profile.ifPresent(known -> built.setUser(user(known)));
        return built.build();
    }

    /** The fields that everybody sees alike: fit for pushes. */
    public static Channel channel(io.parley.chat.domain.Channel channel) {
        Channel.Builder built = Channel.newBuilder()
                .setId(channel.key().id())
                .setType(channel.type())
                .setName(channel.name())
                .setTopic(channel.topic())
                .setPublic(channel.isPublic())
                .setDirect(channel.direct())
                .setFrozen(channel.frozen())
                .setSlowModeSeconds(channel.slowModeSeconds())
                .setCreatedBy(channel.createdBy())
                .setCreatedAt(Wire.time(channel.createdAtMillis()))
                .setUpdatedAt(Wire.time(channel.updatedAtMillis()))
                .setVersion(channel.version())
                .setMemberCount(channel.memberCount());
        if (channel.custom().length > 0) {
            built.setCustom(Wire.struct(channel.custom()));
        }
        if (channel.lastMessageAtMillis() > 0) {
            built.setLastMessageAt(Wire.time(channel.lastMessageAtMillis()));
        }
        return built.build();
    }

    public static Position head(io.parley.chat.domain.Channel channel) {
        return Position.newBuilder()
                .setEpoch(channel.epoch())
                .setOffset(channel.head())
                .build();
    }

    public static OwnState own(Access access, Unread unread) {
        OwnState.Builder own = OwnState.newBuilder();
        access.member().ifPresent(member -> own.setMember(member(member, Optional.empty())));
        access.capabilities().stream()
                .sorted(Comparator.naturalOrder())
                .map(Capability::wireName)
                .forEach(own::addCapabilities);
        Marker marker = access.marker();
        return own.setReadOffset(marker.readOffset())
                .setDeliveredOffset(marker.deliveredOffset())
                .setUnread((int) unread.messages())
                .setUnreadMentions((int) unread.mentions())
                .setFirstUnreadOffset(unread.firstOffset())
                .build();
    }

    public static UnreadTotals totals(io.parley.chat.domain.UnreadTotals totals) {
        return UnreadTotals.newBuilder()
                .setMessages((int) Math.min(Integer.MAX_VALUE, totals.messages()))
                .setMentions((int) Math.min(Integer.MAX_VALUE, totals.mentions()))
                .setChannels((int) Math.min(Integer.MAX_VALUE, totals.channels()))
                .build();
    }

    public static Receipt receipt(String userId, Marker marker) {
        return Receipt.newBuilder()
                .setUserId(userId)
                .setReadOffset(marker.readOffset())
                .setDeliveredOffset(marker.deliveredOffset())
                .build();
    }

    /** A message as its viewer sees it, own reactions included: fit for reads, not for pushes. */
    public static Message message(MessageView view) {
        Message.Builder message = sharedMessage(view).toBuilder();
        view.reactions().stream()
                .filter(MessageView.ReactionTally::own)
                .forEach(tally -> message.addOwnReactions(tally.kind()));
        return message.build();
    }

    /** A message as everybody sees it: fit for pushes. A deleted one is a tombstone. */
    public static Message sharedMessage(MessageView view) {
        io.parley.chat.domain.Message message = view.message();
        Message.Builder built = Message.newBuilder()
                .setId(message.id())
                .setChannelId(message.channel().id())
                .setOffset(message.offset())
                .setAuthorId(message.authorId())
                .setClientId(message.clientId())
                .setParentId(message.parentId())
                .setAlsoInChannel(message.isReply() && message.timeline())
                .setCreatedAt(Wire.time(message.createdAtMillis()))
                .setVersion(message.version())
                .setPinned(view.pinned())
                .setKind(message.kind());
        if (message.editedAtMillis() > 0) {
            built.setEditedAt(Wire.time(message.editedAtMillis()));
        }
        if (view.thread().lastReplyAtMillis() > 0) {
            built.setThread(thread(view.thread()));
        }
        view.author().ifPresent(author -> built.setAuthor(user(author)));
        if (message.isDeleted()) {
            return built.setDeletedAt(Wire.time(message.deletedAtMillis())).build();
        }
        built.setText(message.text()).addAllMentions(message.mentions());
        view.reactions().forEach(tally -> built.addReactions(tally(tally)));
        if (message.custom().length > 0) {
            built.setCustom(Wire.struct(message.custom()));
        }
        if (message.quotedOffset() > 0) {
            built.setQuote(quote(message.quotedId(), view.quoted()));
        }
        return built.build();
    }

    public static MessageVersion version(int number, String text, long atMillis) {
        return MessageVersion.newBuilder()
                .setVersion(number)
                .setText(text)
                .setAt(Wire.time(atMillis))
                .build();
    }

    public static ReactionCount tally(MessageView.ReactionTally tally) {
        return ReactionCount.newBuilder()
                .setKind(tally.kind())
                .setCount(tally.count())
                .build();
    }

    public static ThreadSummary thread(ThreadView thread) {
        ThreadSummary.Builder summary =
                ThreadSummary.newBuilder().setReplyCount(thread.replyCount()).addAllParticipants(thread.participants());
        if (thread.lastReplyAtMillis() > 0) {
            summary.setLastReplyAt(Wire.time(thread.lastReplyAtMillis()));
        }
        return summary.build();
    }

    public static ChannelType type(ChannelRules rules) {
        ChannelType.Builder type = ChannelType.newBuilder()
                .setName(rules.type())
                .setThreads(rules.has(Feature.THREADS))
                .setReactions(rules.has(Feature.REACTIONS))
                .setTyping(rules.has(Feature.TYPING))
                .setReceipts(rules.has(Feature.RECEIPTS))
                .setMentions(rules.has(Feature.MENTIONS))
                .setQuotes(rules.has(Feature.QUOTES))
                .setPins(rules.has(Feature.PINS))
                .setMembersMax(rules.membersMax())
                .setMessageBytesMax(rules.messageBytesMax());
        rules.grants().forEach((role, capabilities) -> {
            Capabilities.Builder names = Capabilities.newBuilder();
            capabilities.stream().sorted().map(Capability::wireName).forEach(names::addNames);
            type.putGrants(role, names.build());
        });
        return type.build();
    }

    private static Quote quote(String quotedId, Optional<MessageView.Quoted> quoted) {
        Quote.Builder quote = Quote.newBuilder().setMessageId(quotedId);
        quoted.filter(found -> !found.deleted())
                .ifPresent(found -> quote.setAuthorId(found.authorId()).setExcerpt(Excerpt.of(found.text())));
        return quote.build();
    }
}
