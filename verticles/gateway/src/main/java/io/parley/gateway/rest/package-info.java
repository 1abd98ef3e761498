/**
 * REST over the contract: a request becomes the input message of a method, its result the body.
 *
 * <p>Start at {@link io.parley.gateway.rest.RestHandler}.
 */
@NullMarked
package io.parley.gateway.rest;

import org.jspecify.annotations.NullMarked;
