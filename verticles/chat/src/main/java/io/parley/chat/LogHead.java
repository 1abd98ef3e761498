package io.parley.chat;

import io.parley.chat.domain.Channel;
import io.parley.chat.domain.MonthOfYear;
import io.parley.chat.store.PgLog;
import io.parley.schema.v1.Push;

/** The end of one locked channel's log while a transaction appends to it. */
final class LogHead {
    private final Channel channel;
    private final int month;
    private long offset;
    private long newSegment;
    private long lastMessageAtMillis;

    LogHead(Channel channel, long nowMillis) {
        this.channel = channel;
        this.offset = channel.head();
        this.month = Math.max(channel.month(), MonthOfYear.at(nowMillis)); // a clock behind never opens an old month
    }

    Channel channel() {
        return channel;
    }

    int month() {
        return month;
    }

    long offset() {
        return offset;
    }

    long next() {
        offset++;
        if (newSegment == 0 && month > channel.month()) {
            newSegment = offset;
        }
        return offset;
    }

    void messageAt(long nowMillis) {
        lastMessageAtMillis = nowMillis;
    }

    PgLog.Entry entry(Push push, long atMillis) {
        return new PgLog.Entry(
                channel.key(),
                month,
                push.getOffset(),
                atMillis,
                push.getEventCase().getNumber(),
                push.toByteArray(),
                false);
    }

    PgLog.Head head() {
        return new PgLog.Head(channel.key(), offset, month, newSegment, lastMessageAtMillis);
    }
}
