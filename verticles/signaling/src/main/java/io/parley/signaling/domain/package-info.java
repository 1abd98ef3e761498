/**
 * What a room is, apart from who is in it.
 *
 * <p>Start at {@link io.parley.signaling.domain.RoomFacts}.
 */
@NullMarked
package io.parley.signaling.domain;

import org.jspecify.annotations.NullMarked;
