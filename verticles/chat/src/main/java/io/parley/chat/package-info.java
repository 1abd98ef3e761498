/**
 * Channels and their messages. A command comes in through {@code CommandRouter}; a send waits in {@code SendBatcher}
 * for the next group commit, every other effect runs as one {@code Work} inside {@code Effects}; both append to the
 * channel's log and change projections in one transaction, and tell the world after it.
 *
 * <p>Start at {@link io.parley.chat.ChatRole}, {@code CommandRouter} and {@link io.parley.chat.domain.Access}.
 */
@NullMarked
package io.parley.chat;

import org.jspecify.annotations.NullMarked;
