package io.parley.gateway.socket;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import com.google.protobuf.util.JsonFormat;
import io.parley.gateway.socket.FrameSamples.Sample;
import io.parley.schema.v1.Frame;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes {@code shared-schema/vectors/frames.json}: one case per line. */
final class FrameVectors {
    private static final String ABOUT =
            "Frames of every kind, as canonical JSON and as protobuf in hex. The spellings mean"
                    + " the frame that they name, though they are not how it is written."
                    + " Messages hold several frames. Made by FrameVectorsTest.";
    /** No field will ever have this number. */
    private static final int UNKNOWN_FIELD = 99_999;

    private final List<Sample> samples = FrameSamples.all();
    private final Map<String, Sample> byName =
            samples.stream().collect(Collectors.toMap(Sample::name, sample -> sample));

    private FrameVectors() {}

    static String text() {
        FrameVectors vectors = new FrameVectors();
        return "{\n  \"about\": " + new JsonArray().add(ABOUT).encode().replaceAll("^\\[|]$", "") + ",\n"
                + list(
                        "frames",
                        vectors.samples.stream().map(FrameVectors::vector).toList()) + ",\n"
                + list("spellings", vectors.spellings()) + ",\n"
                + list("messages", vectors.messages()) + "\n}\n";
    }

    static String print(Frame frame) {
        try {
            return JsonFormat.printer().omittingInsignificantWhitespace().print(frame);
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException("a frame holds no Any, so it always prints", impossible);
        }
    }

    private static String list(String name, List<JsonObject> cases) {
        return cases.stream()
                .map(JsonObject::encode)
                .collect(Collectors.joining(",\n    ", "  \"" + name + "\": [\n    ", "\n  ]"));
    }

    private static JsonObject vector(Sample sample) {
        return new JsonObject()
                .put("name", sample.name())
                .put("from", sample.from())
                .put("json", new JsonObject(print(sample.frame())))
                .put("proto", hex(sample.frame()));
    }

    private List<JsonObject> spellings() {
        return List.of(
                json(
                        "64 bits as a number",
                        "event messageCreated",
                        text -> text.replace("\"offset\":\"101\"", "\"offset\":101")),
                json("32 bits as text", "nothing but the command", text -> text.replace("\"id\":1", "\"id\":\"1\"")),
                json("defaults written out", "ping number 0", _ -> "{\"ctl\":{\"ping\":{\"n\":0}}}"),
                json(
                        "null for what is not there",
                        "nothing done",
                        _ -> "{\"reply\":{\"id\":1,\"err\":null,\"ok\":{\"replayed\":null,\"unsubscribe\":{}}}}"),
                json(
                        "an enum by its number",
                        "event presenceChanged",
                        text -> text.replaceAll("\"state\":\"[A-Z]+\"", "\"state\":3")),
                json(
                        "members of a newer peer",
                        "event channelDeleted",
                        text -> text.replace(
                                "\"channelDeleted\":{", "\"mood\":[{}],\"channelDeleted\":{\"why\":{\"a\":[1]},")),
                json(
                        "members of a newer client",
                        "no reply wanted",
                        text -> text.replace("\"setTyping\":{", "\"priority\":9,\"setTyping\":{\"speed\":\"fast\",")),
                proto("a field of a newer server", "event channelDeleted"),
                proto("a field of a newer client", "no reply wanted"));
    }

    private JsonObject json(String name, String means, java.util.function.UnaryOperator<String> spell) {
        String canonical = print(frame(means));
        String other = spell.apply(canonical);
        if (other.equals(canonical)) {
            throw new IllegalStateException(name + " is how it is written anyway");
        }
        return spelling(name, means).put("json", new JsonObject(other));
    }

    /** The same frame with a field that nobody knows, in the frame itself and in what it holds. */
    private JsonObject proto(String name, String means) {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(UNKNOWN_FIELD, Field.newBuilder().addVarint(1).build())
                .build();
        Frame.Builder frame = frame(means).toBuilder();
        if (frame.hasCmd()) {
            frame.getCmdBuilder().setUnknownFields(unknown);
        } else {
            frame.getPushBuilder().setUnknownFields(unknown);
        }
        return spelling(name, means)
                .put("proto", hex(frame.setUnknownFields(unknown).build()));
    }

    private JsonObject spelling(String name, String means) {
        return new JsonObject()
                .put("name", name)
                .put("means", means)
                .put("from", named(means).from());
    }

    private List<JsonObject> messages() {
        JsonObject nothing = message("no frame at all", FrameSamples.CLIENT, List.of());
        nothing.remove("proto"); // in protobuf a message without a frame is none
        return List.of(
                nothing,
                message("one frame in brackets", FrameSamples.SERVER, List.of("event messageCreated")),
                message(
                        "frames of three kinds",
                        FrameSamples.SERVER,
                        List.of("answer sendMessage", "event messageCreated", "control positions of the server")),
                message(
                        "as many as a client may",
                        FrameSamples.CLIENT,
                        IntStream.range(0, 64)
                                .mapToObj(i -> i % 2 == 0 ? "no reply wanted" : "control ack of a client")
                                .toList()));
    }

    private JsonObject message(String name, String from, List<String> names) {
        JsonArray json = new JsonArray();
        Buffer proto = Buffer.buffer();
        for (String each : names) {
            json.add(new JsonObject(print(frame(each))));
            proto.appendBuffer(
                    Batch.alone(Encoding.PROTO, Buffer.buffer(frame(each).toByteArray())));
        }
        return new JsonObject()
                .put("name", name)
                .put("from", from)
                .put("frames", new JsonArray(names))
                .put("json", json)
                .put("proto", HexFormat.of().formatHex(proto.getBytes()));
    }

    private Frame frame(String name) {
        return named(name).frame();
    }

    private Sample named(String name) {
        return Objects.requireNonNull(byName.get(name), name);
    }

    private static String hex(Frame frame) {
        return HexFormat.of().formatHex(frame.toByteArray());
    }
}
