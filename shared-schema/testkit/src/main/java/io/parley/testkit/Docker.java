package io.parley.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;

/**
 * Whether a Docker engine answers. Where none can be, Testcontainers is not even asked: it takes seconds to give up.
 */
final class Docker {
    private static final class Holder {
        static final boolean ANSWERS =
                mayBeThere() && DockerClientFactory.instance().isDockerAvailable();
    }

    private Docker() {}

    static boolean answers() {
        return Holder.ANSWERS;
    }

    private static boolean mayBeThere() {
        return System.getenv("DOCKER_HOST") != null
                || Files.exists(Path.of("/var/run/docker.sock"))
                || Files.exists(Path.of(System.getProperty("user.home"), ".docker", "run", "docker.sock"))
                || Files.exists(Path.of(System.getProperty("user.home"), ".testcontainers.properties"));
    }
}
