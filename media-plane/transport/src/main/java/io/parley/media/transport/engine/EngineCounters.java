package io.parley.media.transport.engine;

/** Counts of one engine: plain fields of its owner; other threads may read values that lag. */
public final class EngineCounters {
    public long received;
    public long sent;
    public long sendCalls;
    public long unsent;
    public long noBuffer;
    public long truncated;
}
