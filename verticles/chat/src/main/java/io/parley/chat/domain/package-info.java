/**
 * What may be done in a channel, and what it means: plain Java, no I/O, time passed in.
 *
 * <p>Start at {@link io.parley.chat.domain.Access} and {@link io.parley.chat.domain.ChannelRules}.
 */
@NullMarked
package io.parley.chat.domain;

import org.jspecify.annotations.NullMarked;
