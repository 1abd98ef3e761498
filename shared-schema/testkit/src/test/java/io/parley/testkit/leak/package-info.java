@NullMarked
package io.parley.testkit.leak;

import org.jspecify.annotations.NullMarked;
