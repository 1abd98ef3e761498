package io.parley.media.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser sends its camera to the media port and decodes what comes back. */
final class ChromiumPeerIT {
    private final Echo echo = new Echo();
    private final CompletableFuture<String> result = new CompletableFuture<>();

    @Test
    void aBrowserDecodesItsOwnVideo(@TempDir Path profile) throws Exception {
        var loopback = InetAddress.getLoopbackAddress();
        var config = new TransportConfig(List.of(loopback), 0, List.of(), 1, TransportConfig.Engine.AUTO, false);
        var http = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        try (var transport = MediaTransport.open(config)) {
            http.createContext("/", exchange -> reply(exchange, page()));
            http.createContext("/offer", exchange -> reply(exchange, answer(transport, exchange)));
            http.createContext("/result", exchange -> {
                result.complete(body(exchange));
                reply(exchange, "");
            });
            http.start();
            var browser =
                    browser(profile, "http://localhost:" + http.getAddress().getPort() + "/");
            try {
                String seen = result.get(90, TimeUnit.SECONDS);
                assertTrue(PionPeer.count(seen, "framesDecoded") >= 30, seen + echo.states);
                assertTrue(seen.contains("AEAD_AES_128_GCM\""), seen);
                assertEquals(List.of("CHECKING", "CONNECTED"), echo.states);
            } finally {
                browser.destroy();
                browser.waitFor(30, TimeUnit.SECONDS);
            }
        } finally {
            http.stop(0);
        }
    }

    private String answer(MediaTransport transport, HttpExchange exchange) throws IOException {
        String offer = body(exchange);
        var local = IceCredentials.fresh(new SecureRandom());
        var settings = SdpAnswer.settings(offer, local, "passive");
        transport.expect(settings, transport.shards().getFirst(), echo);
        return SdpAnswer.text(transport, settings, local, SdpAnswer.payloadType(offer), 1);
    }

    private static Process browser(Path profile, String url) throws IOException {
        String named = System.getenv("CHROMIUM");
        String program = named != null ? named : "chromium";
        return new ProcessBuilder(
                        program,
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--use-fake-device-for-media-stream",
                        "--use-fake-ui-for-media-stream",
                        "--allow-loopback-in-peer-connection",
                        "--user-data-dir=" + profile,
                        url)
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile(profile.getParent(), "chromium", ".log")
                        .toFile())
                .start();
    }

    private static String page() throws IOException {
        try (InputStream page =
                Objects.requireNonNull(ChromiumPeerIT.class.getResourceAsStream("browser.html"), "browser.html")) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void reply(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
