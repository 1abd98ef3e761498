package io.parley.media.node;

import io.parley.media.node.control.ControlAddress;
import io.parley.media.transport.TransportConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What a media node is started with; a value that cannot work does not become one.
 *
 * @param id stable over restarts
 * @param control where the control plane is
 * @param media the media port
 * @param operators where the HTTP port for operators listens
 * @param drainLimit how long a node that was told to go away waits for the last participant
 */
public record MediaNodeConfig(
        String id,
        String region,
        ControlAddress control,
        TransportConfig media,
        Capacity capacity,
        InetSocketAddress operators,
        Duration drainLimit) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    /**
     * What full means.
     *
     * @param participants more are refused
     * @param bitsPerSecond of the machine's network, in one direction
     */
    public record Capacity(int participants, long bitsPerSecond) {
        /** What one machine of eight cores with a link of 1 Gbit/s holds. */
        public static final Capacity DEFAULT = new Capacity(1_000, 1_000_000_000);

        public Capacity {
            if (participants < 1 || bitsPerSecond < 1) {
                throw new IllegalArgumentException("a media node holds at least one participant and one bit a second");
            }
        }
    }

    public MediaNodeConfig {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("a node's id has 1 to 64 of A-Z a-z 0-9 _ -");
        }
        if (!REGION.matcher(region).matches()) {
            throw new IllegalArgumentException("a region has 1 to 40 of A-Z a-z 0-9 _ -");
        }
        if (drainLimit.isNegative()) {
            throw new IllegalArgumentException("the wait for the last participant cannot be negative");
        }
    }
}
