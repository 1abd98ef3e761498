package io.parley.app.embedded;

import io.parley.schema.Randomness;
import io.parley.schema.SecureRandomness;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;

/** Files that only the owner may read, where the file system knows owners. Whole or absent, whenever one looks. */
final class SecretFile {
    private static final int PASSWORD_BYTES = 24;
    private static final Randomness RANDOMNESS = new SecureRandomness();

    private SecretFile() {}

    /** The password in {@code file}; made on the first call. Hexadecimal, so that no place needs to quote it. */
    static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] bytes = new byte[PASSWORD_BYTES];
            RANDOMNESS.fill(bytes);
            write(file, HexFormat.of().formatHex(bytes) + "\n");
        }
        return Files.readString(file).strip();
    }

    static void write(Path file, String text) throws IOException {
        Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), ".", ".draft"); // for the owner only
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes the folder if need be, and keeps others out of it. */
    static Path folder(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileStore store = Files.getFileStore(folder);
        if (store.supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        return folder;
    }
}
