package io.parley.signaling.live;

import io.parley.schema.v1.Track;
import io.parley.schema.v1.TrackIntent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which sections of a session description (RFC 8866) can send. Only that: whether the offer can be answered is the
 * node's to say.
 */
public final class OfferedTracks {
    /** More sections that send than this are not listed; the node refuses such offers. */
    private static final int TRACKS_MAX = 8;

    private OfferedTracks() {}

    /** In the order of the offer; {@code intents} say what they carry, else a camera or a microphone, not muted. */
    public static List<Track> of(String participantId, String offer, List<TrackIntent> intents) {
        Map<String, TrackIntent> byMid = new HashMap<>();
        intents.forEach(intent -> byMid.put(intent.getMid(), intent));
        List<Track> tracks = new ArrayList<>();
        sending(offer).forEach((mid, video) -> {
            TrackIntent intent = byMid.getOrDefault(
                    mid,
                    TrackIntent.newBuilder()
                            .setKind(video ? Track.Kind.CAMERA : Track.Kind.MICROPHONE)
                            .build());
            if (tracks.size() < TRACKS_MAX) {
                tracks.add(Track.newBuilder()
                        .setId(participantId + "/" + mid)
                        .setMid(mid)
                        .setKind(intent.getKind())
                        .setMuted(intent.getMuted())
                        .build());
            }
        });
        return tracks;
    }

    /** The media ids of sections that send, and whether they are video. */
    private static Map<String, Boolean> sending(String offer) {
        Map<String, Boolean> found = new LinkedHashMap<>();
        for (String section : offer.split("(?m)^m=", -1)) {
            boolean video = section.startsWith("video ");
            if (!video && !section.startsWith("audio ")) {
                continue;
            }
            String mid = "";
            boolean sends = true; // sendrecv is what a section without a direction means
            for (String line : section.split("\r?\n", -1)) {
                if (line.startsWith("a=mid:")) {
                    mid = line.substring("a=mid:".length()).strip();
                } else if (line.equals("a=recvonly") || line.equals("a=inactive")) {
                    sends = false;
                }
            }
            if (sends && !mid.isEmpty()) {
                found.put(mid, video);
            }
        }
        return found;
    }
}
