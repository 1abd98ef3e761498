/** Who is here: leases per device, merged per user, told as diffs. */
@NullMarked
package io.parley.presence;

import org.jspecify.annotations.NullMarked;
