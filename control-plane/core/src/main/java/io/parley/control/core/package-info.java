/**
 * What the control plane decides, without doing it: which media nodes there are, and which of them takes a session.
 *
 * <p>Start at {@link io.parley.control.core.Registry}.
 */
@NullMarked
package io.parley.control.core;

import org.jspecify.annotations.NullMarked;
