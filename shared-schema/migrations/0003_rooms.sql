-- Rooms: what stays of them. Who is in a room, and the events of its "call:" stream, are in Redis (redis/KEYS.md).
CREATE TABLE room (
  tenant text NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  -- Members of this channel may join; empty = every user of the tenant who knows the id.
  channel_id text NOT NULL,
  participant_limit integer NOT NULL,
  created_by text NOT NULL,
  created_at_ms bigint NOT NULL,
  closed_at_ms bigint NOT NULL DEFAULT 0,
  -- The idempotency key it was made with, and what was asked; empty without one.
  create_key text NOT NULL,
  create_hash bytea NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX room_create_key ON room (tenant, created_by, create_key) WHERE create_key <> '';
CREATE INDEX room_of_creator ON room (tenant, created_by, created_at_ms DESC) WHERE closed_at_ms = 0;
CREATE INDEX room_of_channel ON room (tenant, channel_id, created_at_ms DESC)
  WHERE closed_at_ms = 0 AND channel_id <> '';
