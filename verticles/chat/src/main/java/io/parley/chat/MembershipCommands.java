package io.parley.chat;

import io.parley.chat.api.ChatWire;
import io.parley.chat.api.Events;
import io.parley.chat.domain.Access;
import io.parley.chat.domain.Actor;
import io.parley.chat.domain.Capability;
import io.parley.chat.domain.Channel;
import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.Denial;
import io.parley.chat.domain.Marker;
import io.parley.chat.domain.Member;
import io.parley.chat.domain.MemberKey;
import io.parley.chat.store.PgMarkers;
import io.parley.chat.store.PgMembers;
import io.parley.chat.store.PgUsers;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.v1.ChannelResult;
import io.parley.schema.v1.Done;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.InviteMembers;
import io.parley.schema.v1.JoinChannel;
import io.parley.schema.v1.LeaveChannel;
import io.parley.schema.v1.ListMembers;
import io.parley.schema.v1.MemberResult;
import io.parley.schema.v1.Members;
import io.parley.schema.v1.RemoveMember;
import io.parley.schema.v1.SetMemberRole;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is in: joining, inviting, leaving, removing, roles. */
final class MembershipCommands {
    private static final int PAGE_DEFAULT = 50;
    private final ChatParts parts;
    private final Reader reader;

    MembershipCommands(ChatParts parts, Reader reader) {
        this.parts = parts;
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
                    return enter(work, access.channel(), List.of(member));
                })
                .compose(_ -> reader.known(work.sql(), work.actor(), command.getChannelId()))
                .compose(opened -> reader.show(work.sql(), ChannelCommands.atHead(opened.access(), work)))
                .map(channel -> ChannelResult.newBuilder().setChannel(channel).build());
    }

    /** Leaves a channel or declines an invitation. */
    Future<Done> leave(Work work, LeaveChannel command) {
        return work.lock(command.getChannelId()).compose(access -> {
            Member member = access.member()
                    .orElseThrow(() -> Refusals.of(access.knows() ? Denial.NOT_A_MEMBER : Denial.CHANNEL_NOT_FOUND));
            requireNotDirect(access);
            return requireOtherOwner(work, access.channel().key(), member)
                    .compose(_ -> exit(work, access.channel(), member, ""));
        });
    }

    /** Invites users, or makes them members at once. Who is in already is left as they are. */
    Future<Members> invite(Work work, InviteMembers command) {
        return work.lock(command.getChannelId()).compose(access -> {
            Refusals.unless(access.to(command.getAdd() ? Capability.ADD_MEMBERS : Capability.INVITE));
            requireNotDirect(access);
            ChannelKey key = access.channel().key();
            List<MemberKey> asked = command.getUserIdsList().stream()
                    .map(user -> new MemberKey(key, user))
                    .toList();
            return PgUsers.invite(work.sql(), key.tenant(), command.getUserIdsList(), work.nowMillis())
                    .compose(_ -> PgMembers.find(work.sql(), asked))
                    .compose(known -> take(work, access, command, known));
        });
    }

    Future<Done> remove(Work work, RemoveMember command) {
        return work.lock(command.getChannelId()).compose(access -> {
            Refusals.unless(access.to(Capability.REMOVE_MEMBERS));
            requireNotDirect(access);
            ChannelKey key = access.channel().key();
            return target(work, key, command.getUserId()).compose(target -> {
                if (target.isOwner() && !access.may(Capability.SET_ROLES)) {
                    throw Refusal.of(ErrorCode.FORBIDDEN, "only who may set roles removes an owner");
                }
                return requireOtherOwner(work, key, target)
                        .compose(_ -> exit(
                                work, access.channel(), target, work.actor().id()));
            });
        });
    }

    Future<MemberResult> setRole(Work work, SetMemberRole command) {
        return work.lock(command.getChannelId()).compose(access -> {
            Refusals.unless(access.to(Capability.SET_ROLES));
            requireNotDirect(access);
            if (!access.rules().knowsRole(command.getRole())) {
                throw Refusal.violation("role", "pattern", "a role that channels of this type grant something to");
            }
            ChannelKey key = access.channel().key();
            return target(work, key, command.getUserId())
                    .compose(target -> command.getRole().equals(Member.OWNER)
                            ? Future.succeededFuture(target)
                            : requireOtherOwner(work, key, target).map(target))
                    .compose(target -> {
                        Member changed = target.withRole(command.getRole());
                        work.append(Events.memberUpdated(ChatWire.member(changed, Optional.empty())));
                        return PgMembers.put(work.sql(), key, List.of(changed))
                                .compose(_ -> reader.withProfiles(work.sql(), key.tenant(), List.of(changed)));
                    })
                    .map(shown -> MemberResult.newBuilder()
                            .setMember(shown.getFirst())
                            .build());
        });
    }

    Future<Members> list(Actor actor, ListMembers command) {
        int limit = command.getLimit() == 0 ? PAGE_DEFAULT : command.getLimit();
        List<String> scope = List.of("members", actor.tenant(), actor.id(), command.getChannelId());
        String after = command.getCursor().isEmpty()
                ? ""
                : parts.cursors().verify(scope, command.getCursor(), 1).getFirst();
        return parts.transactions()
                .read(sql -> reader.member(sql, actor, command.getChannelId())
                        .compose(opened -> PgMembers.page(sql, opened.key(), after, limit + 1))
                        .compose(found -> {
                            List<Member> page = found.size() > limit ? found.subList(0, limit) : found;
                            String next = found.size() > limit
                                    ? parts.cursors().sign(scope, page.getLast().userId())
                                    : "";
                            return reader.withProfiles(sql, actor.tenant(), page)
                                    .map(shown -> Members.newBuilder()
                                            .addAllItems(shown)
                                            .setNext(next)
                                            .build());
                        }));
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

    /** A direct conversation is its member set: nobody comes, nobody goes, nobody rules. */
    private static void requireNotDirect(Access access) {
        if (access.channel().direct()) {
            throw Refusal.of(ErrorCode.FORBIDDEN, "the members of a direct conversation never change");
        }
    }

    private Future<Members> take(
            Work work, Access access, InviteMembers command, Map<MemberKey, PgMembers.Standing> known) {
        Channel channel = access.channel();
        List<Member> taken = new ArrayList<>();
        for (String user : command.getUserIdsList()) {
            PgMembers.Standing standing = known.get(new MemberKey(channel.key(), user));
            if (standing == null) {
                long at = command.getAdd() ? work.nowMillis() : 0;
                taken.add(new Member(
                        user, Member.MEMBER, command.getAdd(), work.actor().id(), at));
            } else if (command.getAdd() && !standing.member().joined()) {
                taken.add(standing.member().joinedAt(work.nowMillis()));
            }
        }
        if (taken.isEmpty()) {
            return Refusals.fail(ErrorCode.ALREADY_MEMBER);
        }
        if (command.getAdd()
                && channel.memberCount() + taken.size() > access.rules().membersMax()) {
            return Refusals.fail(ErrorCode.MEMBER_LIMIT);
        }
        return (command.getAdd() ? enter(work, channel, taken) : ask(work, channel, taken))
                .compose(_ -> reader.withProfiles(work.sql(), channel.key().tenant(), taken))
                .map(shown -> Members.newBuilder().addAllItems(shown).build());
    }

    private static Future<Void> ask(Work work, Channel channel, List<Member> invited) {
        for (Member member : invited) {
            work.append(Events.memberInvited(ChatWire.member(member, Optional.empty())));
            work.notes()
                    .add(
                            channel.key().user(member.userId()),
                            Events.invited(
                                    ChatWire.channel(channel), work.actor().id()));
        }
        return PgMembers.put(work.sql(), channel.key(), invited);
    }

    /** New members have read everything that was said before. */
    private static Future<Void> enter(Work work, Channel channel, List<Member> members) {
        return Future.all(
                        PgMembers.put(work.sql(), channel.key(), members),
                        PgMembers.addToCount(work.sql(), channel.key(), members.size()))
                .compose(both -> {
                    int before = both.<Integer>resultAt(1) - members.size();
                    List<PgMarkers.Move> markers = new ArrayList<>();
                    for (int i = 0; i < members.size(); i++) {
                        MemberKey key =
                                new MemberKey(channel.key(), members.get(i).userId());
                        int count = before + i + 1;
                        long offset = work.append(
                                Events.memberJoined(ChatWire.member(members.get(i), Optional.empty()), count));
                        markers.add(new PgMarkers.Move(key, new Marker(offset, offset, 0)));
                        work.notes()
                                .add(key.user(), Events.channelAdded(ChatWire.channel(channel.withMemberCount(count))));
                    }
                    return PgMarkers.forward(work.sql(), markers);
                });
    }

    private static Future<Done> exit(Work work, Channel channel, Member member, String removedBy) {
        ChannelKey key = channel.key();
        return Future.all(
                        PgMembers.remove(work.sql(), new MemberKey(key, member.userId())),
                        PgMarkers.forget(work.sql(), key, List.of(member.userId())),
                        PgMembers.addToCount(work.sql(), key, member.joined() ? -1 : 0))
                .map(all -> {
                    int count = all.resultAt(2);
                    work.append(Events.memberLeft(member.userId(), removedBy, count));
                    String reason = removedBy.isEmpty() ? "left" : "removed";
                    String by = removedBy.isEmpty() ? member.userId() : removedBy;
                    work.notes().add(key.user(member.userId()), Events.channelRemoved(key.id(), by, reason));
                    return Done.getDefaultInstance();
                });
    }

    private static Future<Member> target(Work work, ChannelKey key, String userId) {
        return PgMembers.find(work.sql(), new MemberKey(key, userId))
                .map(found ->
                        found.map(PgMembers.Standing::member).orElseThrow(() -> Refusal.of(ErrorCode.USER_NOT_FOUND)));
    }

    private static Future<Void> requireOtherOwner(Work work, ChannelKey key, Member leaving) {
        if (!leaving.isOwner()) {
            return Future.succeededFuture();
        }
        return PgMembers.owners(work.sql(), key)
                .compose(owners -> owners > 1 ? Future.succeededFuture() : Refusals.fail(ErrorCode.LAST_OWNER));
    }
}
