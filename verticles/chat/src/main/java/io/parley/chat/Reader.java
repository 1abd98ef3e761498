package io.parley.chat;

import io.parley.chat.api.ChatWire;
import io.parley.chat.domain.Access;
import io.parley.chat.domain.Actor;
import io.parley.chat.domain.Channel;
import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.Marker;
import io.parley.chat.domain.Profile;
import io.parley.chat.domain.Segments;
import io.parley.chat.domain.Unread;
import io.parley.chat.domain.UserKey;
import io.parley.chat.store.PgChannels;
import io.parley.chat.store.PgChannels.Seen;
import io.parley.chat.store.PgMarkers;
import io.parley.chat.store.PgMembers;
import io.parley.chat.store.PgUsers;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.Limits;
import io.parley.schema.v1.ErrorCode;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What handlers read again and again: a channel as its caller may see it, and how that looks on the wire. */
final class Reader {
    /** A channel that the caller may know of, and where its log can be read. */
    record Opened(Access access, Segments segments) {
        Channel channel() {
            return access.channel();
        }

        ChannelKey key() {
            return access.channel().key();
        }
    }

    private final ChatParts parts;

    Reader(ChatParts parts) {
        this.parts = parts;
    }

    /** For members; others get NOT_A_MEMBER or CHANNEL_NOT_FOUND. */
    Future<Opened> member(SqlClient sql, Actor actor, String channelId) {
        return find(sql, actor, channelId).map(opened -> {
            Refusals.unless(opened.access().toRead());
            return opened;
        });
    }

    /** For whoever may know that the channel is there. */
    Future<Opened> known(SqlClient sql, Actor actor, String channelId) {
        return find(sql, actor, channelId).map(opened -> {
            if (!opened.access().knows()) {
                throw Refusal.of(ErrorCode.CHANNEL_NOT_FOUND);
            }
            return opened;
        });
    }

    Access access(Actor actor, Seen seen) {
        Channel channel = seen.channel();
        return new Access(actor, channel, parts.types().of(channel.type()), seen.member(), seen.marker());
    }

    /** What is behind the caller's marker; nothing for who is no member. */
    Future<Unread> unread(SqlClient sql, Access access) {
        Marker marker = access.marker();
        if (!access.isMember() || marker.readOffset() >= access.channel().head()) {
            return Future.succeededFuture(Unread.NONE);
        }
        String id = access.channel().key().id();
        return PgMarkers.count(sql, access.actor().user(), Map.of(id, marker.readOffset()))
                .map(counts -> counts.getOrDefault(id, Unread.NONE));
    }

    /** The channel with its position and the caller's own state; a direct one with its members. */
    Future<io.parley.schema.v1.Channel> show(SqlClient sql, Access access) {
        Channel channel = access.channel();
        Future<Unread> unread = unread(sql, access);
        Future<List<io.parley.schema.v1.Member>> members =
                channel.direct() ? shownMembers(sql, channel.key()) : Future.succeededFuture(List.of());
        return Future.all(unread, members)
                .map(_ -> ChatWire.channel(channel).toBuilder()
                        .setHead(ChatWire.head(channel))
                        .setOwn(ChatWire.own(access, unread.result()))
                        .addAllMembers(members.result())
                        .build());
    }

    /** With their profiles, in the same order. */
    Future<List<io.parley.schema.v1.Member>> withProfiles(
            SqlClient sql, String tenant, List<io.parley.chat.domain.Member> members) {
        return profiles(
                        sql,
                        members.stream()
                                .map(member -> new UserKey(tenant, member.userId()))
                                .toList())
                .map(profiles -> members.stream()
                        .map(member -> ChatWire.member(
                                member, Optional.ofNullable(profiles.get(new UserKey(tenant, member.userId())))))
                        .toList());
    }

    Future<Map<UserKey, Profile>> profiles(SqlClient sql, Collection<UserKey> users) {
        return users.isEmpty() ? Future.succeededFuture(Map.of()) : PgUsers.find(sql, users);
    }

    private Future<List<io.parley.schema.v1.Member>> shownMembers(SqlClient sql, ChannelKey channel) {
        return PgMembers.page(sql, channel, "", Limits.CHAT_SHOWN_MEMBERS_MAX)
                .compose(members -> withProfiles(sql, channel.tenant(), members));
    }

    private Future<Opened> find(SqlClient sql, Actor actor, String channelId) {
        return PgChannels.see(sql, actor.user().channel(channelId), actor.id()).map(found -> {
            Seen seen = found.orElseThrow(() -> Refusal.of(ErrorCode.CHANNEL_NOT_FOUND));
            return new Opened(access(actor, seen), seen.segments());
        });
    }
}
