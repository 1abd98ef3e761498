/**
 * Client library for Parley. Start at {@link ParleyClient}.
 * @packageDocumentation
 */
export { ParleyClient } from "./client.js";
export { Channel, type EditOptions, type SendReceipt } from "./channel.js";
export { createGuest, type GuestOptions } from "./guest.js";
export { ParleyError, type LocalErrorName, type ParleyErrorDetails, type ParleyErrorName } from "./base/errors.js";
export { systemClock, type Clock } from "./base/clock.js";
export { defaultLimits, type ClientLimits } from "./base/limits.js";
export type { Observable } from "./base/observable.js";
export type { CallOptions, ClientOptions, Logger, TokenProvider, TokenRequest } from "./base/options.js";
export type { CloseReason, ConnectionState, Session } from "./connection/state.js";
export { platformHints, type ConnectionHints } from "./connection/hints.js";
export type {
  Transport,
  TransportEvents,
  TransportSocket,
  WebSocketConstructor,
  WebSocketLike,
} from "./connection/transport.js";
export type { Anchor, Draft, HistoryOptions, SendOptions } from "./drafts.js";
export type * from "./views/types.js";
export { ChannelList } from "./views/channelList.js";
export { ChannelView } from "./views/channelView.js";
export { PresenceView } from "./views/presenceView.js";
export type { EventName, ListenOptions, StreamObserver, StreamStart } from "./streams/observer.js";
export { errorCodes, fieldRules, type FieldRules, type RetryAdvice, type WireErrorName } from "./wire/catalogue.js";
export type * from "./wire/types.js";
