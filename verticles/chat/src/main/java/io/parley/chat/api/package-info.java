/**
 * Between the contract and the domain: what clients send and see, made from and into domain types.
 *
 * <p>Start at {@link io.parley.chat.api.ChatWire} and {@link io.parley.chat.api.Events}.
 */
@NullMarked
package io.parley.chat.api;

import org.jspecify.annotations.NullMarked;
