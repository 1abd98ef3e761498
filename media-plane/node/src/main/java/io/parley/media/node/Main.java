package io.parley.media.node;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** {@code ./parley media}: a media node in a process of its own. Told to end (SIGTERM), it drains first. */
public final class Main {
    private Main() {}

    /** Exit codes: 0 ended as told, 1 failed, 2 the call's words are wrong. */
    public static void main(String[] words) throws InterruptedException {
        if (List.of(words).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        try {
            run(Options.parse(List.of(words), System.getenv(), hostName()));
        } catch (Options.RefusedException refused) {
            System.err.println("parley: " + refused.getMessage());
            System.exit(2);
        } catch (IllegalArgumentException | UncheckedIOException failure) {
            System.err.println("parley: " + failure.getMessage());
            System.exit(1);
        }
    }

    private static void run(MediaNodeConfig config) throws InterruptedException {
        var node = MediaNode.start(config);
        var ended = new CountDownLatch(1);
        // The hook holds the JVM until everything has ended. A node that was drained by command ends by itself.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            node.drain().join();
            node.close();
            ended.countDown();
        }));
        System.out.printf(
                "ready: media node %s at %s, operators at %s%n",
                config.id(), String.join(" ", node.endpoints()), config.operators());
        System.out.flush();
        ended.await();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "";
        }
    }
}
