package io.parley.chat;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.kernel.fanout.Publisher;
import io.parley.kernel.store.Transactions;
import io.parley.schema.Clock;
import io.parley.schema.Randomness;

/**
 * What the handlers of one verticle share.
 *
 * @param inboxEpoch the epoch of all "me:" streams, the same on every node
 */
record ChatParts(
        String nodeId,
        ChatConfig config,
        Transactions transactions,
        Publisher publisher,
        Cursors cursors,
        String inboxEpoch,
        Clock clock,
        Randomness randomness,
        MeterRegistry meters) {

    TypeRegistry types() {
        return config.types();
    }
}
