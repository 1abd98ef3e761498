@NullMarked
package io.parley.testkit;

import org.jspecify.annotations.NullMarked;
