package io.parley.app.acceptance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spans leave the process once somebody says where to: here to a collector of a few lines, over gRPC. */
class TracesLeaveIT {
    private static final String EXPORT = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    private static final long PATIENCE_SECONDS = 120;

    private final LinkedBlockingQueue<String> exported = new LinkedBlockingQueue<>();

    @TempDir
    Path folder;

    @Test
    void aRequestIsSeenByTheCollectorThatIsConfigured() throws Exception {
        Vertx vertx = Vertx.vertx();
        HttpServer collector = vertx.createHttpServer()
                .requestHandler(this::collect)
                .listen(0, "127.0.0.1")
                .await();
        try (ServerProcess server = ServerProcess.up(
                folder.resolve("data"),
                "--set",
                "tracing.otlp=http://127.0.0.1:" + collector.actualPort(),
                "--set",
                "tracing.per-mille=1000")) {
            new TestRest(server.url()).get("/v1/openapi.json");
            String spans = exported.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            for (String part : List.of("service.name", "parley", "service.instance.id", "GET")) {
                assertTrue(spans != null && spans.contains(part), () -> part + " in " + spans);
            }
        } finally {
            vertx.close().await();
        }
    }

    /** Text stands in protobuf as it is. An empty message and a good status end the call. */
    private void collect(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            if (EXPORT.equals(request.path())) {
                exported.add(body.toString(StandardCharsets.ISO_8859_1));
            }
            request.response()
                    .putHeader("content-type", "application/grpc")
                    .putTrailer("grpc-status", "0")
                    .end(Buffer.buffer(new byte[5]));
        });
    }
}
