package io.parley.app;

import io.parley.kernel.config.Settings;
import java.util.Optional;

/** Stores that run elsewhere. Absent: Parley brings its own. URLs may hold passwords and are never printed. */
record StoreUrls(Optional<String> postgres, Optional<String> redis) {
    static StoreUrls from(Settings settings) {
        return new StoreUrls(
                settings.secret("pg.url", "postgresql://user:password@host:port/database; absent = embedded"),
                settings.secret("redis.url", "redis://host:port; absent = embedded"));
    }
}
