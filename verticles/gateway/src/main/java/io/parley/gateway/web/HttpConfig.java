package io.parley.gateway.web;

import io.parley.gateway.socket.Encoding;
import io.parley.kernel.config.Settings;
import io.parley.schema.Limits;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;

/**
 * Where and how the server listens.
 *
 * @param port 0 = any free one
 * @param tlsCertificate PEM file with the chain; empty = no TLS here
 * @param clearTextHttp2 for a proxy in front that speaks HTTP/2 without TLS; such a server cannot tell how long a
 *     connection takes over its first request
 * @param firstRequestWithin a connection without a request by then is closed
 * @param keepAlive a connection that does nothing for so long is closed
 */
public record HttpConfig(
        String host,
        int port,
        String tlsCertificate,
        String tlsKey,
        boolean clearTextHttp2,
        Duration firstRequestWithin,
        Duration keepAlive) {
    private static final int REQUEST_LINE_BYTES_MAX = 8 * 1024;
    /** A token of 8 KiB and what browsers add. */
    private static final int HEADER_BYTES_MAX = 16 * 1024;

    /** To Vert.x, 0 is a free port for each of a verticle's instances, a negative number one for all of them. */
    private static final int ANY_FREE_FOR_ALL_LOOPS = -1;

    private static final int COMPRESS_FROM_BYTES = 1024;

    public static HttpConfig from(Settings settings) {
        return new HttpConfig(
                settings.text("http.host", "127.0.0.1", "address to listen on; 0.0.0.0 = all"),
                settings.small("http.port", 8080, 0, 65_535, "port of REST, WebSocket and web app; 0 = any free one"),
                settings.text("http.tls-certificate", "", "PEM file with the certificate chain; empty = no TLS here"),
                settings.text("http.tls-key", "", "PEM file with the private key"),
                settings.bool(
                        "http.h2c", false, "HTTP/2 without TLS; only behind a proxy that sees to slow clients itself"),
                duration(settings, "http.first-request-within", 10, "a connection without a request by then is closed"),
                duration(
                        settings, "http.keep-alive", 75, "an HTTP connection that does nothing for so long is closed"));
    }

    private static Duration duration(Settings settings, String key, int seconds, String doc) {
        return settings.duration(key, Duration.ofSeconds(seconds), Duration.ofMillis(50), Duration.ofHours(1), doc);
    }

    HttpServerOptions options() {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(port == 0 ? ANY_FREE_FOR_ALL_LOOPS : port)
                .setTcpNoDelay(true)
                .setHttp2ClearTextEnabled(clearTextHttp2)
                .setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX)
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setCompressionSupported(true)
                .setCompressionContentSizeThreshold(COMPRESS_FROM_BYTES)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setMaxWebSocketFrameSize(Limits.CLIENT_MESSAGE_BYTES_MAX)
                .setMaxWebSocketMessageSize(Limits.CLIENT_MESSAGE_BYTES_MAX)
                .setWebSocketClosingTimeout(5)
                .setWebSocketSubProtocols(Encoding.subprotocols());
        return tlsCertificate.isEmpty()
                ? options
                : options.setSsl(true)
                        .setUseAlpn(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertPath(tlsCertificate)
                                .addKeyPath(tlsKey));
    }
}
