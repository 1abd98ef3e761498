package io.parley.app.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Signals that Java has no words for: a frozen process keeps its sockets and answers nothing. */
final class Signals {
    private Signals() {}

    static void freeze(List<Long> pids) {
        send("-STOP", pids);
    }

    static void thaw(List<Long> pids) {
        send("-CONT", pids);
    }

    private static void send(String signal, List<Long> pids) {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        pids.forEach(pid -> command.add(Long.toString(pid)));
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                throw new AssertionError(command + " ended with " + code);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
