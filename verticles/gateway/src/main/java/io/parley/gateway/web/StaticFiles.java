package io.parley.gateway.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The web app and the reference, from the class path: small, read once, kept in memory. Files with a hash in their name
 * never change and are cached for a year; the others are asked for again. Thread-safe.
 */
final class StaticFiles {
    private record StaticFile(Buffer bytes, String type, String etag, boolean immutable) {}

    private static final long CACHE_BYTES = 64L << 20;
    private static final Pattern SAFE = Pattern.compile("(/[A-Za-z0-9_@-][A-Za-z0-9_.@-]*)+");
    private static final Pattern HASHED = Pattern.compile("/assets/.*[.-][A-Za-z0-9_-]{8,}\\.[a-z0-9]+");
    private static final String POLICY =
            "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' https: data: blob:;"
                    + " style-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self';"
                    + " frame-ancestors 'none'";
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("map", "application/json"));

    private final Cache<String, Optional<StaticFile>> files = Caffeine.newBuilder()
            .maximumWeight(CACHE_BYTES)
            .weigher((String path, Optional<StaticFile> file) ->
                    path.length() + file.map(found -> found.bytes().length()).orElse(0))
            .build();

    /**
     * Serves {@code /web} + path; a path that looks like a page of the app gets the app. False when there is nothing.
     */
    boolean serveApp(HttpServerRequest request, String path) {
        Optional<StaticFile> file = find(path.equals("/") ? "/web/index.html" : "/web" + path)
                .or(() -> isPage(path)
                        ? find("/web/index.html").or(() -> find("/placeholder/index.html"))
                        : Optional.empty());
        file.ifPresent(found -> send(request, found));
        return file.isPresent();
    }

    /** Serves exactly this resource. */
    boolean serve(HttpServerRequest request, String resource) {
        Optional<StaticFile> file = find(resource);
        file.ifPresent(found -> send(request, found));
        return file.isPresent();
    }

    /** A document that is made, not stored. */
    void sendJson(HttpServerRequest request, Supplier<Buffer> document) {
        files.get("made " + request.path(), _ -> Optional.of(file(document.get(), "application/json", false)))
                .ifPresent(found -> send(request, found));
    }

    static void secure(HttpServerResponse response) {
        response.putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Permissions-Policy", "camera=(self), microphone=(self), display-capture=(self)")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin");
    }

    private static boolean isPage(String path) {
        return path.lastIndexOf('.') <= path.lastIndexOf('/');
    }

    private Optional<StaticFile> find(String encoded) {
        String path;
        try {
            path = QueryStringDecoder.decodeComponent(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEscape) {
            return Optional.empty();
        }
        // Segments never begin with a dot, so nothing leads out of the folder.
        return SAFE.matcher(path).matches() ? files.get(path, StaticFiles::read) : Optional.empty();
    }

    private static Optional<StaticFile> read(String path) {
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
        if (type == null) {
            return Optional.empty();
        }
        try (InputStream in = StaticFiles.class.getResourceAsStream(path)) {
            if (in == null) {
                return Optional.empty();
            }
            Buffer bytes = Buffer.buffer(in.readAllBytes());
            return Optional.of(file(bytes, type, HASHED.matcher(path).find()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static StaticFile file(Buffer bytes, String type, boolean immutable) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.getBytes());
            return new StaticFile(bytes, type, "\"" + HexFormat.of().formatHex(digest, 0, 16) + "\"", immutable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static void send(HttpServerRequest request, StaticFile file) {
        HttpServerResponse response = request.response();
        secure(response);
        response.putHeader("ETag", file.etag())
                .putHeader("Cache-Control", file.immutable() ? "public, max-age=31536000, immutable" : "no-cache");
        if (file.etag().equals(request.getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("Content-Type", file.type());
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", Integer.toString(file.bytes().length()))
                    .end();
        } else {
            response.end(file.bytes());
        }
    }
}
