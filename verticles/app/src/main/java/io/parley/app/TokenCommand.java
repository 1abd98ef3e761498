package io.parley.app;

import io.parley.kernel.auth.AuthConfig;
import io.parley.kernel.auth.DevelopmentKey;
import io.parley.schema.SystemClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code ./parley token}: a token signed with the development key of the data folder. Production mode refuses such
 * tokens.
 */
@Command(
        name = "token",
        description = "Prints a development token.",
        mixinStandardHelpOptions = true,
        footer = "Accepted by a server on the same data folder, while auth.mode is development.")
final class TokenCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(names = "--user", required = true, paramLabel = "ID", description = "whose token")
    private String user = "";

    @Option(names = "--tenant", paramLabel = "ID", description = "default: the server's default tenant")
    private String tenant = "";

    @Option(names = "--roles", split = ",", paramLabel = "ROLE", description = "user (default), admin, system")
    private List<String> roles = List.of("user");

    @Option(names = "--ttl", paramLabel = "SECONDS", description = "how long it is good for (default: a day)")
    private long ttlSeconds = Duration.ofDays(1).toSeconds();

    @Override
    public Integer call() throws IOException {
        AuthConfig config = AuthConfig.from(common.settings(Map.of()));
        if (config.production()) {
            throw new StartException("auth.mode is production: tokens come from your own issuer");
        }
        if (ttlSeconds <= 0) {
            throw new StartException("--ttl must be a number of seconds above 0");
        }
        String home = tenant.isEmpty() ? config.defaultTenant() : tenant;
        try {
            System.out.println(DevelopmentKey.in(Path.of(config.developmentKeyFile()))
                    .minter()
                    .mint(home, user, roles, Duration.ofSeconds(ttlSeconds), new SystemClock().wallMillis()));
        } catch (IllegalArgumentException badId) {
            throw new StartException(String.valueOf(badId.getMessage()));
        }
        return 0;
    }
}
