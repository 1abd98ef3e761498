package io.parley.testkit.sim;

/**
 * What a node runs. A new instance is made at every start of the node, so what it keeps in fields dies with a crash;
 * what is durable belongs to the test, outside of the program.
 */
public interface SimProgram {
    /** Called once, right after the node started. */
    default void start() {}

    void receive(SimNode from, Object message);
}
