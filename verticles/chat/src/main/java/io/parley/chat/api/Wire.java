package io.parley.chat.api;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;

/** Times and free-form fields. */
final class Wire {
    private Wire() {}

    static Timestamp time(long wallMillis) {
        return Timestamps.fromMillis(wallMillis);
    }

    /** What was stored was a struct once; anything else means that the database was changed by hand. */
    static Struct struct(byte[] encoded) {
        try {
            return Struct.parseFrom(encoded);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a stored custom field is no struct", broken);
        }
    }
}
