package io.parley.control.core;

/**
 * What a media node says of itself when it attaches.
 *
 * @param id stable over restarts
 * @param incarnation fresh for each start of its process
 * @param region such as {@code eu-west}: what comes before the first dash is the region's group
 * @param endpoint "address:port" of its media port
 * @param participantLimit participants it is willing to hold, at least 1
 */
public record NodeFacts(String id, String incarnation, String region, String endpoint, int participantLimit) {
    public NodeFacts {
        if (participantLimit < 1) {
            throw new IllegalArgumentException("a node without room for anybody");
        }
    }

    String group() {
        return groupOf(region);
    }

    static String groupOf(String region) {
        int dash = region.indexOf('-');
        return dash < 0 ? region : region.substring(0, dash);
    }
}
