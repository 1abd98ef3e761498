package io.parley.gateway.socket;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.parley.gateway.contract.JsonReader;
import io.parley.gateway.contract.StrictJson;
import io.parley.gateway.contract.Violations;
import io.parley.schema.Limits;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Frame;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Takes one WebSocket message apart into frames. Never fails: what cannot be read is an {@link Inbound} too. */
final class FrameReader {
    private FrameReader() {}

    static List<Inbound> read(Encoding encoding, Buffer message) {
        return switch (encoding) {
            case JSON -> readJson(message.getBytes());
            case PROTO -> readProto(message.getBytes());
        };
    }

    private static List<Inbound> readJson(byte[] message) {
        List<Inbound> frames = new ArrayList<>(1);
        try (JsonParser json = StrictJson.parser(message)) {
            boolean array = json.nextToken() == JsonToken.START_ARRAY;
            JsonToken token = array ? json.nextToken() : json.currentToken();
            while (token == JsonToken.START_OBJECT) {
                if (frames.size() == Limits.FRAMES_PER_MESSAGE_MAX) {
                    return broken(frames, ErrorCode.PAYLOAD_TOO_LARGE, "too many frames in one message");
                }
                frames.add(readJsonFrame(json));
                token = array ? json.nextToken() : null;
            }
            boolean ended = array ? token == JsonToken.END_ARRAY : !frames.isEmpty();
            return ended && json.nextToken() == null
                    ? frames
                    : broken(frames, ErrorCode.MALFORMED, "a message is one frame or an array of frames");
        } catch (IOException notJson) {
            return broken(frames, ErrorCode.MALFORMED, "this is not JSON, or nests too deeply");
        }
    }

    private static Inbound readJsonFrame(JsonParser json) throws IOException {
        long start = json.currentTokenLocation().getByteOffset();
        Violations violations = new Violations();
        Frame.Builder frame = Frame.newBuilder();
        new JsonReader(json, violations).read(frame, "");
        long bytes = json.currentLocation().getByteOffset() - start;
        if (bytes > Limits.CLIENT_FRAME_BYTES_MAX) {
            return new Inbound.Refused(frame.getCmd().getId(), ErrorCode.PAYLOAD_TOO_LARGE);
        }
        return inbound(frame.build(), violations);
    }

    private static List<Inbound> readProto(byte[] message) {
        List<Inbound> frames = new ArrayList<>(1);
        CodedInputStream bytes = CodedInputStream.newInstance(message);
        try {
            while (!bytes.isAtEnd()) {
                if (frames.size() == Limits.FRAMES_PER_MESSAGE_MAX) {
                    return broken(frames, ErrorCode.PAYLOAD_TOO_LARGE, "too many frames in one message");
                }
                byte[] one = bytes.readByteArray();
                Frame frame = Frame.parseFrom(one);
                frames.add(
                        one.length > Limits.CLIENT_FRAME_BYTES_MAX
                                ? new Inbound.Refused(frame.getCmd().getId(), ErrorCode.PAYLOAD_TOO_LARGE)
                                : inbound(frame, new Violations()));
            }
        } catch (InvalidProtocolBufferException notOne) {
            return broken(frames, ErrorCode.MALFORMED, "this is not a frame behind its length");
        } catch (IOException impossible) {
            throw new IllegalStateException("reading an array does not fail", impossible);
        }
        return frames.isEmpty() ? broken(frames, ErrorCode.MALFORMED, "the message is empty") : frames;
    }

    /** Reply and push frames are the server's; one from a client means that it does not know its side. */
    private static Inbound inbound(Frame frame, Violations violations) {
        return switch (frame.getFrameCase()) {
            case CMD -> new Inbound.Command(frame.getCmd(), violations);
            case CTL -> new Inbound.Control(frame.getCtl());
            case REPLY, PUSH, FRAME_NOT_SET ->
                new Inbound.Broken(ErrorCode.MALFORMED, "a frame from a client holds \"cmd\" or \"ctl\"");
        };
    }

    private static List<Inbound> broken(List<Inbound> before, ErrorCode code, String detail) {
        before.add(new Inbound.Broken(code, detail));
        return before;
    }
}
