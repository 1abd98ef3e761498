/**
 * What a running process is made of: roles started in order on a shared context, stopped in the opposite order.
 *
 * <p>Start at {@link io.parley.kernel.node.Role} and {@link io.parley.kernel.node.NodeContext}.
 */
@NullMarked
package io.parley.kernel.node;

import org.jspecify.annotations.NullMarked;
