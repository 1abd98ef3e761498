import type { ParleyError } from "../base/errors.js";
import type { OwnState, Position, Push, PushEvent, SubscribeResultLost } from "../wire/types.js";

/** Where an observer's events begin. */
export interface StreamStart {
  /** Events follow behind this position; a snapshot at or behind it holds everything before. */
  readonly position: Position;
  /** `NOT_LOST` at the first subscription; else why the stream could not be continued. */
  readonly lost: SubscribeResultLost;
}

/** The name of an event of a stream. */
export type EventName = Exclude<PushEvent["kind"], "unknown">;

/** How to listen. */
export interface ListenOptions {
  /** Continue behind the position of a snapshot; only the first listener of a stream decides. */
  readonly since?: Position | undefined;
  /** Only these events; absent = all. The server leaves out what nobody listens to. */
  readonly events?: readonly EventName[] | undefined;
}

/**
 * Sees each event of a stream exactly once, in order, from a `start` on. When the stream cannot be continued there is
 * another `start`, and what happened in between is in a snapshot only.
 */
export interface StreamObserver {
  start(start: StreamStart): void;
  /** An event; those with offset 0 are ephemeral and may be lost. */
  event(push: Push): void;
  /** The caller's own state in the channel, as of the events seen so far. */
  own?(own: OwnState): void;
  /** The stream may not be listened to (any more); nothing follows unless access comes back. */
  refused(error: ParleyError): void;
}
