import type { ParleyError } from "../base/errors.js";
import type { LimitPolicy, User } from "../wire/types.js";

/** Who this connection is, as the server knows it. */
export interface Session {
  readonly id: string;
  readonly user: User;
  readonly tenant: string;
  readonly roles: readonly string[];
  readonly limits: readonly LimitPolicy[];
}

/** Why a connection ended. */
export interface CloseReason {
  /** The WebSocket close code; 1006 when there was none. */
  readonly code: number;
  readonly text: string;
}

/** What the connection is doing; show it to people as it is. */
export type ConnectionState =
  | { readonly status: "idle" }
  /** `attempt` is 1 for the first attempt since the connection last held. */
  | { readonly status: "connecting"; readonly attempt: number }
  | { readonly status: "connected"; readonly session: Session }
  /** Waiting to try again at `retryAtMs` (wall clock). */
  | {
      readonly status: "waiting";
      readonly attempt: number;
      readonly retryAtMs: number;
      readonly reason: CloseReason | undefined;
      readonly error: ParleyError | undefined;
    }
  /** For good: closed by the caller, or (with `error`) by a server that does not want this client back. */
  | { readonly status: "closed"; readonly error: ParleyError | undefined };
