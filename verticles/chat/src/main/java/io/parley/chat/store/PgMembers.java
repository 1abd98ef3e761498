package io.parley.chat.store;

import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.Marker;
import io.parley.chat.domain.Member;
import io.parley.chat.domain.MemberKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is in a channel, or invited. Changed only while the channel's row is locked. */
public final class PgMembers {
    /** A membership with its marker. */
    public record Standing(Member member, Marker marker) {}

    private static final String FIND = "SELECT k.tenant, k.channel_id, " + Rows.MEMBER + ", " + Rows.MARKER + """
             FROM unnest($1::text[], $2::text[], $3::text[]) AS k (tenant, channel_id, user_id)
            JOIN member m ON m.tenant = k.tenant AND m.channel_id = k.channel_id AND m.user_id = k.user_id
            LEFT JOIN read_marker r
              ON r.tenant = k.tenant AND r.channel_id = k.channel_id AND r.user_id = k.user_id""";
    private static final String PUT = """
            INSERT INTO member (tenant, channel_id, user_id, role, state, invited_by, joined_at_ms)
            SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::smallint[], $6::text[], $7::bigint[])
            ON CONFLICT (tenant, channel_id, user_id) DO UPDATE SET role = excluded.role, state = excluded.state,
              invited_by = excluded.invited_by, joined_at_ms = excluded.joined_at_ms""";
    private static final String REMOVE = "DELETE FROM member WHERE tenant = $1 AND channel_id = $2 AND user_id = $3";
    private static final String REMOVE_ALL =
            "DELETE FROM member WHERE tenant = $1 AND channel_id = $2 RETURNING user_id, state";
    private static final String COUNT = """
            UPDATE channel SET member_count = member_count + $3 WHERE tenant = $1 AND id = $2 RETURNING member_count""";
    private static final String OWNERS = """
            SELECT count(*) AS owners FROM member
            WHERE tenant = $1 AND channel_id = $2 AND role = 'owner' AND state = 0""";
    private static final String PAGE = "SELECT " + Rows.MEMBER + """
             FROM member m WHERE m.tenant = $1 AND m.channel_id = $2 AND m.user_id > $3
            ORDER BY m.user_id LIMIT $4""";
    private static final String JOINED = """
            SELECT user_id FROM member WHERE tenant = $1 AND channel_id = $2 AND state = 0 ORDER BY user_id LIMIT $3""";
    private static final String FIRST_OF_EACH = "SELECT k.id AS channel_id, x.* FROM unnest($2::text[]) AS k (id) "
            + "CROSS JOIN LATERAL (SELECT " + Rows.MEMBER + """
             FROM member m WHERE m.tenant = $1 AND m.channel_id = k.id ORDER BY m.user_id LIMIT $3) x""";

    private PgMembers() {}

    public static Future<Map<MemberKey, Standing>> find(SqlClient client, Collection<MemberKey> members) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(
                        Arrays.texts(members, member -> member.channel().tenant()),
                        Arrays.texts(members, member -> member.channel().id()),
                        Arrays.texts(members, MemberKey::userId)))
                .map(rows -> {
                    Map<MemberKey, Standing> found = new HashMap<>();
                    rows.forEach(row -> found.put(
                            new MemberKey(
                                    new ChannelKey(row.getString("tenant"), row.getString("channel_id")),
                                    row.getString("user_id")),
                            new Standing(Rows.member(row), Rows.marker(row))));
                    return found;
                });
    }

    public static Future<Optional<Standing>> find(SqlClient client, MemberKey member) {
        return find(client, List.of(member)).map(found -> Optional.ofNullable(found.get(member)));
    }

    /** Adds or replaces. */
    public static Future<Void> put(SqlClient client, ChannelKey channel, List<Member> members) {
        Short[] states = members.stream()
                .map(member -> member.joined() ? (short) 0 : (short) 1)
                .toArray(Short[]::new);
        return client.preparedQuery(PUT)
                .execute(Tuple.of(
                                channel.tenant(),
                                channel.id(),
                                Arrays.texts(members, Member::userId),
                                Arrays.texts(members, Member::role))
                        .addArrayOfShort(states)
                        .addArrayOfString(Arrays.texts(members, Member::invitedBy))
                        .addArrayOfLong(Arrays.longs(members, Member::joinedAtMillis)))
                .mapEmpty();
    }

    public static Future<Void> remove(SqlClient client, MemberKey member) {
        return client.preparedQuery(REMOVE)
                .execute(Tuple.of(member.channel().tenant(), member.channel().id(), member.userId()))
                .mapEmpty();
    }

    /** Gives everybody who was in or invited. */
    public static Future<List<String>> removeAll(SqlClient client, ChannelKey channel) {
        return client.preparedQuery(REMOVE_ALL)
                .execute(Tuple.of(channel.tenant(), channel.id()))
                .map(PgMembers::userIds);
    }

    /** Changes the channel's count of joined members; gives the new one. */
    public static Future<Integer> addToCount(SqlClient client, ChannelKey channel, int difference) {
        return client.preparedQuery(COUNT)
                .execute(Tuple.of(channel.tenant(), channel.id(), difference))
                .map(rows -> rows.iterator().next().getInteger("member_count"));
    }

    public static Future<Long> owners(SqlClient client, ChannelKey channel) {
        return client.preparedQuery(OWNERS)
                .execute(Tuple.of(channel.tenant(), channel.id()))
                .map(rows -> rows.iterator().next().getLong("owners"));
    }

    /** By user id, behind {@code after}. */
    public static Future<List<Member>> page(SqlClient client, ChannelKey channel, String after, int limit) {
        return client.preparedQuery(PAGE)
                .execute(Tuple.of(channel.tenant(), channel.id(), after, limit))
                .map(PgMembers::members);
    }

    public static Future<List<String>> joined(SqlClient client, ChannelKey channel, int limit) {
        return client.preparedQuery(JOINED)
                .execute(Tuple.of(channel.tenant(), channel.id(), limit))
                .map(PgMembers::userIds);
    }

    /** The first few members of each channel, for display. */
    public static Future<Map<String, List<Member>>> firstOfEach(
            SqlClient client, String tenant, List<String> channelIds, int limit) {
        if (channelIds.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        return client.preparedQuery(FIRST_OF_EACH)
                .execute(Tuple.of(tenant, channelIds.toArray(String[]::new), limit))
                .map(rows -> {
                    Map<String, List<Member>> members = new HashMap<>();
                    rows.forEach(row -> members.computeIfAbsent(row.getString("channel_id"), _ -> new ArrayList<>())
                            .add(Rows.member(row)));
                    return members;
                });
    }

    private static List<Member> members(RowSet<Row> rows) {
        List<Member> members = new ArrayList<>(rows.size());
        rows.forEach(row -> members.add(Rows.member(row)));
        return members;
    }

    private static List<String> userIds(RowSet<Row> rows) {
        List<String> ids = new ArrayList<>(rows.size());
        rows.forEach(row -> ids.add(row.getString("user_id")));
        return ids;
    }
}
