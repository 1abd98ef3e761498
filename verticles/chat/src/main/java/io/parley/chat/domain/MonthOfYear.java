package io.parley.chat.domain;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** Months as dense numbers, year x 12 + month: what messages and events are partitioned by. UTC. */
public final class MonthOfYear {
    private MonthOfYear() {}

    public static int at(long wallMillis) {
        ZonedDateTime time = Instant.ofEpochMilli(wallMillis).atZone(ZoneOffset.UTC);
        return time.getYear() * 12 + time.getMonthValue() - 1;
    }
}
