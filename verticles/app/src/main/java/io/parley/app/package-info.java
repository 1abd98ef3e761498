/** The program: reads the configuration, starts the chosen roles, stops them in order. */
@NullMarked
package io.parley.app;

import org.jspecify.annotations.NullMarked;
