package io.parley.app;

import io.parley.kernel.config.Settings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.Option;

/** Options of every command, and the settings made of them: file before environment before flags. */
final class CommonOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where everything is kept (default: ./data)",
            defaultValue = "data")
    Path data = Path.of("data");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "settings, one key = value a line (default: parley.conf in the data folder, if there)")
    Optional<Path> config = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "one setting; `./parley admin config` lists them all")
    Map<String, String> set = new LinkedHashMap<>();

    Settings settings(Map<String, String> flags) {
        Settings settings = Settings.defaults();
        Path file = config.orElse(data.resolve("parley.conf"));
        if (Files.exists(file)) {
            settings.file(read(file), file.toString());
        } else if (config.isPresent()) {
            throw new StartException("there is no settings file " + file);
        }
        Map<String, String> all = new LinkedHashMap<>(set);
        all.putAll(flags);
        settings.environment(System.getenv()).flags(all);
        settings.preset(
                "auth.development-key-file",
                data.resolve("development-key.json").toString());
        return settings;
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException unreadable) {
            throw new StartException("cannot read the settings in " + file + ": " + unreadable.getMessage());
        }
        Map<String, String> values = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return values;
    }
}
