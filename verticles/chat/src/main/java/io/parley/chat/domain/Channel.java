package io.parley.chat.domain;

/**
 * A channel as stored.
 *
 * @param custom an encoded struct, or empty; never changed in place
 * @param head the newest offset of its log
 * @param month the month that its log is written to; never goes back
 * @param deletedAtMillis 0 while it lives
 */
@SuppressWarnings("ArrayRecordComponent") // opaque bytes on their way from the store to the wire; never compared
public record Channel(
        ChannelKey key,
        String type,
        String name,
        String topic,
        boolean isPublic,
        boolean direct,
        boolean frozen,
        int slowModeSeconds,
        byte[] custom,
        String createdBy,
        long createdAtMillis,
        long updatedAtMillis,
        long version,
        String epoch,
        long head,
        int month,
        int memberCount,
        long lastMessageAtMillis,
        long deletedAtMillis) {

    public boolean isDeleted() {
        return deletedAtMillis > 0;
    }

    public Channel withHead(long newHead) {
        return new Channel(
                key,
                type,
                name,
                topic,
                isPublic,
                direct,
                frozen,
                slowModeSeconds,
                custom,
                createdBy,
                createdAtMillis,
                updatedAtMillis,
                version,
                epoch,
                newHead,
                month,
                memberCount,
                lastMessageAtMillis,
                deletedAtMillis);
    }

    public Channel withMemberCount(int newCount) {
        return new Channel(
                key,
                type,
                name,
                topic,
                isPublic,
                direct,
                frozen,
                slowModeSeconds,
                custom,
                createdBy,
                createdAtMillis,
                updatedAtMillis,
                version,
                epoch,
                head,
                month,
                newCount,
                lastMessageAtMillis,
                deletedAtMillis);
    }
}
