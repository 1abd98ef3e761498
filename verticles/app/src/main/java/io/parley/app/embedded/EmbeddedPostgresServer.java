package io.parley.app.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * PostgreSQL on a folder of ours, with fsync on: what it acknowledges survives the machine. Reached on loopback only,
 * with a password: other users of the machine reach the loopback too.
 */
final class EmbeddedPostgresServer implements AutoCloseable {
    private static final String BY_PASSWORD = "scram-sha-256";
    private static final String BY_NOTHING = "trust";

    /** Of postmaster.pid, counted from 1. */
    private static final int PORT_LINE = 4;

    private final EmbeddedPostgres server;
    private final String password;

    private EmbeddedPostgresServer(EmbeddedPostgres server, String password) {
        this.server = server;
        this.password = password;
    }

    static EmbeddedPostgresServer start(Path folder, Path passwordFile) throws IOException {
        SecretFile.folder(folder);
        Orphan.stop(folder.resolve("postmaster.pid"), "postgres", folder);
        Path rules = folder.resolve("pg_hba.conf");
        boolean isNew = !Files.exists(rules);
        boolean isOpen = !isNew && Files.readString(rules).contains(BY_NOTHING + "\n");
        if (!isNew && !isOpen && !Files.exists(passwordFile)) {
            throw new IOException(("the password in %s is gone: put it back, or say %s instead of %s in %s once, "
                            + "and a new one is made")
                    .formatted(passwordFile, BY_NOTHING, BY_PASSWORD, rules));
        }
        String password = SecretFile.password(passwordFile);
        // The library turns fsync off and trusts everybody unless told; the rest fits one small machine.
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setLocaleConfig("auth", BY_PASSWORD) // of a new folder, as the next: the library's one way to initdb
                .setLocaleConfig("pwfile", passwordFile.toString())
                .setConnectConfig("password", password)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "128MB")
                .setServerConfig("wal_compression", "on")
                .setServerConfig("max_wal_size", "2GB")
                .setServerConfig("checkpoint_timeout", "15min")
                .setServerConfig("log_min_messages", "fatal")
                .setRegisterShutdownHook(false) // the node stops it, after everything that uses it
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
        EmbeddedPostgresServer started = new EmbeddedPostgresServer(server, password);
        if (isOpen) {
            started.askForThePassword(rules);
        }
        return started;
    }

    /** For a folder from before there were passwords; each step may be repeated. */
    private void askForThePassword(Path rules) throws IOException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("ALTER ROLE postgres PASSWORD '" + password + "'");
            SecretFile.write(rules, Files.readString(rules).replaceAll("(?m)\\b" + BY_NOTHING + "$", BY_PASSWORD));
            statement.execute("SELECT pg_reload_conf()");
        } catch (SQLException failure) {
            close();
            throw new IOException("the database does not take its password", failure);
        }
    }

    /** How to reach the server that runs on the folder now, whoever started it. */
    static Optional<String> running(Path folder, Path passwordFile) throws IOException {
        Path pidFile = folder.resolve("postmaster.pid");
        if (!Files.exists(pidFile) || !Files.exists(passwordFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.size() < PORT_LINE) {
            return Optional.empty(); // it is just beginning
        }
        boolean lives = ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .map(ProcessHandle::isAlive)
                .orElse(false);
        String port = lines.get(PORT_LINE - 1).strip();
        return lives ? Optional.of(url(SecretFile.password(passwordFile), port)) : Optional.empty();
    }

    String url() {
        return url(password, Integer.toString(server.getPort()));
    }

    private static String url(String password, String port) {
        return "postgresql://postgres:" + password + "@127.0.0.1:" + port + "/postgres";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
