/**
 * What operators see of a node, over a small HTTP port of its own: metrics, health, debug trees and packet captures.
 *
 * <p>Start at {@link io.parley.media.node.operators.OperatorPort}.
 */
@NullMarked
package io.parley.media.node.operators;

import org.jspecify.annotations.NullMarked;
