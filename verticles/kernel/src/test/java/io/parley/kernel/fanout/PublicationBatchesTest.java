package io.parley.kernel.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import io.parley.schema.Limits;
import io.parley.schema.bus.v1.Publication;
import io.parley.schema.v1.Push;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PublicationBatchesTest {
    private final List<String> sent = new ArrayList<>();
    private final PublicationBatches batches =
            new PublicationBatches((node, batch) -> sent.add(node + ":" + batch.getItemsCount()));

    private static Publication publication(int bytes) {
        return Publication.newBuilder()
                .setPush(Push.newBuilder().setEpochBytes(ByteString.copyFromUtf8("x".repeat(bytes))))
                .build();
    }

    @Test
    void oneMessagePerNodeAndTurn() {
        for (int number = 0; number < 10; number++) {
            batches.add("a", publication(10));
        }
        batches.add("b", publication(10));
        assertEquals(List.of(), sent);
        batches.flush();
        assertEquals(List.of("a:10", "b:1"), sent.stream().sorted().toList());
        batches.flush();
        assertEquals(2, sent.size());
    }

    @Test
    void aFullBatchGoesAtOnce() {
        for (int number = 0; number < Limits.PUBLICATIONS_PER_MESSAGE_MAX + 1; number++) {
            batches.add("a", publication(1));
        }
        assertEquals(List.of("a:" + Limits.PUBLICATIONS_PER_MESSAGE_MAX), sent);
        batches.add("b", publication(Limits.PUBLICATION_MESSAGE_BYTES_MAX));
        assertEquals("b:1", sent.getLast());
    }
}
