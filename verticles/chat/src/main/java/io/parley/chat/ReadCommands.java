package io.parley.chat;

import io.parley.chat.api.ChatWire;
import io.parley.chat.api.Events;
import io.parley.chat.domain.Access;
import io.parley.chat.domain.Actor;
import io.parley.chat.domain.Capability;
import io.parley.chat.domain.Denial;
import io.parley.chat.domain.Feature;
import io.parley.chat.domain.Marker;
import io.parley.chat.domain.MemberKey;
import io.parley.chat.domain.Unread;
import io.parley.chat.store.PgMarkers;
import io.parley.schema.Limits;
import io.parley.schema.v1.Done;
import io.parley.schema.v1.ListReceipts;
import io.parley.schema.v1.MarkDelivered;
import io.parley.schema.v1.MarkRead;
import io.parley.schema.v1.MarkUnread;
import io.parley.schema.v1.ReadMarkerMoved;
import io.parley.schema.v1.ReadState;
import io.parley.schema.v1.Receipts;
import io.parley.schema.v1.UnreadTotals;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Read and delivered markers. They lock no channel: two moves of one marker meet in the row itself, the farther wins.
 */
final class ReadCommands {
    private final ChatParts parts;
    private final Reader reader;

    ReadCommands(ChatParts parts, Reader reader) {
        this.parts = parts;
        this.reader = reader;
    }

    Future<ReadState> markRead(Work work, MarkRead command) {
        return member(work, command.getChannelId()).compose(access -> {
            Marker marker =
                    access.marker().read(command.getOffset(), access.channel().head());
            if (marker.equals(access.marker())) {
                return state(work, access, false);
            }
            return PgMarkers.forward(work.sql(), List.of(new PgMarkers.Move(key(access), marker)))
                    .compose(_ -> moved(work, access.withMarker(marker)));
        });
    }

    Future<ReadState> markUnread(Work work, MarkUnread command) {
        return member(work, command.getChannelId()).compose(access -> {
            Marker marker = access.marker().unread(command.getOffset());
            if (marker.equals(access.marker())) {
                return state(work, access, false);
            }
            return PgMarkers.back(work.sql(), key(access), marker.readOffset())
                    .compose(_ -> state(work, access.withMarker(marker), true));
        });
    }

    Future<Done> markDelivered(Work work, MarkDelivered command) {
        return member(work, command.getChannelId()).compose(access -> {
            Marker marker = access.marker()
                    .delivered(command.getOffset(), access.channel().head());
            if (marker.equals(access.marker())) {
                return Future.succeededFuture(Done.getDefaultInstance());
            }
            return PgMarkers.forward(work.sql(), List.of(new PgMarkers.Move(key(access), marker)))
                    .map(_ -> {
                        tellReceipt(work, access.withMarker(marker));
                        return Done.getDefaultInstance();
                    });
        });
    }

    Future<Receipts> receipts(Actor actor, ListReceipts command) {
        return parts.transactions()
                .read(sql -> reader.member(sql, actor, command.getChannelId())
                        .compose(opened -> {
                            if (!opened.access().rules().has(Feature.RECEIPTS)) {
                                throw Refusals.of(Denial.FEATURE_DISABLED);
                            }
                            Refusals.unless(opened.access().to(Capability.RECEIPTS));
                            return PgMarkers.ofChannel(sql, opened.key());
                        })
                        .map(markers -> {
                            Receipts.Builder receipts = Receipts.newBuilder();
                            markers.forEach((user, marker) -> receipts.addItems(ChatWire.receipt(user, marker)));
                            return receipts.build();
                        }));
    }

    Future<UnreadTotals> totals(Actor actor) {
        return parts.transactions()
                .read(sql -> PgMarkers.totals(sql, actor.user()))
                .map(ChatWire::totals);
    }

    private Future<Access> member(Work work, String channelId) {
        return reader.member(work.sql(), work.actor(), channelId).map(opened -> {
            Access access = opened.access();
            Refusals.unless(access.isMember() ? Optional.empty() : Optional.of(Denial.NOT_A_MEMBER));
            return access;
        });
    }

    private Future<ReadState> moved(Work work, Access access) {
        tellReceipt(work, access);
        return state(work, access, true);
    }

    /** The counts behind the marker; the caller's other devices are told when it moved. */
    private Future<ReadState> state(Work work, Access access, boolean moved) {
        Future<Unread> unread = reader.unread(work.sql(), access);
        Future<UnreadTotals> totals =
                PgMarkers.totals(work.sql(), work.actor().user()).map(ChatWire::totals);
        return Future.all(unread, totals).map(_ -> {
            if (moved) {
                work.tellSelf(Events.readMarkerMoved(ReadMarkerMoved.newBuilder()
                        .setChannelId(access.channel().key().id())
                        .setReadOffset(access.marker().readOffset())
                        .setUnread((int) unread.result().messages())
                        .setUnreadMentions((int) unread.result().mentions())
                        .setTotals(totals.result())
                        .build()));
            }
            return ReadState.newBuilder()
                    .setOwn(ChatWire.own(access, unread.result()))
                    .setTotals(totals.result())
                    .build();
        });
    }

    private static void tellReceipt(Work work, Access access) {
        if (access.may(Capability.RECEIPTS) && access.channel().memberCount() <= Limits.CHAT_RECEIPT_MEMBERS_MAX) {
            work.tell(
                    access.channel().key(),
                    Events.receiptMoved(ChatWire.receipt(work.actor().id(), access.marker())));
        }
    }

    private static MemberKey key(Access access) {
        return new MemberKey(access.channel().key(), access.actor().id());
    }
}
