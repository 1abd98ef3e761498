package io.parley.chat.domain;

import java.util.List;

/** A message that somebody wants to send. Ids of other messages are empty where there are none. */
@SuppressWarnings("ArrayRecordComponent") // opaque bytes on their way from the wire to the store; never compared
public record Draft(
        Actor author,
        ChannelKey channel,
        String clientId,
        String text,
        byte[] custom,
        String parentId,
        boolean alsoInChannel,
        String quotedId,
        List<String> mentions) {
    public static final String EVERYBODY = "@channel";

    public Draft {
        mentions = List.copyOf(mentions);
    }

    public MemberKey member() {
        return new MemberKey(channel, author.id());
    }

    public boolean mentionsEverybody() {
        return mentions.contains(EVERYBODY);
    }
}
