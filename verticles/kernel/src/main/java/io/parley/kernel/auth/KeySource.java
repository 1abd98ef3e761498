package io.parley.kernel.auth;

import io.parley.schema.Clock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys from a file and a URL, read again from time to time and when a token names an unknown key, yet never more often
 * than {@link #RELOAD_PAUSE}. A reload that fails keeps the keys there were. Thread-safe.
 */
public final class KeySource {
    private static final Logger LOG = LoggerFactory.getLogger(KeySource.class);
    /** Tokens with invented key ids must not become requests to the issuer. */
    static final Duration RELOAD_PAUSE = Duration.ofSeconds(10);

    static final int DOCUMENT_BYTES_MAX = 256 * 1024;
    private static final Duration FETCH_LIMIT = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final AuthConfig config;
    private final Clock clock;
    private final KeySet fixed;
    private final HttpClient http;
    private volatile KeySet fromFile = KeySet.EMPTY;
    private volatile KeySet fromUrl = KeySet.EMPTY;
    private volatile KeySet all;
    private long reloadedAtNanos;
    private long timer = -1;

    /** {@code fixed} keys are always there: the development key, a shared secret. */
    public KeySource(Vertx vertx, AuthConfig config, Clock clock, KeySet fixed) {
        this.vertx = vertx;
        this.config = config;
        this.clock = clock;
        this.fixed = fixed;
        this.all = fixed;
        this.http = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout((int) FETCH_LIMIT.toMillis()));
    }

    /**
     * Fails when a configured file or URL cannot be read the first time: better no start than a server nobody can
     * enter.
     */
    public Future<?> start() {
        timer = vertx.setPeriodic(config.refresh().toMillis(), _ -> reloadKeepingOld());
        return reload();
    }

    public Future<?> stop() {
        vertx.cancelTimer(timer);
        return http.close();
    }

    KeySet keys() {
        return all;
    }

    /** Completes at once when the last reload is too recent. */
    Future<?> reloadForUnknownKey() {
        synchronized (this) {
            if (clock.monoNanos() - reloadedAtNanos < RELOAD_PAUSE.toNanos()) {
                return Future.succeededFuture();
            }
            reloadedAtNanos = clock.monoNanos();
        }
        return reloadKeepingOld();
    }

    private Future<?> reloadKeepingOld() {
        return reload().recover(failure -> {
            LOG.warn("keys not read again, the old ones stay: {}", failure.toString());
            return Future.succeededFuture();
        });
    }

    private Future<Void> reload() {
        synchronized (this) {
            reloadedAtNanos = clock.monoNanos();
        }
        return Future.join(readFile(), fetch())
                .onComplete(
                        _ -> all = fixed.and(fromFile).and(fromUrl),
                        _ -> all = fixed.and(fromFile).and(fromUrl))
                .mapEmpty();
    }

    private Future<?> readFile() {
        return config.keysFile().isEmpty()
                ? Future.succeededFuture()
                : vertx.fileSystem()
                        .readFile(config.keysFile())
                        .compose(bytes -> parse(bytes.toString(StandardCharsets.UTF_8)))
                        .onSuccess(keys -> fromFile = keys);
    }

    private Future<?> fetch() {
        return config.keysUrl().isEmpty()
                ? Future.succeededFuture()
                : http.request(new RequestOptions()
                                .setAbsoluteURI(config.keysUrl())
                                .setMethod(HttpMethod.GET)
                                .setTimeout(FETCH_LIMIT.toMillis()))
                        .compose(request -> request.send().compose(KeySource::document))
                        .timeout(FETCH_LIMIT.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
                        .compose(KeySource::parse)
                        .onSuccess(keys -> fromUrl = keys);
    }

    private static Future<String> document(HttpClientResponse response) {
        String length = response.getHeader("Content-Length");
        if (response.statusCode() != 200 || (length != null && length.length() > 6)) {
            response.request().reset();
            return Future.failedFuture("keys answered " + response.statusCode() + ", " + length + " bytes");
        }
        return response.body()
                .compose(body -> body.length() > DOCUMENT_BYTES_MAX
                        ? Future.failedFuture("keys are larger than " + DOCUMENT_BYTES_MAX + " bytes")
                        : Future.succeededFuture(body.toString(StandardCharsets.UTF_8)));
    }

    private static Future<KeySet> parse(String jwks) {
        try {
            return Future.succeededFuture(KeySet.parse(jwks));
        } catch (ParseException broken) {
            return Future.failedFuture(broken);
        }
    }
}
