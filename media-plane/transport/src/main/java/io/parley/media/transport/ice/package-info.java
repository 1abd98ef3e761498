/**
 * The controlled, lite side of ICE (RFC 8445 section 2.5): answers the checks of peers and believes the path of the
 * last nomination. Pure: packets and time come in.
 *
 * <p>Start at {@link io.parley.media.transport.ice.IceSession}.
 */
@NullMarked
package io.parley.media.transport.ice;

import org.jspecify.annotations.NullMarked;
