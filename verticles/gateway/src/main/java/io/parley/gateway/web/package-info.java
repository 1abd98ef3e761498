/**
 * The HTTP server: which address serves what, static files, health, and connections that never get to the point.
 *
 * <p>Start at {@link io.parley.gateway.web.HttpEdge}.
 */
@NullMarked
package io.parley.gateway.web;

import org.jspecify.annotations.NullMarked;
