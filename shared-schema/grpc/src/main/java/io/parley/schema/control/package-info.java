/**
 * What media nodes and the control plane share beyond messages: the methods of their gRPC service, and the tokens by
 * which a node knows, without asking, that a participant was let in.
 *
 * <p>Start at {@link io.parley.schema.control.NodeControlMethods} and
 * {@link io.parley.schema.control.SessionTokenVerifier}.
 */
@NullMarked
package io.parley.schema.control;

import org.jspecify.annotations.NullMarked;
