package io.parley.signaling.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.schema.v1.Track;
import io.parley.schema.v1.TrackIntent;
import java.util.List;
import org.junit.jupiter.api.Test;

class OfferedTracksTest {
    private static final String OFFER = """
            v=0\r
            m=audio 9 UDP/TLS/RTP/SAVPF 111\r
            a=mid:0\r
            a=sendonly\r
            m=video 9 UDP/TLS/RTP/SAVPF 96\r
            a=mid:1\r
            a=sendonly\r
            m=video 9 UDP/TLS/RTP/SAVPF 96\r
            a=mid:2\r
            a=sendonly\r
            m=video 9 UDP/TLS/RTP/SAVPF 96\r
            a=mid:3\r
            a=recvonly\r
            m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r
            a=mid:4\r
            """;

    @Test
    void sectionsThatSendAreTracks() {
        var screen = TrackIntent.newBuilder()
                .setMid("2")
                .setKind(Track.Kind.SCREEN)
                .setMuted(true)
                .build();
        var tracks = OfferedTracks.of("p-1", OFFER, List.of(screen));
        assertEquals(
                List.of("p-1/0 MICROPHONE false", "p-1/1 CAMERA false", "p-1/2 SCREEN true"),
                tracks.stream()
                        .map(track -> track.getId() + " " + track.getKind() + " " + track.getMuted())
                        .toList());
    }

    @Test
    void nonsenseHasNoTracks() {
        assertEquals(List.of(), OfferedTracks.of("p", "m=video\nm=audio \r\na=mid:", List.of()));
    }
}
