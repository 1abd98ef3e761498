package io.parley.app;

import io.parley.app.embedded.DataFolder;
import io.parley.kernel.config.Settings;
import io.parley.schema.Clock;
import io.parley.schema.SystemClock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./parley up}: starts a node and stays until it is told to stop. */
@Command(name = "up", description = "Starts Parley.", mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(names = "--http", paramLabel = "PORT", description = "where clients connect (default: 8080; 0 = any free)")
    private Optional<Integer> http = Optional.empty();

    @Option(names = "--roles", paramLabel = "A,B", description = "what this process runs (default: everything)")
    private Optional<String> roles = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        Clock clock = new SystemClock();
        long begunNanos = clock.monoNanos();
        Map<String, String> flags = new LinkedHashMap<>();
        http.ifPresent(port -> flags.put("http.port", Integer.toString(port)));
        roles.ifPresent(names -> flags.put("roles", names));
        Settings settings = common.settings(flags);
        DataFolder folder = DataFolder.lock(common.data);
        ParleyNode node = new ParleyNode(settings, folder);
        CountDownLatch stopped = new CountDownLatch(1);
        // The hook holds the JVM until everything has ended; System.exit comes here too.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            node.stop();
            folder.close();
            stopped.countDown();
        }));
        node.start();
        settings.unknown().forEach(key -> System.err.println("parley: nothing is set by " + key));
        node.announce(System.out, (clock.monoNanos() - begunNanos) / 1_000_000);
        stopped.await();
        return 0;
    }
}
