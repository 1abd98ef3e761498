package io.parley.gateway.limit;

import io.parley.kernel.config.Settings;
import io.parley.schema.v1.Route;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which buckets a request takes from: the user's ceiling and the one of its class, as its tenant has them. */
public record Policies(Map<String, Policy> common, Map<String, Policy> ofTenants) {
    private static final String USER = "user";
    private static final String GUEST = "guest";
    private static final String ADDRESS = "address";

    static final Map<String, String> DEFAULTS = defaults();

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put(USER, "10000/60s burst 2500");
        defaults.put("read", "6000/60s burst 1500");
        defaults.put("write", "3000/60s burst 600");
        defaults.put("send", "6000/60s burst 2000");
        defaults.put("signal", "3000/60s burst 600");
        defaults.put("auth", "300/60s burst 100");
        defaults.put(GUEST, "60/3600s burst 30");
        defaults.put(ADDRESS, "1200/60s burst 600");
        return defaults;
    }

    public static Policies from(Settings settings) {
        Map<String, Policy> common = new HashMap<>();
        DEFAULTS.forEach((name, text) -> common.put(
                name,
                settings.parsed(
                        "limits." + name,
                        text,
                        Policy.ALLOWED,
                        "rate limit",
                        written -> Optional.of(Policy.parse(name, written)))));
        Map<String, Policy> ofTenants = settings.parsed(
                "limits.tenants",
                "",
                "TENANT.NAME=" + Policy.ALLOWED + ", several by commas, with NAME one of "
                        + String.join(", ", DEFAULTS.keySet()),
                "limits of single tenants",
                written -> Optional.of(ofTenants(written)));
        return new Policies(Map.copyOf(common), ofTenants);
    }

    private static Map<String, Policy> ofTenants(String written) {
        Map<String, Policy> ofTenants = new HashMap<>();
        for (String entry : written.isBlank() ? new String[0] : written.split(",", -1)) {
            int dot = entry.indexOf('.');
            int equal = entry.indexOf('=');
            if (dot < 1 || equal < dot || !DEFAULTS.containsKey(entry.substring(dot + 1, equal))) {
                throw new IllegalArgumentException(entry);
            }
            String name = entry.substring(dot + 1, equal);
            ofTenants.put(
                    entry.substring(0, equal).strip(),
                    Policy.parse(name, entry.substring(equal + 1).strip()));
        }
        return Map.copyOf(ofTenants);
    }

    /** The ceiling of the user and the bucket of the class. */
    List<Policy> of(String tenant, Route.Class routeClass) {
        return List.of(named(tenant, USER), named(tenant, routeClass.name().toLowerCase(Locale.ROOT)));
    }

    /** Everything that applies to a user of a tenant, for {@code GET /v1/limits}. */
    List<Policy> ofUser(String tenant) {
        return List.of("user", "read", "write", "send", "signal", "auth").stream()
                .map(name -> named(tenant, name))
                .toList();
    }

    Policy guests() {
        return named("", GUEST);
    }

    /** For requests that nobody has signed yet. */
    Policy address() {
        return named("", ADDRESS);
    }

    private Policy named(String tenant, String name) {
        Policy own = ofTenants.get(tenant + "." + name);
        return own != null ? own : common.getOrDefault(name, Policy.parse(name, "1/1s"));
    }
}
