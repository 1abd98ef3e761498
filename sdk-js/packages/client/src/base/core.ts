import type { Outbox } from "../connection/outbox.js";
import type { Session } from "../connection/state.js";
import type { StreamHub } from "../streams/streamHub.js";
import type { TypingThrottle } from "../typing.js";
import type { Clock } from "./clock.js";
import type { ClientLimits } from "./limits.js";
import type { Observable } from "./observable.js";

/** What channels and views share: the inside of one client. */
export interface Core {
  readonly clock: Clock;
  readonly random: () => number;
  readonly limits: ClientLimits;
  readonly newId: () => string;
  readonly outbox: Outbox;
  readonly streams: StreamHub;
  readonly typing: TypingThrottle;
  /** The session of the present connection, or of the last one. */
  readonly session: Observable<Session | undefined>;
}
