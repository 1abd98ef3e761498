import type { PresenceState } from "../wire/types.js";
import type { Clock } from "./clock.js";
import type { ParleyError } from "./errors.js";
import type { ClientLimits } from "./limits.js";
import type { ConnectionHints } from "../connection/hints.js";
import type { Transport, WebSocketConstructor } from "../connection/transport.js";

/** Where log lines go; nothing is logged unless one is given. Lines never hold tokens or message texts. */
export interface Logger {
  debug(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
}

/** Why a token is wanted. */
export interface TokenRequest {
  /** The refusal of the last token, when there was one: a cached token must not be given again. */
  readonly refused: ParleyError | undefined;
  /** Fires when the token is no longer wanted. */
  readonly signal: AbortSignal;
}

/** Gives a token, fresh enough to connect with. Called at each connect and before the token in use expires. */
export type TokenProvider = (request: TokenRequest) => string | Promise<string>;

/** What a {@link ParleyClient} needs; only `url` and `token` are required. */
export interface ClientOptions {
  /**
   * The server: `https://chat.example.org` (also `http:`, `wss:`, `ws:`); the path `/v1/ws` is added when there is
   * none.
   */
  readonly url: string;
  readonly token: TokenProvider;
  /** Stable id of this device or tab; made at random when absent. */
  readonly deviceId?: string;
  /** Presence to announce while connected; absent = as before. */
  readonly presence?: PresenceState;
  /** The WebSocket class, where there is no global one: `import { WebSocket } from "ws"` on Node 20. */
  readonly WebSocket?: WebSocketConstructor;
  /** Replaces WebSockets altogether (tests, other sockets); wins over `WebSocket`. */
  readonly transport?: Transport;
  readonly clock?: Clock;
  /**
   * Gives numbers in [0, 1): spreads reconnects. Ids always come from the platform's secure source unless this is
   * given.
   */
  readonly random?: () => number;
  readonly logger?: Logger;
  /** What the surroundings tell about the network; browsers' `online` and `visibilitychange` by default. */
  readonly hints?: ConnectionHints;
  readonly limits?: Partial<ClientLimits>;
}

/** Options of everything that waits. */
export interface CallOptions {
  /** Ends the wait. A read fails with `ABORTED`; an effect that may have been sent with `NOT_CONFIRMED`. */
  readonly signal?: AbortSignal | undefined;
}
