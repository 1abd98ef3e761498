package io.parley.chat.domain;

import java.util.List;

/**
 * A message as stored. Ids of other messages are empty and offsets and times 0 where there are none.
 *
 * @param custom an encoded struct, or empty; never changed in place
 */
@SuppressWarnings("ArrayRecordComponent") // opaque bytes on their way from the store to the wire; never compared
public record Message(
        ChannelKey channel,
        int month,
        long offset,
        String id,
        String authorId,
        String clientId,
        String text,
        byte[] custom,
        String parentId,
        long parentOffset,
        boolean timeline,
        String quotedId,
        long quotedOffset,
        List<String> mentions,
        String kind,
        long createdAtMillis,
        long editedAtMillis,
        long deletedAtMillis,
        int version) {
    public static final String SYSTEM = "system";

    public Message {
        mentions = List.copyOf(mentions);
    }

    public MessageRef ref() {
        return new MessageRef(channel, offset);
    }

    public boolean isDeleted() {
        return deletedAtMillis > 0;
    }

    public boolean isReply() {
        return parentOffset > 0;
    }

    public Message edited(String newText, byte[] newCustom, List<String> newMentions, long nowMillis) {
        return new Message(
                channel,
                month,
                offset,
                id,
                authorId,
                clientId,
                newText,
                newCustom,
                parentId,
                parentOffset,
                timeline,
                quotedId,
                quotedOffset,
                newMentions,
                kind,
                createdAtMillis,
                nowMillis,
                deletedAtMillis,
                version + 1);
    }
}
