package io.parley.kernel.bus;

/** The node that was asked left the cluster before it answered: what it did is unknown. */
public final class NodeLeftException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NodeLeftException(String nodeId) {
        super("node " + nodeId + " has left", null, false, false);
    }
}
