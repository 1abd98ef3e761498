/**
 * What presence means, without any I/O.
 *
 * <p>Start at {@link io.parley.presence.domain.Visibility}.
 */
@NullMarked
package io.parley.presence.domain;

import org.jspecify.annotations.NullMarked;
