package io.parley.media.sfu.allocation;

/**
 * The answer for one source.
 *
 * @param layer index into the source's layers, -1 for nothing
 */
public record Allocation(String id, int layer, Reason reason, long bitrateBps) {
    /** Why a source is not better than it is; shown to people. */
    public enum Reason {
        /** All that is published. */
        BEST,
        /** As large as it is shown. */
        VIEWPORT,
        /** Bounded by the publisher's role. */
        ROLE,
        /** The receiver's bandwidth allows no more. */
        BANDWIDTH,
        /** Not among the last speakers that the receiver asked for. */
        LAST_N,
        /** Not shown. */
        HIDDEN,
        /** The node has too much to do and holds the better layers back. */
        OVERLOAD,
        /** The publisher sends nothing. */
        NOT_SENT
    }
}
