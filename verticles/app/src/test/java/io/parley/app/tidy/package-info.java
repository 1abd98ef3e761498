/**
 * The size and shape of the sources of all languages, checked on the text.
 *
 * <p>Start at {@link io.parley.app.tidy.TidyTest}; exceptions are lines of {@code tidy-allowed.txt}.
 */
@NullMarked
package io.parley.app.tidy;

import org.jspecify.annotations.NullMarked;
