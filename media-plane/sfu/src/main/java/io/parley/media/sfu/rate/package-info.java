/**
 * How fast one receiver may be sent to: pure congestion control with time passed in as microseconds.
 *
 * <p>Start at {@link io.parley.media.sfu.rate.CongestionController}, which joins the parts; then {@code DelayEstimator}
 * and {@code Prober}. One owner per object, no threads, nothing allocated after construction. Rates are bits a second.
 */
@NullMarked
package io.parley.media.sfu.rate;

import org.jspecify.annotations.NullMarked;
