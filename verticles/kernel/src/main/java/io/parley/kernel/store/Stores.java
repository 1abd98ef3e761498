package io.parley.kernel.store;

import io.vertx.redis.client.Redis;
import io.vertx.sqlclient.Pool;

/** Where things are kept: durable facts in PostgreSQL, what may expire in Redis. Shared by all roles of a process. */
public record Stores(Pool postgres, Redis redis) {}
