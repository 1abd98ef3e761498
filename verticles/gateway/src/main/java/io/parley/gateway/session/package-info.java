/**
 * Who is asking: tokens and guest sessions become principals; revocations end them.
 *
 * <p>Start at {@link io.parley.gateway.session.Authenticator}.
 */
@NullMarked
package io.parley.gateway.session;

import org.jspecify.annotations.NullMarked;
