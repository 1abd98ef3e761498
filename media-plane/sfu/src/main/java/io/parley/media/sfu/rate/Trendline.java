package io.parley.media.sfu.rate;

/**
 * Whether the one-way delay is rising: a line through the last 20 smoothed delays, compared with a threshold that
 * adapts, so that a flow does not starve beside one that fills the queue. Algorithm and numbers: libwebrtc (BSD
 * licence) trendline_estimator; Carlucci et al., "Analysis and Design of the Google Congestion Control", 2016.
 */
final class Trendline {
    private static final int WINDOW = 20;
    private static final double SMOOTHING = 0.9;
    private static final double GAIN = 4;
    private static final int DELTAS_MAX = 60;
    private static final double OVERUSE_MILLIS = 10;
    private static final double RISE = 0.0087;
    private static final double FALL = 0.039;
    private static final double ADAPT_OFFSET_MAX = 15;

    private final double[] times = new double[WINDOW];
    private final double[] delays = new double[WINDOW];
    private int points;
    private double accumulated;
    private double smoothed;
    private double threshold = 12.5;
    private double lastTrend;
    private double overusingMillis = -1;
    private int overuses;
    private long lastUpdateMicros = -1;
    private Usage usage = Usage.NORMAL;

    void add(double sendDeltaMillis, double arrivalDeltaMillis, long arrivalMicros) {
        accumulated += arrivalDeltaMillis - sendDeltaMillis;
        smoothed = SMOOTHING * smoothed + (1 - SMOOTHING) * accumulated;
        int index = points % WINDOW;
        times[index] = arrivalMicros / 1e3;
        delays[index] = smoothed;
        points++;
        double trend = points >= WINDOW ? slope() : lastTrend;
        detect(trend, sendDeltaMillis, arrivalMicros);
    }

    Usage usage() {
        return usage;
    }

    void reset() {
        points = 0;
        accumulated = 0;
        smoothed = 0;
        lastTrend = 0;
        overusingMillis = -1;
        overuses = 0;
        usage = Usage.NORMAL;
    }

    private double slope() {
        double origin = times[points % WINDOW];
        double meanTime = 0;
        double meanDelay = 0;
        for (int i = 0; i < WINDOW; i++) {
            meanTime += times[i] - origin;
            meanDelay += delays[i];
        }
        meanTime /= WINDOW;
        meanDelay /= WINDOW;
        double above = 0;
        double below = 0;
        for (int i = 0; i < WINDOW; i++) {
            double dx = times[i] - origin - meanTime;
            above += dx * (delays[i] - meanDelay);
            below += dx * dx;
        }
        return below == 0 ? lastTrend : above / below;
    }

    private void detect(double trend, double sendDeltaMillis, long nowMicros) {
        double scaled = Math.min(points, DELTAS_MAX) * trend * GAIN;
        if (scaled > threshold) {
            overusingMillis = overusingMillis < 0 ? sendDeltaMillis / 2 : overusingMillis + sendDeltaMillis;
            overuses++;
            if (overusingMillis > OVERUSE_MILLIS && overuses > 1 && trend >= lastTrend) {
                overusingMillis = 0;
                overuses = 0;
                usage = Usage.OVER;
            }
        } else {
            overusingMillis = -1;
            overuses = 0;
            usage = scaled < -threshold ? Usage.UNDER : Usage.NORMAL;
        }
        lastTrend = trend;
        adapt(scaled, nowMicros);
    }

    private void adapt(double scaled, long nowMicros) {
        double size = Math.abs(scaled);
        if (lastUpdateMicros >= 0 && size <= threshold + ADAPT_OFFSET_MAX) {
            double millis = Math.clamp((nowMicros - lastUpdateMicros) / 1e3, 0, 100);
            double factor = size < threshold ? FALL : RISE;
            threshold = Math.clamp(threshold + factor * (size - threshold) * millis, 6, 600);
        }
        lastUpdateMicros = nowMicros;
    }
}
