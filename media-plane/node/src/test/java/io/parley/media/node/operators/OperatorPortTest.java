package io.parley.media.node.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.node.health.Caller;
import io.parley.media.node.rooms.Joining;
import io.parley.media.node.rooms.MediaRooms;
import io.parley.media.node.rooms.RoomListener;
import io.parley.media.sfu.allocation.Role;
import io.parley.media.transport.MediaTransport;
import io.parley.media.transport.TransportConfig;
import io.parley.media.transport.dtls.DtlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator reads of a node in which two peers talk. */
final class OperatorPortTest {
    private static final String ROOM = "acme/standup";
    private static final int FILE_HEAD = 24;
    private static final int RECORD_HEAD = 16;
    private static final int IP_AND_UDP = 28;
    private static final int RTP_HEAD = 12;
    private static final int VOICE = 60;

    private final SecureRandom random = new SecureRandom();
    private final DtlsIdentity identity = DtlsIdentity.fresh(random, Instant.now());
    private final HttpClient http = HttpClient.newHttpClient();
    private MediaTransport transport;
    private MediaRooms rooms;
    private Metrics metrics;
    private OperatorPort port;
    private volatile String complaint = "";
    private Caller anna;
    private Caller ben;

    @BeforeEach
    void start() {
        var loopback = InetAddress.ofLiteral("127.0.0.1");
        transport = MediaTransport.open(
                new TransportConfig(List.of(loopback), 0, List.of(), 2, TransportConfig.Engine.AUTO, false));
        rooms = new MediaRooms(transport, random, System::currentTimeMillis, new RoomListener() {});
        metrics = new Metrics(transport, rooms);
        port = new OperatorPort(new InetSocketAddress(loopback, 0), rooms, metrics, () -> complaint);
        anna = new Caller(loopback, identity, random);
        ben = new Caller(loopback, identity, random);
        enter("anna", anna);
        enter("ben", ben);
        patiently().until(this::talk);
    }

    private void enter(String name, Caller caller) {
        rooms.join(new Joining(ROOM, name, Role.VIEWER, caller.offer(), Map.of()))
                .thenCompose(answer -> caller.connect(answer, media()))
                .orTimeout(50, TimeUnit.SECONDS)
                .join();
    }

    private InetSocketAddress media() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(),
                transport.candidates().getFirst().port());
    }

    private boolean talk() {
        anna.speak();
        ben.speak();
        return anna.heard() > 0 && ben.heard() > 0;
    }

    @AfterEach
    void stop() {
        anna.close();
        ben.close();
        port.close();
        metrics.close();
        transport.close();
        http.close();
    }

    @Test
    void theMetricsSayWhatHappened_andNeverGoBack() throws IOException, InterruptedException {
        assertEquals(2, value("parley_media_participants"));
        assertEquals(1, value("parley_media_rooms"));
        assertTrue(value("parley_media_latency_seconds_count") > 0);
        patiently().until(() -> talk() && value("parley_media_rtp_forwarded_total") > 5);
        double forwarded = value("parley_media_rtp_forwarded_total");
        assertTrue(rooms.leave(ROOM, "anna").orTimeout(50, TimeUnit.SECONDS).join());
        assertTrue(rooms.leave(ROOM, "ben").orTimeout(50, TimeUnit.SECONDS).join());
        patiently().until(() -> value("parley_media_participants") == 0);
        assertTrue(value("parley_media_rtp_forwarded_total") >= forwarded);
    }

    @Test
    void aRoomIsShownAsATree_andOneThatIsNotThereIsNotFound() throws IOException, InterruptedException {
        String tree = text("/debug/rooms/" + ROOM);
        assertTrue(tree.startsWith("{\"id\":\"" + ROOM + "\",\"participants\":2,"), tree);
        assertTrue(text("/debug/rooms").startsWith("[{\"id\":\"" + ROOM), tree);
        assertEquals(404, get("/debug/rooms/acme/other").statusCode());
        assertEquals(404, get("/elsewhere").statusCode());
    }

    @Test
    void aNodeThatTakesNobodyIsLiveButNotReady() throws IOException, InterruptedException {
        assertEquals(200, get("/health/ready").statusCode());
        complaint = "draining";
        assertEquals(503, get("/health/ready").statusCode());
        assertEquals("draining\n", text("/health/ready"));
        assertEquals(200, get("/health/live").statusCode());
    }

    @Test
    void aCaptureHoldsHeadersBothWays_andMediaOnlyWhenAskedFor() {
        assertEquals(List.of(RTP_HEAD, RTP_HEAD), captured("false"));
        assertEquals(List.of(RTP_HEAD + VOICE, RTP_HEAD + VOICE), captured("true"));
    }

    @Test
    void aCaptureOfNobodyOrForTooLongIsRefused() throws IOException, InterruptedException {
        assertEquals(
                404,
                get("/debug/capture?room=" + ROOM + "&participant=nobody&seconds=1")
                        .statusCode());
        assertEquals(
                400,
                get("/debug/capture?room=" + ROOM + "&participant=anna&seconds=301")
                        .statusCode());
        assertEquals(
                400,
                get("/debug/capture?room=" + ROOM + "&participant=anna&seconds=x")
                        .statusCode());
    }

    /** Bytes kept of the first packet that anna sent and of the first that she was sent. */
    private List<Integer> captured(String full) {
        var reply = CompletableFuture.supplyAsync(() -> {
            try {
                return get("/debug/capture?room=" + ROOM + "&participant=anna&seconds=2&full=" + full)
                        .body();
            } catch (IOException | InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        });
        patiently().until(() -> talk() && reply.isDone());
        var file = ByteBuffer.wrap(reply.join());
        assertEquals(0xa1b2c3d4, file.order(ByteOrder.LITTLE_ENDIAN).getInt(0));
        return List.of(firstFrom(file, 0x0a000001), firstFrom(file, 0x0a000002));
    }

    private static int firstFrom(ByteBuffer file, int source) {
        int at = FILE_HEAD;
        while (at < file.limit()) {
            int kept = file.order(ByteOrder.LITTLE_ENDIAN).getInt(at + 8);
            int packet = at + RECORD_HEAD;
            boolean rtp = (file.get(packet + IP_AND_UDP + 1) & 0x7f) == 111;
            if (rtp && file.order(ByteOrder.BIG_ENDIAN).getInt(packet + 12) == source) {
                return kept - IP_AND_UDP;
            }
            at = packet + kept;
        }
        return -1;
    }

    private double value(String name) throws IOException, InterruptedException {
        return text("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(-1);
    }

    private String text(String path) throws IOException, InterruptedException {
        return new String(get(path).body(), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.port() + path))
                .timeout(Duration.ofSeconds(50))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(50)).pollInterval(20, TimeUnit.MILLISECONDS);
    }
}
