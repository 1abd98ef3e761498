/**
 * The whole server, seen from outside: real processes on real data folders, real sockets, {@code kill -9}. Start at
 * {@link io.parley.app.acceptance.StartStopIT} and {@link io.parley.app.acceptance.KillIT}.
 */
@NullMarked
package io.parley.app.acceptance;

import org.jspecify.annotations.NullMarked;
