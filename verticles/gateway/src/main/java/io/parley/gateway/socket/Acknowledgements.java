package io.parley.gateway.socket;

import io.parley.kernel.auth.Principal;
import io.parley.kernel.cluster.LiveNodes;
import io.parley.kernel.contract.CommandContracts;
import io.parley.kernel.contract.StreamContracts;
import io.parley.schema.Limits;
import io.parley.schema.bus.v1.DeliveredBatch;
import io.parley.schema.v1.Ack;
import io.parley.schema.v1.StreamPosition;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gathers what clients of one event loop have seen, the newest per user and channel, and tells chat in batches. May
 * lose: clients acknowledge again. Owned by the loop.
 */
public final class Acknowledgements {
    private static final String CHANNEL = "ch:";

    private record Key(String tenant, String userId, String channelId) {}

    private final LiveNodes nodes;
    private final Map<Key, Long> newest = new LinkedHashMap<>();

    public Acknowledgements(LiveNodes nodes) {
        this.nodes = nodes;
    }

    /** Whether the user may know of the channel is checked by chat: it moves no marker of somebody who is no member. */
    void add(Principal who, Ack ack) {
        for (StreamPosition seen : ack.getStreamsList()) {
            String stream = seen.getStream();
            if (stream.startsWith(CHANNEL) && stream.length() <= 64 + CHANNEL.length()) {
                Key key = new Key(who.tenant(), who.userId(), stream.substring(CHANNEL.length()));
                newest.merge(key, seen.getPosition().getOffset(), Math::max);
            }
            if (newest.size() >= Limits.DELIVERED_BATCH_MAX) {
                flush();
            }
        }
    }

    public void flush() {
        if (newest.isEmpty()) {
            return;
        }
        DeliveredBatch.Builder batch = DeliveredBatch.newBuilder();
        newest.forEach((key, offset) -> batch.addItems(DeliveredBatch.Item.newBuilder()
                .setTenant(key.tenant())
                .setUserId(key.userId())
                .setChannelId(key.channelId())
                .setOffset(offset)));
        newest.clear();
        nodes.tellRole(CommandContracts.CHAT_ROLE, StreamContracts.DELIVERED, batch.build());
    }
}
