package io.parley.kernel.contract;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import io.parley.schema.v1.Cmd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Tells a repeated request from another one under the same key: what the transport adds does not count. */
public final class RequestHash {
    private RequestHash() {}

    public static byte[] of(Cmd cmd) {
        if (cmd.hasSendMessage()) {
            return sha256(cmd.getSendMessage()); // its key is inside; REST and WebSocket may spell the rest differently
        }
        return sha256(cmd.toBuilder().clearId().clearTraceparent().clearKey().build());
    }

    private static byte[] sha256(MessageLite message) {
        try {
            var bytes = new ByteArrayOutputStream(message.getSerializedSize());
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.useDeterministicSerialization(); // maps in one order
            message.writeTo(out);
            out.flush();
            return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory does not fail", impossible);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
