package io.parley.control.core;

/** What the control plane thinks of a node. */
public enum NodeState {
    /** Takes sessions. */
    READY,
    /** Goes away: keeps what it has, takes nothing new. */
    DRAINING,
    /** Says that it cannot reach itself. */
    UNHEALTHY,
    /** Not heard of lately; media may well flow. Takes nothing new. */
    SILENT
}
