package io.parley.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.testkit.TestRedis;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the HTTP server does besides answering requests: pages of other origins, encodings, connections, files. */
@ExtendWith(TestRedis.class)
class HttpEdgesIT {
    private static final String ORIGIN = "https://app.example";
    private static final int PATIENCE_MILLIS = 60_000;

    private TestGateway gateway;

    @BeforeEach
    void start(TestRedis redis) {
        gateway = TestGateway.start(redis, "http.cors-origins", ORIGIN, "gateway.sweep", "50ms");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void pagesOfConfiguredOriginsMayCallAndOthersMayNot() {
        var preflight = gateway.request(HttpMethod.OPTIONS, "/v1/me")
                .putHeader("Origin", ORIGIN)
                .putHeader("Access-Control-Request-Method", "PATCH")
                .send()
                .await();
        assertEquals(204, preflight.statusCode());
        assertEquals(ORIGIN, TestGateway.header(preflight, "Access-Control-Allow-Origin"));
        assertTrue(TestGateway.header(preflight, "Access-Control-Allow-Methods").contains("PATCH"));
        assertTrue(TestGateway.header(preflight, "Access-Control-Allow-Headers").contains("Idempotency-Key"));
        var called = fromOrigin(ORIGIN);
        assertEquals(200, called.statusCode());
        assertEquals(ORIGIN, TestGateway.header(called, "Access-Control-Allow-Origin"));
        assertTrue(TestGateway.header(called, "Access-Control-Expose-Headers").contains("ETag"));
        assertEquals("", TestGateway.header(called, "Access-Control-Allow-Credentials"));
        assertEquals("", TestGateway.header(fromOrigin("https://evil.example"), "Access-Control-Allow-Origin"));
    }

    private HttpResponse<Buffer> fromOrigin(String origin) {
        return gateway.as("olga", HttpMethod.GET, "/v1/me")
                .putHeader("Origin", origin)
                .send()
                .await();
    }

    @Test
    void largeAnswersAreCompressedForWhoWantsIt() throws IOException {
        var plain = gateway.request(HttpMethod.GET, "/v1/openapi.json").send().await();
        var packed = gateway.request(HttpMethod.GET, "/v1/openapi.json")
                .putHeader("Accept-Encoding", "gzip")
                .send()
                .await();
        assertEquals("", TestGateway.header(plain, "Content-Encoding"));
        assertEquals("gzip", TestGateway.header(packed, "Content-Encoding"));
        byte[] bytes = body(packed).getBytes();
        assertTrue(bytes.length < body(plain).length() / 2);
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            assertEquals(plain.bodyAsString(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void http2IsSpokenOverTlsAndWithoutItWhenAskedFor(TestRedis redis, @TempDir Path folder) throws Exception {
        Certificate certificate = Certificate.make(folder);
        try (var secure = TestGateway.start(
                        redis,
                        "http.tls-certificate",
                        certificate.chain().toString(),
                        "http.tls-key",
                        certificate.key().toString());
                var clear = TestGateway.start(redis, "http.h2c", "true")) {
            var overTls = new HttpClientOptions()
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setVerifyHost(false)
                    .setTrustOptions(new PemTrustOptions()
                            .addCertPath(certificate.chain().toString()));
            assertEquals(
                    HttpVersion.HTTP_2,
                    version(secure, new HttpClientOptions(overTls).setProtocolVersion(HttpVersion.HTTP_2)));
            assertEquals(HttpVersion.HTTP_1_1, version(secure, new HttpClientOptions(overTls).setUseAlpn(false)));
            var priorKnowledge = new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false);
            assertEquals(HttpVersion.HTTP_2, version(clear, priorKnowledge));
        }
    }

    private static HttpVersion version(TestGateway gateway, HttpClientOptions options) {
        var client = gateway.clients().createHttpClient(options);
        var request = client.request(HttpMethod.GET, gateway.role.port(), "127.0.0.1", "/health/live")
                .await();
        var response = request.send().await();
        assertEquals(200, response.statusCode());
        return response.version();
    }

    /** A certificate of its own making, and its key, as PEM files. */
    private record Certificate(Path chain, Path key) {
        private static final char[] PASSWORD = "changeit".toCharArray();

        static Certificate make(Path folder) throws Exception {
            Path store = folder.resolve("server.p12");
            var keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "server",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=127.0.0.1",
                            "-ext",
                            "san=ip:127.0.0.1",
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            new String(PASSWORD),
                            "-keystore",
                            store.toString())
                    .inheritIO()
                    .start();
            assertEquals(0, keytool.waitFor());
            KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
            return new Certificate(
                    pem(
                            folder.resolve("chain.pem"),
                            "CERTIFICATE",
                            keys.getCertificate("server").getEncoded()),
                    pem(
                            folder.resolve("key.pem"),
                            "PRIVATE KEY",
                            keys.getKey("server", PASSWORD).getEncoded()));
        }

        private static Path pem(Path file, String kind, byte[] der) throws IOException {
            String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
            return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
        }
    }

    @Test
    void aConnectionThatSaysNothingIsEnded() throws IOException {
        try (Socket silent = raw()) {
            silent.setSoTimeout(100);
            await().atMost(TestGateway.PATIENCE).until(() -> isEndedAfter(silent, Duration.ofSeconds(11)));
        }
    }

    @Test
    void aRequestThatTricklesInDoesNotHoldItsConnection() throws IOException {
        try (Socket slow = raw();
                Socket answered = raw()) {
            write(slow, "GET /health/live HTTP/1.1\r\nHost: a\r\nX-");
            write(answered, "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
            assertTrue(readAnswer(answered).contains("200"));
            slow.setSoTimeout(100);
            await().atMost(TestGateway.PATIENCE).until(() -> isEndedAfter(slow, Duration.ofSeconds(11)));
            write(answered, "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
            assertTrue(readAnswer(answered).contains("200"), "one that has asked before may idle for longer");
        }
    }

    /** Lets time pass once more for a server that had not noticed the connection yet. */
    private boolean isEndedAfter(Socket socket, Duration step) throws IOException {
        gateway.clock.advance(step);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        }
    }

    @Test
    void headersThatAreTooLongAreRefused() throws IOException {
        try (Socket socket = raw()) {
            write(socket, "GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n");
            String answer = readAll(socket);
            assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
            assertTrue(answer.contains("PAYLOAD_TOO_LARGE"), answer);
        }
        try (Socket socket = raw()) {
            write(socket, "what is this\r\n\r\n");
            assertTrue(readAll(socket).contains("MALFORMED"));
        }
    }

    @Test
    void theReferenceAndTheAppAreServedStrictlyAndNothingElseIs() {
        var docs = gateway.request(HttpMethod.GET, "/docs").send().await();
        assertEquals(200, docs.statusCode());
        assertTrue(TestGateway.header(docs, "Content-Type").startsWith("text/html"));
        assertTrue(TestGateway.header(docs, "Content-Security-Policy").contains("default-src 'self'"));
        assertEquals("nosniff", TestGateway.header(docs, "X-Content-Type-Options"));
        var again = gateway.request(HttpMethod.GET, "/docs")
                .putHeader("If-None-Match", TestGateway.header(docs, "ETag"))
                .send()
                .await();
        assertEquals(304, again.statusCode());
        String app = gateway.request(HttpMethod.GET, "/").send().await().bodyAsString();
        for (String path :
                List.of("/docs/../../log4j2.xml", "/docs/%2e%2e/log4j2.xml", "/docs//etc/passwd", "/x.class")) {
            var answer = gateway.request(HttpMethod.GET, path).send().await();
            assertEquals(404, answer.statusCode(), path);
        }
        var page = gateway.request(HttpMethod.GET, "/%2e%2e/%2e%2e/etc/passwd")
                .send()
                .await();
        assertEquals(app, page.bodyAsString(), "what looks like a page is the app, never a file");
        assertEquals(
                405, gateway.request(HttpMethod.DELETE, "/docs").send().await().statusCode());
    }

    @Test
    void metricsAreNamedAsTheStyleSays() {
        gateway.as("mia", HttpMethod.GET, "/v1/me").send().await();
        gateway.connect("mia");
        String metrics =
                body(gateway.request(HttpMethod.GET, "/metrics").send().await()).toString();
        Pattern name = Pattern.compile("parley_[a-z]+(_[a-z0-9]+)+(\\{.*)?");
        var ours = metrics.lines().filter(line -> line.startsWith("parley_")).toList();
        assertFalse(ours.isEmpty());
        for (String line : ours) {
            assertTrue(name.matcher(line.substring(0, line.lastIndexOf(' '))).matches(), line);
            assertFalse(line.toLowerCase(Locale.ROOT).contains("mia"), "no label holds an id: " + line);
        }
        assertTrue(metrics.contains("parley_gateway_connections "));
    }

    private static Buffer body(HttpResponse<Buffer> response) {
        return Objects.requireNonNull(response.bodyAsBuffer());
    }

    private Socket raw() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.role.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The status line of an answer; its body is read too, so that the next one can follow. */
    private static String readAnswer(Socket socket) throws IOException {
        String status = readLine(socket);
        int length = 0;
        for (String line = readLine(socket); !line.isEmpty(); line = readLine(socket)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        socket.getInputStream().readNBytes(length);
        return status;
    }

    private static String readLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = read(socket); c != '\n'; c = read(socket)) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static int read(Socket socket) throws IOException {
        int c = socket.getInputStream().read();
        if (c < 0) {
            throw new EOFException("the server closed the connection");
        }
        return c;
    }

    private static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
