package io.parley.chat.store;

import io.parley.chat.domain.Channel;
import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.Marker;
import io.parley.chat.domain.Member;
import io.parley.chat.domain.Message;
import io.parley.chat.domain.Profile;
import io.parley.chat.domain.Segments;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows to domain records. The column lists and the readers belong together. */
final class Rows {
    static final String CHANNEL = """
            c.tenant, c.id, c.type, c.name, c.topic, c.public, c.direct_key IS NOT NULL AS direct, c.frozen,
            c.slow_mode_seconds, c.custom, c.created_by, c.created_at_ms, c.updated_at_ms, c.version, c.epoch, c.head,
            c.month, c.member_count, c.last_message_at_ms, c.deleted_at_ms""";
    static final String MEMBER = "m.user_id, m.role, m.state, m.invited_by, m.joined_at_ms";
    static final String MARKER = "r.read_off, r.delivered_off, r.last_sent_at_ms";
    static final String MESSAGE = """
            g.tenant, g.channel_id, g.month, g.off, g.id, g.author_id, g.client_id, g.body, g.custom, g.parent_id,
            g.parent_off, g.timeline, g.quoted_id, g.quoted_off, g.mentions, g.kind, g.created_at_ms, g.edited_at_ms,
            g.deleted_at_ms, g.version""";
    static final String PROFILE = "u.id, u.name, u.image_url, u.guest, u.custom, u.created_at_ms";

    private Rows() {}

    static Channel channel(Row row) {
        return new Channel(
                new ChannelKey(row.getString("tenant"), row.getString("id")),
                row.getString("type"),
                row.getString("name"),
                row.getString("topic"),
                row.getBoolean("public"),
                row.getBoolean("direct"),
                row.getBoolean("frozen"),
                row.getInteger("slow_mode_seconds"),
                bytes(row, "custom"),
                row.getString("created_by"),
                row.getLong("created_at_ms"),
                row.getLong("updated_at_ms"),
                row.getLong("version"),
                row.getString("epoch"),
                row.getLong("head"),
                row.getInteger("month"),
                row.getInteger("member_count"),
                row.getLong("last_message_at_ms"),
                row.getLong("deleted_at_ms"));
    }

    static Member member(Row row) {
        return new Member(
                row.getString("user_id"),
                row.getString("role"),
                row.getShort("state") == 0,
                row.getString("invited_by"),
                row.getLong("joined_at_ms"));
    }

    /** Of an outer join: empty when there is no member. */
    static Optional<Member> memberIfAny(Row row) {
        return row.getString("user_id") == null ? Optional.empty() : Optional.of(member(row));
    }

    /** Of an outer join: nothing read when there is no marker. */
    static Marker marker(Row row) {
        return row.getLong("read_off") == null
                ? Marker.NONE
                : new Marker(row.getLong("read_off"), row.getLong("delivered_off"), row.getLong("last_sent_at_ms"));
    }

    static Message message(Row row) {
        return new Message(
                new ChannelKey(row.getString("tenant"), row.getString("channel_id")),
                row.getInteger("month"),
                row.getLong("off"),
                row.getString("id"),
                row.getString("author_id"),
                row.getString("client_id"),
                row.getString("body"),
                bytes(row, "custom"),
                row.getString("parent_id"),
                row.getLong("parent_off"),
                row.getBoolean("timeline"),
                row.getString("quoted_id"),
                row.getLong("quoted_off"),
                List.of(row.getArrayOfStrings("mentions")),
                row.getString("kind"),
                row.getLong("created_at_ms"),
                row.getLong("edited_at_ms"),
                row.getLong("deleted_at_ms"),
                row.getInteger("version"));
    }

    static Profile profile(Row row) {
        return new Profile(
                row.getString("id"),
                row.getString("name"),
                row.getString("image_url"),
                row.getBoolean("guest"),
                bytes(row, "custom"),
                row.getLong("created_at_ms"));
    }

    /** Of an outer join under the alias "u_". */
    static Optional<Profile> authorIfAny(Row row) {
        return row.getString("u_id") == null
                ? Optional.empty()
                : Optional.of(new Profile(
                        row.getString("u_id"),
                        row.getString("u_name"),
                        row.getString("u_image_url"),
                        row.getBoolean("u_guest"),
                        bytes(row, "u_custom"),
                        row.getLong("u_created_at_ms")));
    }

    static Segments segments(Row row) {
        Integer[] months = row.getArrayOfIntegers("segment_months");
        Long[] offsets = row.getArrayOfLongs("segment_offsets");
        List<Segments.Segment> segments = new ArrayList<>();
        if (months != null && offsets != null) {
            for (int i = 0; i < months.length; i++) {
                segments.add(new Segments.Segment(months[i], offsets[i]));
            }
        }
        return new Segments(segments);
    }

    static byte[] bytes(Row row, String column) {
        Buffer buffer = row.getBuffer(column);
        return buffer == null ? new byte[0] : buffer.getBytes();
    }
}
