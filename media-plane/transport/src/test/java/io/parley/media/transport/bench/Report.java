package io.parley.media.transport.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of several runs, as a table for people and as JSON for machines; the form of load/bench's reports. */
final class Report {
    private final String bench;
    private final String method;
    private final Map<List<String>, List<Double>> rows = new LinkedHashMap<>();

    Report(String bench, String method) {
        this.bench = bench;
        this.method = method;
    }

    /** Notes a figure of one run. */
    void add(String figure, String unit, double value) {
        rows.computeIfAbsent(List.of(figure, unit), _ -> new ArrayList<>()).add(value);
    }

    void print(PrintStream out) {
        out.printf("%n%s%n%s%n%n%-52s %-8s %12s %12s %12s%n", bench, method, "figure", "unit", "min", "median", "max");
        rows.forEach((row, values) -> {
            var sorted = values.stream().sorted().toList();
            out.printf(
                    Locale.ROOT,
                    "%-52s %-8s %12.2f %12.2f %12.2f%n",
                    row.getFirst(),
                    row.getLast(),
                    sorted.getFirst(),
                    sorted.get(sorted.size() / 2),
                    sorted.getLast());
        });
    }

    void write(Path file) throws IOException {
        var lines = new ArrayList<String>();
        rows.forEach((row, values) -> {
            var sorted = values.stream().sorted().toList();
            lines.add(String.format(
                    Locale.ROOT,
                    "    {\"figure\": \"%s\", \"unit\": \"%s\", \"min\": %s, \"median\": %s, \"max\": %s, "
                            + "\"runs\": %s}",
                    row.getFirst(),
                    row.getLast(),
                    sorted.getFirst(),
                    sorted.get(sorted.size() / 2),
                    sorted.getLast(),
                    values));
        });
        Files.writeString(file, """
                {
                  "bench": "%s",
                  "method": "%s",
                  "when": "%s",
                  "cores": %d,
                  "rows": [
                %s
                  ]
                }
                """.formatted(
                        bench,
                        method,
                        Instant.now().truncatedTo(ChronoUnit.SECONDS),
                        Runtime.getRuntime().availableProcessors(),
                        String.join(",\n", lines)));
    }
}
