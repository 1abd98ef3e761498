/** Every bound of the library, by name. All can be changed through {@link ClientOptions.limits}. */
export interface ClientLimits {
  /** Requests waiting for a connection or an answer; more fail with `QUEUE_FULL`. */
  readonly requestsMax: number;
  /** A read without an answer for this long fails with `TIMEOUT`; an effect with `NOT_CONFIRMED`. */
  readonly requestTimeoutMs: number;
  /** How long a send is tried, over reconnects, before it fails with `NOT_CONFIRMED`. */
  readonly sendTimeoutMs: number;
  /** How often one request is tried again after refusals that advise it. */
  readonly retriesMax: number;
  /** A refusal that asks for a longer wait is given to the caller instead. */
  readonly retryAfterMaxMs: number;
  /** From opening a socket to the answer of hello. */
  readonly connectTimeoutMs: number;
  /** From a ping to anything heard; then the connection counts as dead. */
  readonly pongTimeoutMs: number;
  readonly backoffFirstMs: number;
  readonly backoffCapMs: number;
  /** A connection must last this long before the back-off starts over. */
  readonly stableAfterMs: number;
  /** This many refused tokens in a row end the client: a provider that gives a bad one twice has no better. */
  readonly tokenRefusalsMax: number;
  /** Positions seen are reported this often. */
  readonly ackIntervalMs: number;
  /** Events of one stream held back while a hole is repaired or a snapshot is read; more start it over. */
  readonly heldEventsMax: number;
  /** Streams that one client listens to. */
  readonly streamsMax: number;
  /** Users watched by one client. */
  readonly watchedUsersMax: number;
  /** Messages that a view keeps; the far end is let go and can be loaded again. */
  readonly timelineMax: number;
  /** Optimistic sends that a view keeps. */
  readonly pendingSendsMax: number;
  /** Channels that a channel list loads and follows. */
  readonly listedChannelsMax: number;
  /** At most one "typing" per this time goes to the server. */
  readonly typingIntervalMs: number;
  /** A view that nobody watches stays alive this long. */
  readonly viewLingerMs: number;
  /** Bytes of one frame; a larger one is refused before it is sent. */
  readonly frameBytesMax: number;
}

/** The limits unless told otherwise. */
export const defaultLimits: ClientLimits = {
  requestsMax: 1_000,
  requestTimeoutMs: 30_000,
  sendTimeoutMs: 120_000,
  retriesMax: 5,
  retryAfterMaxMs: 10_000,
  connectTimeoutMs: 15_000,
  pongTimeoutMs: 10_000,
  backoffFirstMs: 500,
  backoffCapMs: 30_000,
  stableAfterMs: 5_000,
  tokenRefusalsMax: 2,
  ackIntervalMs: 5_000,
  heldEventsMax: 1_000,
  streamsMax: 1_000,
  watchedUsersMax: 1_000,
  timelineMax: 2_000,
  pendingSendsMax: 200,
  listedChannelsMax: 500,
  typingIntervalMs: 2_500,
  viewLingerMs: 5_000,
  frameBytesMax: 65_536,
};
