package io.parley.chat;

import io.parley.chat.domain.Draft;
import io.parley.chat.store.PgIdempotency.EffectKey;
import io.parley.schema.v1.Ok;
import io.vertx.core.Promise;

/** A send that waits for its transaction. */
@SuppressWarnings("ArrayRecordComponent") // compared with Arrays.equals only
record PendingSend(Draft draft, EffectKey key, byte[] requestHash, Promise<Ok> answer) {}
