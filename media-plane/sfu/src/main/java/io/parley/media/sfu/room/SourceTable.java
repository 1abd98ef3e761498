package io.parley.media.sfu.room;

import io.parley.media.rtp.RtpPacket;
import io.parley.media.rtp.extension.ExtensionKind;
import io.parley.media.rtp.extension.ExtensionMap;
import io.parley.media.rtp.extension.HeaderExtensions;
import io.parley.media.rtp.extension.SdesName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which publication and encoding an SSRC belongs to (RFC 8843 section 9.2): as the offer says, or as the first packet
 * says with MID and RID. Bounded; an SSRC that fits nothing is refused. One owner.
 */
final class SourceTable {
    private final int[] ssrcs;
    private final @Nullable Publication[] publications;
    private final byte[] encodings;
    private final boolean[] repairs;
    private final List<Publication> all = new ArrayList<>();
    private int count;
    private int lastFound;

    SourceTable(int size) {
        ssrcs = new int[size];
        publications = new Publication[size];
        encodings = new byte[size];
        repairs = new boolean[size];
    }

    void add(Publication publication) {
        all.add(publication);
        var options = publication.options().encodings();
        for (int i = 0; i < options.size(); i++) {
            bind(options.get(i).ssrc(), publication, i, false);
            bind(options.get(i).repairSsrc(), publication, i, true);
        }
    }

    void remove(Publication publication) {
        all.remove(publication);
        for (int i = count - 1; i >= 0; i--) {
            if (publications[i] == publication) {
                count--;
                ssrcs[i] = ssrcs[count];
                publications[i] = publications[count];
                encodings[i] = encodings[count];
                repairs[i] = repairs[count];
                publications[count] = null;
            }
        }
    }

    private int bind(int ssrc, Publication publication, int encoding, boolean repair) {
        if (ssrc == 0 || count == ssrcs.length || findSsrc(ssrc) >= 0) {
            return -1;
        }
        ssrcs[count] = ssrc;
        publications[count] = publication;
        encodings[count] = (byte) encoding;
        repairs[count] = repair;
        count++;
        return count - 1;
    }

    /** A second SSRC for the same stream is foreign, unless packets name the stream: then the first has ended. */
    private int take(int ssrc, Publication publication, int encoding, boolean repair, boolean named) {
        for (int i = 0; i < count; i++) {
            boolean same = publications[i] == publication && encodings[i] == encoding && repairs[i] == repair;
            if (same && named) {
                ssrcs[i] = ssrc;
                return i;
            }
            if (same) {
                return -1;
            }
        }
        return bind(ssrc, publication, encoding, repair);
    }

    int findSsrc(int ssrc) {
        if (lastFound < count && ssrcs[lastFound] == ssrc) {
            return lastFound;
        }
        for (int i = 0; i < count; i++) {
            if (ssrcs[i] == ssrc) {
                lastFound = i;
                return i;
            }
        }
        return -1;
    }

    /** The entry of a packet, bound now if this is the first of its SSRC; -1 when it belongs to nothing. */
    int find(RtpPacket packet, HeaderExtensions extensions, ExtensionMap ids, boolean repair) {
        int known = findSsrc(packet.ssrc());
        return known >= 0 ? known : bindByNames(packet, extensions, ids, repair);
    }

    private int bindByNames(RtpPacket packet, HeaderExtensions extensions, ExtensionMap ids, boolean repair) {
        int mid = index(extensions, ids, ExtensionKind.MID);
        int rid = index(extensions, ids, repair ? ExtensionKind.REPAIRED_RID : ExtensionKind.RID);
        for (var publication : all) {
            boolean named =
                    mid >= 0 && matches(extensions, mid, publication.options().mid());
            if (!named && (mid >= 0 || all.size() > 1)) {
                continue;
            }
            var options = publication.options().encodings();
            for (int i = 0; i < options.size(); i++) {
                boolean only = options.size() == 1 && rid < 0;
                if (only || (rid >= 0 && matches(extensions, rid, options.get(i).rid()))) {
                    return take(packet.ssrc(), publication, i, repair, named);
                }
            }
        }
        return -1;
    }

    private static int index(HeaderExtensions extensions, ExtensionMap ids, ExtensionKind kind) {
        int id = ids.id(kind);
        return id == 0 ? -1 : extensions.find(id);
    }

    private static boolean matches(HeaderExtensions extensions, int index, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        return SdesName.matches(extensions.memory(), extensions.at(index), extensions.length(index), bytes);
    }

    @Nullable
    Publication publication(int entry) {
        return publications[entry];
    }

    Publication publicationOf(int entry) {
        var publication = publications[entry];
        if (publication == null) {
            throw new IllegalStateException("entry " + entry + " is free");
        }
        return publication;
    }

    int encoding(int entry) {
        return encodings[entry];
    }

    boolean isRepair(int entry) {
        return repairs[entry];
    }
}
