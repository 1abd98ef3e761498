package io.parley.media.sfu.room;

import io.parley.media.sfu.Limits;
import java.util.List;

/**
 * Something that a participant sends.
 *
 * @param id unique in the room
 * @param mid of its media section, empty when packets do not say it
 * @param encodings lowest quality first, one to four
 */
public record PublicationOptions(String id, SourceKind kind, String mid, List<EncodingOptions> encodings) {
    public PublicationOptions {
        encodings = List.copyOf(encodings);
        if (encodings.isEmpty() || encodings.size() > Limits.ENCODINGS) {
            throw new IllegalArgumentException("a publication has 1 to " + Limits.ENCODINGS + " encodings");
        }
    }
}
