package io.parley.testkit.leak;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * {@code @ExtendWith(LeakGate.class)}: the class fails when a Netty buffer was collected without release, or when
 * threads that began with the class live on after it. Put it first, so that it looks after the other extensions cleaned
 * up.
 *
 * <p>Threads are checked only where classes run one at a time, as integration tests do. Daemon threads may stay, and so
 * may those of the testkit's own clients.
 */
public final class LeakGate implements BeforeAllCallback, AfterAllCallback {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final String PARALLEL = "junit.jupiter.execution.parallel.enabled";

    /** How threads of Vert.x, Hazelcast and Parley are named; those of test servers live as long as the JVM. */
    private static final List<String> OURS = List.of("vert.x-", "hz.", "parley");

    private Set<Thread> before = Set.of();

    @Override
    public void beforeAll(ExtensionContext context) {
        before = running();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        List<String> buffers = BufferLeaks.collect();
        if (!buffers.isEmpty()) {
            throw new AssertionError(buffers.size() + " leaked:\n" + String.join("\n", buffers));
        }
        if (context.getConfigurationParameter(PARALLEL)
                .map(Boolean::parseBoolean)
                .orElse(false)) {
            return;
        }
        try {
            Awaitility.await().atMost(GRACE).until(() -> left().isEmpty());
        } catch (ConditionTimeoutException stillThere) {
            throw new AssertionError("threads that nobody stopped: " + left(), stillThere);
        }
    }

    private Set<String> left() {
        return running().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> OURS.stream().anyMatch(name::startsWith))
                .collect(Collectors.toSet());
    }

    private static Set<Thread> running() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && !thread.isDaemon())
                .collect(Collectors.toSet());
    }
}
