package io.parley.chat;

import io.parley.chat.api.ChatWire;
import io.parley.chat.api.Events;
import io.parley.chat.api.Streams;
import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.Feature;
import io.parley.chat.domain.Marker;
import io.parley.chat.domain.MemberKey;
import io.parley.chat.store.PgMarkers;
import io.parley.schema.Limits;
import io.parley.schema.bus.v1.DeliveredBatch;
import io.parley.schema.bus.v1.Publication;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers what gateways say about delivery and writes it a few times a second, the farthest offset per member. What is
 * lost here is said again by the clients. Owned by one event loop.
 */
final class DeliveredMarks {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveredMarks.class);

    private final ChatParts parts;
    private Map<MemberKey, Long> pending = new HashMap<>();
    private boolean writing;

    DeliveredMarks(ChatParts parts) {
        this.parts = parts;
    }

    void receive(DeliveredBatch batch) {
        for (DeliveredBatch.Item item : batch.getItemsList()) {
            MemberKey member = new MemberKey(new ChannelKey(item.getTenant(), item.getChannelId()), item.getUserId());
            if (pending.size() < Limits.CHAT_DELIVERED_PENDING_MAX || pending.containsKey(member)) {
                pending.merge(member, item.getOffset(), Math::max);
            }
        }
    }

    void flush() {
        if (writing || pending.isEmpty()) {
            return;
        }
        List<PgMarkers.Move> moves = new ArrayList<>(pending.size());
        pending.forEach((member, offset) -> moves.add(new PgMarkers.Move(member, new Marker(0, offset, 0))));
        pending = new HashMap<>();
        writing = true;
        parts.transactions()
                .write(sql -> PgMarkers.deliver(sql, moves))
                .onSuccess(this::tell)
                .onFailure(failure -> LOG.warn("delivered markers were not written: {}", failure.toString()))
                .onComplete(_ -> writing = false, _ -> writing = false);
    }

    private void tell(List<PgMarkers.Delivered> delivered) {
        long now = parts.clock().wallMillis();
        List<Publication> publications = new ArrayList<>();
        for (PgMarkers.Delivered moved : delivered) {
            boolean shown = parts.types().of(moved.channelType()).has(Feature.RECEIPTS)
                    && moved.memberCount() <= Limits.CHAT_RECEIPT_MEMBERS_MAX;
            if (shown) {
                publications.add(Streams.ephemeral(
                        moved.member().channel(),
                        now,
                        Events.receiptMoved(ChatWire.receipt(moved.member().userId(), moved.marker()))));
            }
        }
        if (!publications.isEmpty()) {
            parts.publisher().publish(publications);
        }
    }
}
