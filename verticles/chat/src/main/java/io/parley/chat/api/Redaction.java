package io.parley.chat.api;

import io.parley.schema.v1.Message;
import io.parley.schema.v1.Push;

/** Takes texts out of events whose message, or quoted message, was deleted since. The place in the stream stays. */
public final class Redaction {
    private Redaction() {}

    /** The event without what its message said; for an event of a message that quotes, see {@link #unquote}. */
    public static Push blank(Push push) {
        return switch (push.getEventCase()) {
            case MESSAGE_CREATED ->
                push.toBuilder()
                        .setMessageCreated(push.getMessageCreated().toBuilder()
                                .setMessage(blank(push.getMessageCreated().getMessage())))
                        .build();
            case MESSAGE_EDITED ->
                push.toBuilder()
                        .setMessageEdited(push.getMessageEdited().toBuilder()
                                .setMessage(blank(push.getMessageEdited().getMessage())))
                        .build();
            case MENTIONED ->
                push.toBuilder()
                        .setMentioned(push.getMentioned().toBuilder().clearExcerpt())
                        .build();
            default -> push;
        };
    }

    /** The event without the text that its message quotes. */
    public static Push unquote(Push push) {
        return switch (push.getEventCase()) {
            case MESSAGE_CREATED ->
                push.toBuilder()
                        .setMessageCreated(push.getMessageCreated().toBuilder()
                                .setMessage(unquote(push.getMessageCreated().getMessage())))
                        .build();
            case MESSAGE_EDITED ->
                push.toBuilder()
                        .setMessageEdited(push.getMessageEdited().toBuilder()
                                .setMessage(unquote(push.getMessageEdited().getMessage())))
                        .build();
            default -> push;
        };
    }

    private static Message blank(Message message) {
        return message.toBuilder()
                .clearText()
                .clearCustom()
                .clearQuote()
                .clearMentions()
                .clearReactions()
                .build();
    }

    private static Message unquote(Message message) {
        return message.toBuilder()
                .setQuote(message.getQuote().toBuilder().clearAuthorId().clearExcerpt())
                .build();
    }
}
