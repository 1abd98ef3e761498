package io.parley.chat;

import io.parley.kernel.bus.Refusal;
import io.parley.schema.v1.Message;
import io.parley.schema.v1.Ok;
import io.parley.schema.v1.SentMessage;

/** What became of one send of a batch. */
sealed interface SendResult {
    record Stored(Ok ok) implements SendResult {}

    /** Was stored by an earlier send under the same key. */
    record Repeated(Ok ok) implements SendResult {}

    record Refused(Refusal refusal) implements SendResult {}

    static Ok answer(Message message) {
        return Ok.newBuilder()
                .setSendMessage(SentMessage.newBuilder().setMessage(message))
                .build();
    }

    /** The first answer again. */
    static Ok asDuplicate(Ok first) {
        return first.toBuilder()
                .setReplayed(true)
                .setSendMessage(first.getSendMessage().toBuilder().setDuplicate(true))
                .build();
    }
}
