package io.parley.kernel.fanout;

import io.parley.schema.Limits;
import io.parley.schema.bus.v1.Publication;
import io.parley.schema.bus.v1.Publications;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Collects publications per node, so that one message of the bus carries all that one turn has for a node. Keeps the
 * order per node. Used by one thread. A batch that reaches its bound goes at once.
 */
public final class PublicationBatches {
    private final BiConsumer<String, Publications> send;
    private final Map<String, Batch> batches = new HashMap<>();

    public PublicationBatches(BiConsumer<String, Publications> send) {
        this.send = send;
    }

    public void add(String nodeId, Publication publication) {
        Batch batch = batches.computeIfAbsent(nodeId, _ -> new Batch());
        batch.items.addItems(publication);
        batch.bytes += publication.getSerializedSize();
        if (batch.items.getItemsCount() >= Limits.PUBLICATIONS_PER_MESSAGE_MAX
                || batch.bytes >= Limits.PUBLICATION_MESSAGE_BYTES_MAX) {
            batches.remove(nodeId);
            send.accept(nodeId, batch.items.build());
        }
    }

    /** Sends what is left. */
    public void flush() {
        if (batches.isEmpty()) {
            return;
        }
        Map<String, Batch> ready = Map.copyOf(batches);
        batches.clear();
        ready.forEach((nodeId, batch) -> send.accept(nodeId, batch.items.build()));
    }

    private static final class Batch {
        private final Publications.Builder items = Publications.newBuilder();
        private int bytes;
    }
}
