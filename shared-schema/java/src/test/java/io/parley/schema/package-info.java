@NullMarked
package io.parley.schema;

import org.jspecify.annotations.NullMarked;
