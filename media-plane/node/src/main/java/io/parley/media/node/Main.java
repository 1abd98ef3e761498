package io.parley.media.node;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** {@code ./parley media}: a media node in a process of its own. Told to end (SIGTERM), it drains first. */
public final class Main {
    private Main() {}

    /** Exit codes: 0 ended as told, 1 failed, 2 the call's words are wrong. */
    public static void main(String[] words) {
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

    private static void run(MediaNodeConfig config) {
        var node = MediaNode.start(config);
        // The hook holds the JVM until everything has ended; who was told to end and did has not failed.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            node.drain().join();
            node.close();
            Runtime.getRuntime().halt(0);
        }));
        System.out.printf(
                "ready: media node %s at %s, operators at %s%n",
                config.id(),
                String.join(" ", node.endpoints()),
                config.operators().getHostString() + ":" + node.operatorPort());
        System.out.flush();
        node.drained().join(); // by a command of the control plane
        System.exit(0);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "";
        }
    }
}
