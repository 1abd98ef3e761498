-- Chat: an append-only log per channel, projections that can be rebuilt from it, an inbox log per user, answers of
-- effects. Everything is keyed by tenant first. Times are milliseconds since 1970 UTC. 
-- A month is year * 12 + (month of year - 1).
-- No session state is used (no SET, LISTEN, session locks), so all of it works through PgBouncer in transaction mode.

-- One row per name; holds what all nodes must agree on (cursor key, epoch of the inboxes).
CREATE TABLE chat_setting (
  name text PRIMARY KEY,
  value text NOT NULL
);
INSERT INTO chat_setting (name, value) VALUES
  ('inbox-epoch', substr(replace(gen_random_uuid()::text, '-', ''), 1, 16)),
  ('cursor-key', replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''));

-- People and programs. Made at first use of a token, or when somebody invites an id.
CREATE TABLE app_user (
  tenant text NOT NULL,
  id text NOT NULL,
  name text NOT NULL DEFAULT '',
  -- The name in the newest token: a token with another name renames the user, the same one does not undo UpdateMe.
  token_name text NOT NULL DEFAULT '',
  image_url text NOT NULL DEFAULT '',
  guest boolean NOT NULL DEFAULT false,
  custom bytea NOT NULL DEFAULT '',
  created_at_ms bigint NOT NULL,
  PRIMARY KEY (tenant, id)
);

-- The head of the log is here: whoever appends holds this row's lock, so two writers can never fork a channel.
CREATE TABLE channel (
  tenant text NOT NULL,
  id text NOT NULL,
  type text NOT NULL,
  name text NOT NULL,
  topic text NOT NULL,
  public boolean NOT NULL,
  -- For direct conversations: the hash of the sorted member set. One living channel per set.
  direct_key text,
  frozen boolean NOT NULL DEFAULT false,
  slow_mode_seconds integer NOT NULL DEFAULT 0,
  custom bytea NOT NULL DEFAULT '',
  created_by text NOT NULL,
  created_at_ms bigint NOT NULL,
  updated_at_ms bigint NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  epoch text NOT NULL,
  head bigint NOT NULL DEFAULT 0,
  -- The month that events are written to. It never goes back, whatever the clocks of the nodes say.
  month integer NOT NULL,
  member_count integer NOT NULL DEFAULT 0,
  last_message_at_ms bigint NOT NULL DEFAULT 0,
  deleted_at_ms bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, id)
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX channel_direct ON channel (tenant, direct_key) WHERE direct_key IS NOT NULL;
CREATE INDEX channel_directory ON channel (tenant, lower(name), id) WHERE public AND deleted_at_ms = 0;

-- Which month an offset is in: a month of a channel begins at first_offset and ends where the next one begins.
CREATE TABLE channel_segment (
  tenant text NOT NULL,
  channel_id text NOT NULL,
  month integer NOT NULL,
  first_offset bigint NOT NULL,
  PRIMARY KEY (tenant, channel_id, month)
);

-- The log. payload is the encoded Push exactly as clients got it. 
-- withdrawn: the text was deleted since; readers blank it.
CREATE TABLE channel_event (
  tenant text NOT NULL,
  channel_id text NOT NULL,
  month integer NOT NULL,
  off bigint NOT NULL,
  at_ms bigint NOT NULL,
  kind integer NOT NULL,
  withdrawn boolean NOT NULL DEFAULT false,
  payload bytea NOT NULL,
  PRIMARY KEY (tenant, channel_id, off, month)
) PARTITION BY RANGE (month);

-- Projection: the messages as they are now.
CREATE TABLE message (
  tenant text NOT NULL,
  channel_id text NOT NULL,
  month integer NOT NULL,
  off bigint NOT NULL,
  id text NOT NULL,
  author_id text NOT NULL,
  client_id text NOT NULL,
  body text NOT NULL,
  custom bytea NOT NULL,
  parent_id text NOT NULL,
  -- 0 = not in a thread.
  parent_off bigint NOT NULL,
  -- Part of the timeline: no thread reply, or one that is also shown in the channel.
  timeline boolean NOT NULL,
  quoted_id text NOT NULL,
  quoted_off bigint NOT NULL,
  mentions text[] NOT NULL,
  kind text NOT NULL,
  created_at_ms bigint NOT NULL,
  edited_at_ms bigint NOT NULL DEFAULT 0,
  deleted_at_ms bigint NOT NULL DEFAULT 0,
  version integer NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, channel_id, off, month)
) PARTITION BY RANGE (month);
CREATE INDEX message_timeline ON message (tenant, channel_id, off) INCLUDE (author_id, deleted_at_ms) WHERE timeline;
CREATE INDEX message_thread ON message (tenant, channel_id, parent_off, off) WHERE parent_off > 0;
CREATE INDEX message_quoted ON message (tenant, channel_id, quoted_off) WHERE quoted_off > 0;

-- Projection: texts before each edit. event_off is the edit's event.
CREATE TABLE message_version (
  tenant text NOT NULL,
  channel_id text NOT NULL,
  message_off bigint NOT NULL,
  version integer NOT NULL,
  body text NOT NULL,
  at_ms bigint NOT NULL,
  event_off bigint NOT NULL,
  PRIMARY KEY (tenant, channel_id, message_off, version)
);

-- Projection: what threads look like from their parent.
CREATE TABLE thread (
  tenant text NOT NULL,
  channel_id text NOT NULL,
  parent_off bigint NOT NULL,
  reply_count integer NOT NULL,
  last_reply_at_ms bigint NOT NULL,
  participants text[] NOT NULL,
  PRIMARY KEY (tenant, channel_id, parent_off)
) WITH (fillfactor = 80);

-- Projection: who is in (state 0) or invited (state 1).
CREATE TABLE member (
  tenant text NOT NULL,
  channel_id text NOT NULL,
  user_id text NOT NULL,
  role text NOT NULL,
  state smallint NOT NULL,
  invited_by text NOT NULL,
  joined_at_ms bigint NOT NULL,
  PRIMARY KEY (tenant, channel_id, user_id)
);
CREATE INDEX member_of ON member (tenant, user_id, channel_id) INCLUDE (state);

-- How far a member has read and received. No part of the log: markers move far more often than anybody wants to replay.
CREATE TABLE read_marker (
  tenant text NOT NULL,
  channel_id text NOT NULL,
  user_id text NOT NULL,
  read_off bigint NOT NULL,
  delivered_off bigint NOT NULL,
  last_sent_at_ms bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, channel_id, user_id)
) WITH (fillfactor = 70);

-- Projection: reactions.
CREATE TABLE reaction (
  tenant text NOT NULL,
  channel_id text NOT NULL,
  message_off bigint NOT NULL,
  kind text NOT NULL,
  user_id text NOT NULL,
  at_ms bigint NOT NULL,
  PRIMARY KEY (tenant, channel_id, message_off, kind, user_id)
);

-- Projection: pins.
CREATE TABLE pin (
  tenant text NOT NULL,
  channel_id text NOT NULL,
  message_off bigint NOT NULL,
  pinned_by text NOT NULL,
  pinned_at_ms bigint NOT NULL,
  -- The pin's own event orders pins.
  event_off bigint NOT NULL,
  PRIMARY KEY (tenant, channel_id, message_off)
);

-- Projection: who is mentioned by undeleted messages of the timeline; user_id '@channel' stands for everybody.
CREATE TABLE mention (
  tenant text NOT NULL,
  channel_id text NOT NULL,
  user_id text NOT NULL,
  message_off bigint NOT NULL,
  author_id text NOT NULL,
  PRIMARY KEY (tenant, channel_id, user_id, message_off)
);

-- The log of a user's "me:" stream. Trimmed by age: floor_off is the oldest offset that a reader may continue behind.
CREATE TABLE inbox (
  tenant text NOT NULL,
  user_id text NOT NULL,
  head bigint NOT NULL,
  floor_off bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, user_id)
) WITH (fillfactor = 70);

CREATE TABLE inbox_event (
  tenant text NOT NULL,
  user_id text NOT NULL,
  off bigint NOT NULL,
  at_ms bigint NOT NULL,
  -- Set for mentions, so that deleting the message finds them.
  channel_id text NOT NULL DEFAULT '',
  message_off bigint NOT NULL DEFAULT 0,
  payload bytea NOT NULL,
  PRIMARY KEY (tenant, user_id, off)
);
CREATE INDEX inbox_event_message ON inbox_event (tenant, channel_id, message_off) WHERE message_off > 0;
CREATE INDEX inbox_event_age ON inbox_event USING brin (at_ms);

-- Answers of effects by key, for 24 h. A send needs no copy of its answer: it is in the log, at (channel_id, off).
CREATE TABLE idempotency (
  tenant text NOT NULL,
  user_id text NOT NULL,
  key text NOT NULL,
  request_hash bytea NOT NULL,
  answer bytea NOT NULL,
  channel_id text NOT NULL DEFAULT '',
  month integer NOT NULL DEFAULT 0,
  off bigint NOT NULL DEFAULT 0,
  at_ms bigint NOT NULL,
  PRIMARY KEY (tenant, user_id, key)
);
CREATE INDEX idempotency_age ON idempotency USING brin (at_ms);

-- Creates the partitions of a month unless they exist. Any number of nodes may call it at once.
CREATE FUNCTION chat_create_month(m integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  parent text;
  part text;
  i integer;
BEGIN
  PERFORM pg_advisory_xact_lock(726372, m);
  FOREACH parent IN ARRAY ARRAY['message', 'channel_event'] LOOP
    part := parent || '_' || (m / 12) || '_' || lpad((m % 12 + 1)::text, 2, '0');
    IF to_regclass(part) IS NULL THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%s) TO (%s) '
          'PARTITION BY HASH (tenant, channel_id)',
        part, parent, m, m + 1);
      FOR i IN 0..3 LOOP
        EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES WITH (MODULUS 4, REMAINDER %s)',
          part || '_' || i, part, i);
      END LOOP;
    END IF;
  END LOOP;
END $$;

-- Takes a month out of the tables; its partitions stay as tables of their own, to be archived or dropped.
-- Segments go with it, so readers learn that those offsets are gone.
CREATE FUNCTION chat_detach_month(m integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  parent text;
  part text;
BEGIN
  PERFORM pg_advisory_xact_lock(726372, m);
  FOREACH parent IN ARRAY ARRAY['message', 'channel_event'] LOOP
    part := parent || '_' || (m / 12) || '_' || lpad((m % 12 + 1)::text, 2, '0');
    IF to_regclass(part) IS NOT NULL
       AND EXISTS (SELECT 1 FROM pg_inherits WHERE inhrelid = to_regclass(part)) THEN
      EXECUTE format('ALTER TABLE %I DETACH PARTITION %I', parent, part);
    END IF;
  END LOOP;
  DELETE FROM channel_segment WHERE month = m;
END $$;
