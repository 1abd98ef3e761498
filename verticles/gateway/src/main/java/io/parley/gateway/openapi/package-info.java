/**
 * The OpenAPI document, made from the same descriptors that route and validate.
 *
 * <p>Start at {@link io.parley.gateway.openapi.OpenApi}.
 */
@NullMarked
package io.parley.gateway.openapi;

import org.jspecify.annotations.NullMarked;
