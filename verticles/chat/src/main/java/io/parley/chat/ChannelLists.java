package io.parley.chat;

import io.parley.chat.api.ChatWire;
import io.parley.chat.domain.Access;
import io.parley.chat.domain.Actor;
import io.parley.chat.domain.Channel;
import io.parley.chat.domain.Member;
import io.parley.chat.domain.MessageView;
import io.parley.chat.domain.Profile;
import io.parley.chat.domain.Unread;
import io.parley.chat.domain.UserKey;
import io.parley.chat.store.PgChannels;
import io.parley.chat.store.PgChannels.Place;
import io.parley.chat.store.PgChannels.Seen;
import io.parley.chat.store.PgMarkers;
import io.parley.chat.store.PgMembers;
import io.parley.chat.store.PgPages;
import io.parley.schema.Limits;
import io.parley.schema.v1.BrowseChannels;
import io.parley.schema.v1.Channels;
import io.parley.schema.v1.ListChannels;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Lists of channels: the caller's own with what is unread, and public ones to join. A few statements for any page. */
final class ChannelLists {
    private static final int PAGE_DEFAULT = 50;
    private final ChatParts parts;
    private final Reader reader;

    /** What hangs on the channels of one page. */
    private record Hanging(
            Map<String, Unread> unread,
            Map<String, MessageView> last,
            Map<String, List<Member>> members,
            Map<UserKey, Profile> profiles) {}

    ChannelLists(ChatParts parts, Reader reader) {
        this.parts = parts;
        this.reader = reader;
    }

    /** Joined and invited, most recently active first. */
    Future<Channels> mine(Actor actor, ListChannels command) {
        int limit = command.getLimit() == 0 ? PAGE_DEFAULT : command.getLimit();
        List<String> scope = List.of("channels", actor.tenant(), actor.id());
        Place after = Place.START;
        if (!command.getCursor().isEmpty()) {
            List<String> place = parts.cursors().verify(scope, command.getCursor(), 2);
            after = new Place(Long.parseLong(place.getFirst()), place.getLast());
        }
        Place start = after;
        return parts.transactions()
                .read(sql -> PgChannels.mine(sql, actor.user(), start, limit + 1)
                        .compose(found -> {
                            List<Seen> page = found.size() > limit ? found.subList(0, limit) : found;
                            String next = found.size() > limit
                                    ? next(scope, page.getLast().channel())
                                    : "";
                            return hanging(sql, actor, page).map(hanging -> {
                                Channels.Builder channels =
                                        Channels.newBuilder().setNext(next);
                                page.forEach(seen -> channels.addItems(show(reader.access(actor, seen), hanging)));
                                return channels.build();
                            });
                        }));
    }

    /** Public channels that the caller is not in, by name. */
    Future<Channels> browse(Actor actor, BrowseChannels command) {
        int limit = command.getLimit() == 0 ? PAGE_DEFAULT : command.getLimit();
        List<String> scope = List.of("browse", actor.tenant(), actor.id(), command.getPrefix());
        List<String> after = command.getCursor().isEmpty()
                ? List.of("", "")
                : parts.cursors().verify(scope, command.getCursor(), 2);
        var from = new PgChannels.Name(after.getFirst(), after.getLast());
        return parts.transactions()
                .read(sql -> PgChannels.browse(sql, actor.user(), from, command.getPrefix(), limit + 1))
                .map(found -> {
                    List<Channel> page = found.size() > limit ? found.subList(0, limit) : found;
                    Channels.Builder channels = Channels.newBuilder();
                    page.forEach(channel -> channels.addItems(ChatWire.channel(channel)));
                    if (found.size() > limit) {
                        Channel last = page.getLast();
                        channels.setNext(parts.cursors()
                                .sign(
                                        scope,
                                        last.name().toLowerCase(Locale.ROOT),
                                        last.key().id()));
                    }
                    return channels.build();
                });
    }

    private String next(List<String> scope, Channel last) {
        long activeAt = Math.max(last.lastMessageAtMillis(), last.createdAtMillis());
        return parts.cursors().sign(scope, Long.toString(activeAt), last.key().id());
    }

    private Future<Hanging> hanging(SqlClient sql, Actor actor, List<Seen> page) {
        Map<String, Long> behind = new HashMap<>();
        page.stream()
                .filter(seen -> seen.member().map(Member::joined).orElse(false))
                .filter(seen -> seen.marker().readOffset() < seen.channel().head())
                .forEach(seen ->
                        behind.put(seen.channel().key().id(), seen.marker().readOffset()));
        List<String> readable = page.stream()
                .filter(seen -> seen.member().map(Member::joined).orElse(false))
                .map(seen -> seen.channel().key().id())
                .toList();
        List<String> direct = page.stream()
                .filter(seen -> seen.channel().direct())
                .map(seen -> seen.channel().key().id())
                .toList();
        Future<Map<String, Unread>> unread = PgMarkers.count(sql, actor.user(), behind);
        Future<Map<String, MessageView>> last = PgPages.newest(sql, actor.user(), readable);
        Future<Map<String, List<Member>>> members =
                PgMembers.firstOfEach(sql, actor.tenant(), direct, Limits.CHAT_SHOWN_MEMBERS_MAX);
        return Future.all(unread, last, members)
                .compose(_ -> reader.profiles(
                        sql,
                        members.result().values().stream()
                                .flatMap(List::stream)
                                .map(member -> new UserKey(actor.tenant(), member.userId()))
                                .distinct()
                                .toList()))
                .map(profiles -> new Hanging(unread.result(), last.result(), members.result(), profiles));
    }

    private static io.parley.schema.v1.Channel show(Access access, Hanging hanging) {
        Channel channel = access.channel();
        String id = channel.key().id();
        var shown = ChatWire.channel(channel).toBuilder()
                .setHead(ChatWire.head(channel))
                .setOwn(ChatWire.own(access, hanging.unread().getOrDefault(id, Unread.NONE)));
        Optional.ofNullable(hanging.last().get(id))
                .ifPresent(message -> shown.setLastMessage(ChatWire.message(message)));
        hanging.members().getOrDefault(id, List.of()).forEach(member -> {
            UserKey user = channel.key().user(member.userId());
            shown.addMembers(ChatWire.member(
                    member, Optional.ofNullable(hanging.profiles().get(user))));
        });
        return shown.build();
    }
}
