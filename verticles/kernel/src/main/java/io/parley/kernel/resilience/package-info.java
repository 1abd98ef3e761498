/**
 * What keeps one slow or dead store from taking the process with it: each call has a deadline, a bound on how many run
 * at once, and a breaker that stops asking who does not answer.
 *
 * <p>Start at {@link io.parley.kernel.resilience.Resilience} and {@link io.parley.kernel.resilience.Guard}.
 */
@NullMarked
package io.parley.kernel.resilience;

import org.jspecify.annotations.NullMarked;
