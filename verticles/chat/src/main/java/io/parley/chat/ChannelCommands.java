package io.parley.chat;

import io.parley.chat.api.ChatWire;
import io.parley.chat.api.Events;
import io.parley.chat.domain.Access;
import io.parley.chat.domain.Actor;
import io.parley.chat.domain.Capability;
import io.parley.chat.domain.Channel;
import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.ChannelRules;
import io.parley.chat.domain.DirectKey;
import io.parley.chat.domain.Marker;
import io.parley.chat.domain.Member;
import io.parley.chat.domain.MemberKey;
import io.parley.chat.domain.MonthOfYear;
import io.parley.chat.store.PgChannels;
import io.parley.chat.store.PgMarkers;
import io.parley.chat.store.PgMembers;
import io.parley.chat.store.PgUsers;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.v1.ChannelResult;
import io.parley.schema.v1.ChannelTypes;
import io.parley.schema.v1.CreateChannel;
import io.parley.schema.v1.DeleteChannel;
import io.parley.schema.v1.Done;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.GetChannel;
import io.parley.schema.v1.OpenDirect;
import io.parley.schema.v1.UpdateChannel;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes, changes and ends channels and direct conversations. */
final class ChannelCommands {
    /** Stands for "whatever version it has": If-Match with a star. */
    private static final long ANY_VERSION = 0;

    private static final int ID_LENGTH = 16;
    private static final int EPOCH_LENGTH = 12;

    private final ChatParts parts;
    private final Reader reader;

    ChannelCommands(ChatParts parts, Reader reader) {
        this.parts = parts;
        this.reader = reader;
    }

    Future<ChannelResult> create(Work work, CreateChannel command) {
        String type = command.getType().isEmpty() ? TypeRegistry.MESSAGING : command.getType();
        ChannelRules rules = parts.types()
                .find(type)
                .filter(found -> !found.type().equals(TypeRegistry.DIRECT))
                .orElseThrow(() -> Refusal.of(ErrorCode.CHANNEL_TYPE_NOT_FOUND));
        Set<String> others = new LinkedHashSet<>(command.getMemberIdsList());
        others.remove(work.actor().id());
        if (others.size() + 1 > rules.membersMax()) {
            return Refusals.fail(ErrorCode.MEMBER_LIMIT);
        }
        String id = command.getId().isEmpty() ? randomText(ID_LENGTH) : command.getId();
        Channel channel = fresh(work, id, type, command);
        List<Member> members = new ArrayList<>();
        members.add(new Member(work.actor().id(), Member.OWNER, true, "", work.nowMillis()));
        others.forEach(user ->
                members.add(new Member(user, Member.MEMBER, true, work.actor().id(), work.nowMillis())));
        return insert(work, channel, Optional.empty(), members)
                .compose(made -> made ? result(work, id) : Refusals.fail(ErrorCode.CHANNEL_EXISTS));
    }

    /** The one conversation of this set of people; two that open it at once get the same. */
    Future<ChannelResult> openDirect(Work work, OpenDirect command) {
        Set<String> people = new TreeSet<>(command.getUserIdsList());
        people.add(work.actor().id());
        if (people.size() < 2) {
            return Future.failedFuture(Refusal.violation("userIds", "required", "at least one other user"));
        }
        String directKey = DirectKey.of(people);
        Channel channel = fresh(work, randomText(ID_LENGTH), TypeRegistry.DIRECT, CreateChannel.getDefaultInstance());
        List<Member> members = people.stream()
                .map(user -> new Member(user, Member.MEMBER, true, work.actor().id(), work.nowMillis()))
                .toList();
        return insert(work, channel, Optional.of(directKey), members)
                .compose(made -> made
                        ? Future.succeededFuture(channel.key())
                        : PgChannels.direct(work.sql(), work.actor().tenant(), directKey)
                                .map(found -> found.orElseThrow(() -> Refusal.of(ErrorCode.CONFLICT))))
                .compose(key -> result(work, key.id()));
    }

    Future<ChannelResult> get(Actor actor, GetChannel command) {
        return parts.transactions()
                .read(sql -> reader.known(sql, actor, command.getChannelId())
                        .map(opened -> {
                            if (opened.access().member().isEmpty()) {
                                Refusals.unless(opened.access().toRead());
                            }
                            return opened;
                        })
                        .compose(opened -> reader.show(sql, opened.access()))
                        .map(ChannelCommands::result));
    }

    Future<ChannelResult> update(Work work, UpdateChannel command) {
        return work.lock(command.getChannelId()).compose(access -> {
            Refusals.unless(access.to(Capability.UPDATE_CHANNEL));
            Channel before = access.channel();
            if (!command.hasVersion()) {
                throw Refusal.of(ErrorCode.PRECONDITION_REQUIRED);
            }
            if (command.getVersion() != before.version() && command.getVersion() != ANY_VERSION) {
                throw Refusal.of(ErrorCode.PRECONDITION_FAILED);
            }
            if (command.hasFrozen() && command.getFrozen() != before.frozen()) {
                Refusals.unless(access.to(Capability.FREEZE_CHANNEL));
            }
            Channel after = changed(before, command, work.nowMillis());
            work.append(Events.channelUpdated(ChatWire.channel(after)));
            return PgChannels.update(work.sql(), after)
                    .compose(_ -> result(work, after.key().id()));
        });
    }

    Future<Done> delete(Work work, DeleteChannel command) {
        return work.lock(command.getChannelId()).compose(access -> {
            Refusals.unless(access.to(Capability.DELETE_CHANNEL));
            ChannelKey key = access.channel().key();
            String by = work.actor().id();
            work.append(Events.channelDeleted(by));
            return PgMembers.removeAll(work.sql(), key)
                    .compose(members -> {
                        members.forEach(user ->
                                work.notes().add(key.user(user), Events.channelRemoved(key.id(), by, "deleted")));
                        return PgMarkers.forget(work.sql(), key, members);
                    })
                    .compose(_ -> PgChannels.delete(work.sql(), key, work.nowMillis()))
                    .map(Done.getDefaultInstance());
        });
    }

    ChannelTypes types() {
        ChannelTypes.Builder types = ChannelTypes.newBuilder();
        parts.types().all().forEach(rules -> types.addItems(ChatWire.type(rules)));
        return types.build();
    }

    /** Writes channel, members, markers and the first events; false when the id or the member set is taken. */
    private Future<Boolean> insert(Work work, Channel channel, Optional<String> directKey, List<Member> members) {
        List<String> others = members.stream()
                .map(Member::userId)
                .filter(user -> !user.equals(work.actor().id()))
                .toList();
        return PgChannels.insert(work.sql(), channel, directKey).compose(made -> {
            if (!made) {
                return Future.succeededFuture(false);
            }
            work.created(channel, Optional.empty());
            Channel shown = channel.withMemberCount(members.size());
            work.append(Events.channelCreated(ChatWire.channel(shown)));
            List<PgMarkers.Move> markers = new ArrayList<>();
            for (int i = 0; i < members.size(); i++) {
                Member member = members.get(i);
                long offset = work.append(Events.memberJoined(ChatWire.member(member, Optional.empty()), i + 1));
                markers.add(new PgMarkers.Move(
                        new MemberKey(channel.key(), member.userId()), new Marker(offset, offset, 0)));
                work.notes().add(channel.key().user(member.userId()), Events.channelAdded(ChatWire.channel(shown)));
            }
            return Future.all(
                            others.isEmpty()
                                    ? Future.succeededFuture()
                                    : PgUsers.invite(work.sql(), channel.key().tenant(), others, work.nowMillis()),
                            PgMembers.put(work.sql(), channel.key(), members),
                            PgMembers.addToCount(work.sql(), channel.key(), members.size()),
                            PgMarkers.forward(work.sql(), markers))
                    .map(true);
        });
    }

    private Channel fresh(Work work, String id, String type, CreateChannel fields) {
        long now = work.nowMillis();
        return new Channel(
                work.actor().user().channel(id),
                type,
                fields.getName(),
                fields.getTopic(),
                fields.getPublic(),
                type.equals(TypeRegistry.DIRECT),
                false,
                0,
                fields.getCustom().toByteArray(),
                work.actor().id(),
                now,
                now,
                1,
                randomText(EPOCH_LENGTH),
                0,
                MonthOfYear.at(now),
                0,
                0,
                0);
    }

    /** As it will be once this transaction commits: its head is where the log stands now. */
    private Future<ChannelResult> result(Work work, String channelId) {
        return reader.known(work.sql(), work.actor(), channelId)
                .compose(opened -> reader.show(work.sql(), atHead(opened.access(), work)))
                .map(ChannelCommands::result);
    }

    private static Channel changed(Channel before, UpdateChannel command, long nowMillis) {
        return new Channel(
                before.key(),
                before.type(),
                command.hasName() ? command.getName() : before.name(),
                command.hasTopic() ? command.getTopic() : before.topic(),
                command.hasPublic() ? command.getPublic() && !before.direct() : before.isPublic(),
                before.direct(),
                command.hasFrozen() ? command.getFrozen() : before.frozen(),
                command.hasSlowModeSeconds() ? command.getSlowModeSeconds() : before.slowModeSeconds(),
                command.hasCustom() ? command.getCustom().toByteArray() : before.custom(),
                before.createdBy(),
                before.createdAtMillis(),
                nowMillis,
                before.version() + 1,
                before.epoch(),
                before.head(),
                before.month(),
                before.memberCount(),
                before.lastMessageAtMillis(),
                0);
    }

    private String randomText(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(Character.forDigit((int) parts.randomness().below(36), 36));
        }
        return text.toString();
    }

    static Access atHead(Access access, Work work) {
        return work.hasLog() ? access.withHead(work.log().offset()) : access;
    }

    private static ChannelResult result(io.parley.schema.v1.Channel channel) {
        return ChannelResult.newBuilder().setChannel(channel).build();
    }
}
