package io.parley.app.embedded;

import io.parley.app.StartException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder with everything a node keeps, held by one process at a time. The lock ends with the process, however it
 * ends.
 */
public final class DataFolder implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Makes the folder if need be. A folder in use is refused, with the process id of its user. */
    public static DataFolder lock(Path path) {
        Path lockFile = path.resolve("parley.lock");
        try {
            Files.createDirectories(path);
            FileChannel channel = FileChannel.open(
                    lockFile, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new StartException(("the data folder %s is in use by process %s; "
                                + "stop that one first, or give another folder with --data")
                        .formatted(
                                path.toAbsolutePath().normalize(),
                                Files.readString(path.resolve("parley.pid")).strip()));
            }
            Files.writeString(
                    path.resolve("parley.pid"), ProcessHandle.current().pid() + "\n");
            return new DataFolder(path.toRealPath(), channel);
        } catch (IOException failure) {
            throw new StartException("the data folder " + path + " cannot be used: " + failure);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ourOwn) {
            return null;
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path.resolve("parley.pid"));
            channel.close();
        } catch (IOException gone) {
            // The lock ends with the process at the latest.
        }
    }
}
