package io.parley.media.transport.srtp;

import io.parley.media.transport.Limits;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The replay windows of a peer's sources by SSRC: open addressing, no allocation once a source is known. */
final class SourceTable {
    private int[] ssrcs = new int[8];
    private @Nullable ReplayWindow[] windows = new ReplayWindow[8];
    private int count;

    /** The window of {@code ssrc}, or null when it is not known. */
    @Nullable
    ReplayWindow find(int ssrc) {
        return windows[slot(ssrc, ssrcs, windows)];
    }

    /** Takes a source in; false when there are {@link Limits#SOURCES_PER_PEER} already. */
    boolean add(int ssrc, ReplayWindow window) {
        if (count == Limits.SOURCES_PER_PEER) {
            return false;
        }
        if (++count * 2 > ssrcs.length) {
            grow();
        }
        put(ssrc, window, ssrcs, windows);
        return true;
    }

    private void grow() {
        int[] widerSsrcs = new int[ssrcs.length * 2];
        var widerWindows = Arrays.copyOf(new ReplayWindow[0], ssrcs.length * 2);
        for (int i = 0; i < ssrcs.length; i++) {
            var window = windows[i];
            if (window != null) {
                put(ssrcs[i], window, widerSsrcs, widerWindows);
            }
        }
        ssrcs = widerSsrcs;
        windows = widerWindows;
    }

    private static void put(int ssrc, ReplayWindow window, int[] ssrcs, @Nullable ReplayWindow[] windows) {
        int slot = slot(ssrc, ssrcs, windows);
        ssrcs[slot] = ssrc;
        windows[slot] = window;
    }

    /** Where {@code ssrc} is, or where it would be. */
    private static int slot(int ssrc, int[] ssrcs, @Nullable ReplayWindow[] windows) {
        int mask = ssrcs.length - 1;
        int slot = ((ssrc * 0x9e37_79b9) >>> 16) & mask;
        while (windows[slot] != null && ssrcs[slot] != ssrc) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
