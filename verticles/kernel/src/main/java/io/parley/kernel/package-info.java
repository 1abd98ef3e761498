/** What every verticle stands on: contracts on the bus, codecs, configuration, stores, auth and metrics. */
@NullMarked
package io.parley.kernel;

import org.jspecify.annotations.NullMarked;
