package io.parley.media.sfu.room;

import io.parley.media.sfu.allocation.Layer;
import io.parley.media.sfu.ingest.Encoding;
import java.util.ArrayList;
import java.util.List;

/**
 * What a video publication can be forwarded as, worst first, with what each step really costs: temporal layers of the
 * lowest size, then one step per larger size. A size is an encoding, or a spatial layer where there is one encoding
 * only. Sizes that the publisher was told not to encode stay on the ladder at what they cost last, so that they can be
 * asked for again.
 */
final class Ladder {
    private static final int SIZES = 4;
    private static final int STEPS = 8;
    private static final int DECAY = 50;
    private static final long RETURN_NANOS = 5_000_000_000L;
    private static final int[] NOMINAL_HEIGHTS = {180, 360, 720, 1_080};
    private static final long[] NOMINAL_BPS = {150_000, 500_000, 1_700_000, 3_000_000};

    private final Publication publication;
    private final long[] rememberedBps = new long[SIZES];
    private final long[] smoothedBps = new long[SIZES];
    private final int[] sizes = new int[STEPS];
    private final int[] temporals = new int[STEPS];
    private int seenSizes;
    private int steps;
    private int toldTop = SIZES - 1;
    private long toldNanos = Long.MIN_VALUE / 2;
    private List<Layer> layers = List.of();

    Ladder(Publication publication) {
        this.publication = publication;
    }

    /** Measures anew; answers whether steps appeared or went. */
    boolean refresh(long nowNanos) {
        var found = new ArrayList<Layer>(STEPS);
        int before = steps;
        int beforeTop = steps == 0 ? -1 : sizes[steps - 1];
        steps = 0;
        seenSizes = Math.max(seenSizes, countSizes(nowNanos));
        for (int size = 0; size < seenSizes; size++) {
            if (isOffered(size, nowNanos)) {
                addSteps(size, found, nowNanos);
            }
        }
        layers = List.copyOf(found);
        return steps != before || (steps > 0 && sizes[steps - 1] != beforeTop);
    }

    private int countSizes(long nowNanos) {
        if (publication.encodingCount() > 1) {
            return publication.encodingCount();
        }
        var only = publication.encoding(0);
        return only == null ? 0 : Math.min(SIZES, only.spatialTop(nowNanos) + 1);
    }

    private boolean isOffered(int size, long nowNanos) {
        boolean promised = size > toldTop || nowNanos - toldNanos < RETURN_NANOS;
        return isAlive(size, nowNanos) || (promised && !publication.isMuted());
    }

    private boolean isAlive(int size, long nowNanos) {
        var encoding = publication.encoding(encodingOf(size));
        if (encoding == null || !encoding.isAlive(nowNanos) || publication.isMuted()) {
            return false;
        }
        return !isLayered() || encoding.spatialTop(nowNanos) >= size;
    }

    private void addSteps(int size, List<Layer> found, long nowNanos) {
        var encoding = publication.encoding(encodingOf(size));
        int spatial = spatialOf(size);
        boolean alive = encoding != null && isAlive(size, nowNanos);
        int top = encoding == null ? -1 : encoding.temporalTop(spatial);
        for (int t = found.isEmpty() && alive ? 0 : Math.max(0, top); t <= Math.max(0, top); t++) {
            if (steps == STEPS) {
                return;
            }
            long bps = alive && encoding != null ? encoding.bps(spatial, t, nowNanos) : 0;
            if (t == top && bps > 0) {
                rememberedBps[size] = bps;
                bps = smooth(size, bps);
            }
            long cost = bps > 0 ? bps : rememberedBps[size] > 0 ? rememberedBps[size] : NOMINAL_BPS[size];
            sizes[steps] = size;
            temporals[steps] = t == Math.max(0, top) ? 7 : t;
            steps++;
            found.add(new Layer(height(encoding, size), cost));
        }
    }

    /** Rates swing with every keyframe: less is believed slowly, more at once. */
    private long smooth(int size, long bps) {
        smoothedBps[size] = Math.max(bps, smoothedBps[size] - smoothedBps[size] / DECAY);
        return smoothedBps[size];
    }

    private int height(@org.jspecify.annotations.Nullable Encoding encoding, int size) {
        int known = encoding == null ? 0 : encoding.height(spatialOf(size));
        return known > 0 ? known : NOMINAL_HEIGHTS[Math.max(0, size + 3 - Math.max(3, seenSizes))];
    }

    private boolean isLayered() {
        return publication.encodingCount() == 1;
    }

    private int encodingOf(int size) {
        return isLayered() ? 0 : size;
    }

    private int spatialOf(int size) {
        return isLayered() ? size : 0;
    }

    /** The steps as they were measured last. */
    List<Layer> layers() {
        return layers;
    }

    /** The size that a step belongs to, counted from 0; -1 for no step. */
    int size(int step) {
        return step < 0 || step >= steps ? -1 : sizes[step];
    }

    int encodingIndex(int step) {
        return encodingOf(sizes[step]);
    }

    int spatial(int step) {
        return isLayered() ? sizes[step] : 7;
    }

    int temporal(int step) {
        return temporals[step];
    }

    /** The largest size that comes now, -1 for none. */
    int aliveTop(long nowNanos) {
        int top = seenSizes - 1;
        while (top >= 0 && !isAlive(top, nowNanos)) {
            top--;
        }
        return top;
    }

    int toldTop() {
        return toldTop;
    }

    /** The publisher is told that sizes above {@code top} are not needed. */
    void told(int top, long nowNanos) {
        if (top > toldTop) {
            toldNanos = nowNanos;
        }
        toldTop = top;
    }
}
