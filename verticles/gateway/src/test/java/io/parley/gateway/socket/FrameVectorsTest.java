package io.parley.gateway.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.parley.schema.v1.Frame;
import io.parley.testkit.Vectors;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The golden frames that all implementations agree on: made here from the contract, read here and by the tests of both
 * SDKs. Whatever changes one of them changes the protocol for clients that are out there.
 */
final class FrameVectorsTest {
    private static final Path FILE =
            Path.of(Objects.requireNonNull(System.getProperty("parley.root")), "shared-schema/vectors/frames.json");

    @Test
    void theFileHoldsEveryKindOfFrame() throws IOException {
        String fresh = FrameVectors.text();
        if (System.getenv("UPDATE_VECTORS") != null) {
            Files.writeString(FILE, fresh);
        }
        assertEquals(
                Files.readString(FILE),
                fresh,
                "the contract changed: run this test with UPDATE_VECTORS=1, see what changed");
    }

    @TestFactory
    Stream<DynamicTest> aFrameIsTheSameInBothEncodings() {
        return Vectors.each("frames", "frames", vector -> {
            Frame frame = proto(vector.getString("proto"));
            assertEquals(frame, json(vector.getJsonObject("json")));
            assertEquals(vector.getString("proto"), HexFormat.of().formatHex(frame.toByteArray()));
            assertEquals(vector.getJsonObject("json"), new JsonObject(FrameVectors.print(frame)));
        });
    }

    @TestFactory
    Stream<DynamicTest> aSocketReadsWhatClientsSend() {
        return Vectors.each("frames", "frames", vector -> {
            if (vector.getString("from").equals(FrameSamples.CLIENT)) {
                Frame frame = proto(vector.getString("proto"));
                Buffer text = vector.getJsonObject("json").toBuffer();
                assertEquals(List.of(frame), read(Encoding.JSON, text));
                assertEquals(List.of(frame), read(Encoding.PROTO, Batch.alone(Encoding.PROTO, hex(vector))));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aSocketWritesWhatServersSend() {
        return Vectors.each("frames", "frames", vector -> {
            if (vector.getString("from").equals(FrameSamples.SERVER)) {
                SharedFrame frame = shared(proto(vector.getString("proto")));
                assertEquals(
                        vector.getJsonObject("json"),
                        frame.encoded(Encoding.JSON).toJsonObject());
                assertEquals(hex(vector), frame.encoded(Encoding.PROTO));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> otherSpellingsMeanTheSame() {
        Map<String, Frame> frames = Vectors.file("frames").getJsonArray("frames").stream()
                .map(JsonObject.class::cast)
                .collect(Collectors.toMap(
                        vector -> vector.getString("name"), vector -> proto(vector.getString("proto"))));
        return Vectors.each("frames", "spellings", vector -> {
            Frame meant = Objects.requireNonNull(frames.get(vector.getString("means")));
            if (vector.containsKey("json")) {
                assertEquals(meant, json(vector.getJsonObject("json")));
            }
            if (vector.containsKey("json") && meant.hasCmd()) {
                assertEquals(
                        List.of(meant),
                        read(Encoding.JSON, vector.getJsonObject("json").toBuffer()));
            }
            if (vector.containsKey("proto")) {
                Frame understood = proto(vector.getString("proto"));
                assertEquals(FrameVectors.print(meant), FrameVectors.print(understood));
                assertEquals(hex(vector), Buffer.buffer(understood.toByteArray()), "what is unknown is kept");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aMessageHoldsManyFrames() {
        Map<String, JsonObject> frames = Vectors.file("frames").getJsonArray("frames").stream()
                .map(JsonObject.class::cast)
                .collect(Collectors.toMap(vector -> vector.getString("name"), Function.identity()));
        return Vectors.each("frames", "messages", vector -> {
            JsonArray names = vector.getJsonArray("frames");
            List<Frame> held = names.stream()
                    .map(name -> proto(Objects.requireNonNull(frames.get(name)).getString("proto")))
                    .toList();
            JsonArray json = vector.getJsonArray("json");
            assertEquals(held.size(), json.size());
            if (vector.getString("from").equals(FrameSamples.CLIENT)) {
                assertEquals(held, read(Encoding.JSON, json.toBuffer()));
                assertEquals(held, vector.containsKey("proto") ? read(Encoding.PROTO, hex(vector)) : held);
            } else {
                assertEquals(json, batch(Encoding.JSON, held).toJsonArray());
                assertEquals(hex(vector), batch(Encoding.PROTO, held));
            }
        });
    }

    private static Buffer batch(Encoding encoding, List<Frame> frames) {
        Batch batch = new Batch(encoding, shared(frames.getFirst()).encoded(encoding));
        frames.stream().skip(1).forEach(frame -> batch.add(shared(frame).encoded(encoding)));
        return batch.end();
    }

    private static SharedFrame shared(Frame frame) {
        return switch (frame.getFrameCase()) {
            case REPLY -> SharedFrame.of(frame.getReply());
            case PUSH -> SharedFrame.of(frame.getPush());
            case CTL -> SharedFrame.of(frame.getCtl());
            case CMD, FRAME_NOT_SET -> throw new IllegalArgumentException("a server sends no " + frame.getFrameCase());
        };
    }

    private static List<Frame> read(Encoding encoding, Buffer message) {
        return FrameReader.read(encoding, message).stream()
                .map(inbound -> switch (inbound) {
                    case Inbound.Command(var cmd, var violations)
                    when violations.isEmpty() -> Frame.newBuilder().setCmd(cmd).build();
                    case Inbound.Control(var ctl) ->
                        Frame.newBuilder().setCtl(ctl).build();
                    case Inbound.Command _, Inbound.Refused _, Inbound.Broken _ -> throw new AssertionError(inbound);
                })
                .toList();
    }

    private static Buffer hex(JsonObject vector) {
        return Buffer.buffer(HexFormat.of().parseHex(vector.getString("proto")));
    }

    private static Frame proto(String hex) {
        try {
            return Frame.parseFrom(HexFormat.of().parseHex(hex));
        } catch (InvalidProtocolBufferException broken) {
            throw new AssertionError(hex, broken);
        }
    }

    private static Frame json(JsonObject json) {
        try {
            Frame.Builder frame = Frame.newBuilder();
            JsonFormat.parser().ignoringUnknownFields().merge(json.encode(), frame);
            return frame.build();
        } catch (InvalidProtocolBufferException broken) {
            throw new AssertionError(json.encode(), broken);
        }
    }
}
