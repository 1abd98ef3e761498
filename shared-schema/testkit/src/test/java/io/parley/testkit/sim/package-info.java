@NullMarked
package io.parley.testkit.sim;

import org.jspecify.annotations.NullMarked;
