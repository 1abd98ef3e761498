package io.parley.media.transport;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The Go program in {@code load/peer}: another WebRTC stack in a process of its own. */
final class PionPeer implements AutoCloseable {
    private static final Pattern TEXT = Pattern.compile("^\\{\"(offer|result)\":(.*)}$");

    private final Process process;
    private final BufferedReader output;

    private PionPeer(Process process) {
        this.process = process;
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Builds the program, once for each run of the tests. */
    static Path build() throws IOException, InterruptedException {
        var binary = Path.of("target", "peer").toAbsolutePath();
        var source = Path.of(System.getProperty("parley.root"), "load", "peer");
        var build = new ProcessBuilder("go", "build", "-o", binary.toString(), ".")
                .directory(source.toFile())
                .inheritIO()
                .start();
        if (!build.waitFor(10, TimeUnit.MINUTES) || build.exitValue() != 0) {
            build.destroyForcibly();
            throw new IllegalStateException("load/peer does not build");
        }
        return binary;
    }

    static PionPeer start(Path binary, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(binary.toString()));
        command.addAll(List.of(arguments));
        return new PionPeer(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** The next line it says: an offer's SDP, or its result as JSON. */
    String next() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IllegalStateException("the peer ended without a word");
        }
        var matcher = TEXT.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalStateException("the peer said " + line);
        }
        String value = matcher.group(2);
        return matcher.group(1).equals("result")
                ? value
                : value.substring(1, value.length() - 1).replace("\\r\\n", "\r\n");
    }

    void answer(String sdp) throws IOException {
        var writer = process.outputWriter(StandardCharsets.UTF_8);
        writer.write("{\"answer\":\"" + sdp.replace("\r\n", "\\r\\n") + "\"}\n");
        writer.flush();
    }

    /** A number of the result. */
    static int count(String result, String name) {
        var matcher = Pattern.compile("\"" + name + "\":(\\d+)").matcher(result);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + name + " in " + result);
        }
        return Integer.parseInt(matcher.group(1));
    }

    @Override
    public void close() {
        process.destroy();
    }
}
