/**
 * The program: settings, start and stop order, the command line.
 *
 * <p>Start at {@link io.parley.app.Main} and {@link io.parley.app.ParleyNode}.
 */
@NullMarked
package io.parley.app;

import org.jspecify.annotations.NullMarked;
