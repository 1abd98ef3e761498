/** What tests stand on: virtual time, real PostgreSQL and Redis, seeds and golden vectors. */
@NullMarked
package io.parley.testkit;

import org.jspecify.annotations.NullMarked;
