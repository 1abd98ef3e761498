package io.parley.schema;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The SQL migrations on the class path, {@code migrations/NNNN_name.sql}, in order. */
public final class MigrationFiles {
    /** One file; {@code version} is the number in its name: numbers begin at 1 and have no holes. */
    public record Migration(int version, String name, String sql) {}

    private MigrationFiles() {}

    /** All of them. Throws IllegalStateException when a number is missing or stands twice, or a file cannot be read. */
    public static List<Migration> all() {
        URL folder = MigrationFiles.class.getResource("/migrations");
        if (folder == null) {
            return List.of();
        }
        try {
            URI uri = folder.toURI();
            if (!"jar".equals(uri.getScheme())) {
                return read(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return read(jar.getPath("/migrations"));
            }
        } catch (IOException | URISyntaxException unreadable) {
            throw new IllegalStateException("cannot read the migrations", unreadable);
        }
    }

    private static List<Migration> read(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(path -> path.getFileName().toString().endsWith(".sql"))
                    .sorted()
                    .toList();
        }
        List<Migration> migrations = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            int version = Integer.parseInt(name.substring(0, 4));
            if (version != migrations.size() + 1) {
                throw new IllegalStateException("migration " + name + " should have number " + (migrations.size() + 1));
            }
            migrations.add(new Migration(version, name, Files.readString(file)));
        }
        return List.copyOf(migrations);
    }
}
