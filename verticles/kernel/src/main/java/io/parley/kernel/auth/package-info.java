/**
 * Who somebody is: tokens verified against keys that rotate, development tokens minted.
 *
 * <p>Start at {@link io.parley.kernel.auth.JwtVerifier} and {@link io.parley.kernel.auth.TokenMinter}.
 */
@NullMarked
package io.parley.kernel.auth;

import org.jspecify.annotations.NullMarked;
