/**
 * Chat in PostgreSQL: the log, its projections, markers, inboxes and the answers of effects. Statements take whole
 * batches as arrays, use no session state, and "completed" inside a transaction means nothing until it commits.
 *
 * <p>Start at {@link io.parley.chat.store.Transactions}, {@link io.parley.chat.store.PgLog} and
 * {@link io.parley.chat.store.PgSends}.
 */
@NullMarked
package io.parley.chat.store;

import org.jspecify.annotations.NullMarked;
