package io.parley.chat;

import io.parley.chat.api.ChatWire;
import io.parley.chat.api.Events;
import io.parley.chat.domain.Access;
import io.parley.chat.domain.Channel;
import io.parley.chat.domain.Marker;
import io.parley.chat.domain.Member;
import io.parley.chat.domain.MemberKey;
import io.parley.chat.store.PgMarkers;
import io.parley.chat.store.PgMembers;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.v1.ChannelResult;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.JoinChannel;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Who is in: joining, inviting, leaving, removing, roles. */
final class MembershipCommands {
    private final Reader reader;

    MembershipCommands(Reader reader) {
        this.reader = reader;
    }

    /** Joins a public channel or accepts an invitation. */
    Future<ChannelResult> join(Work work, JoinChannel command) {
        return work.lock(command.getChannelId())
                .compose(access -> {
                    requireJoinable(access);
                    Member member = access.member()
                            .map(invited -> invited.joinedAt(work.nowMillis()))
                            .orElseGet(() -> new Member(work.actor().id(), Member.MEMBER, true, "", work.nowMillis()));
                    return enter(work, access.channel(), member);
                })
                .compose(_ -> reader.known(work.sql(), work.actor(), command.getChannelId()))
                .compose(opened -> reader.show(work.sql(), ChannelCommands.atHead(opened.access(), work)))
                .map(channel -> ChannelResult.newBuilder().setChannel(channel).build());
    }

    private static void requireJoinable(Access access) {
        if (!access.knows()) {
            throw Refusal.of(ErrorCode.CHANNEL_NOT_FOUND);
        }
        if (access.isMember()) {
            throw Refusal.of(ErrorCode.ALREADY_MEMBER);
        }
        if (access.member().isEmpty()
                && !access.channel().isPublic()
                && !access.actor().isAdmin()) {
            throw Refusal.of(ErrorCode.NOT_INVITED);
        }
        if (access.channel().memberCount() >= access.rules().membersMax()) {
            throw Refusal.of(ErrorCode.MEMBER_LIMIT);
        }
    }

    /** A new member has read everything that was said before. */
    private static Future<Void> enter(Work work, Channel channel, Member member) {
        MemberKey key = new MemberKey(channel.key(), member.userId());
        return Future.all(
                        PgMembers.put(work.sql(), channel.key(), List.of(member)),
                        PgMembers.addToCount(work.sql(), channel.key(), 1))
                .compose(both -> {
                    int count = both.resultAt(1);
                    long offset = work.append(Events.memberJoined(ChatWire.member(member, Optional.empty()), count));
                    work.notes().add(key.user(), Events.channelAdded(ChatWire.channel(channel.withMemberCount(count))));
                    return PgMarkers.forward(
                            work.sql(), List.of(new PgMarkers.Move(key, new Marker(offset, offset, 0))));
                });
    }
}
