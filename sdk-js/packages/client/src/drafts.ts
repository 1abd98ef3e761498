import type { CallOptions } from "./base/options.js";
import type { JsonObject } from "./wire/types.js";

/** A message to send: text, custom fields, or both. */
export interface Draft {
  readonly text?: string;
  readonly custom?: JsonObject;
  /** Reply in the thread of this message. */
  readonly parentId?: string;
  /** Show the thread reply in the channel's timeline too. */
  readonly alsoInChannel?: boolean;
  readonly quotedId?: string;
  /** Ids of users to mention; `@channel` mentions all. */
  readonly mentions?: readonly string[];
}

/** Options of a send. */
export interface SendOptions extends CallOptions {
  /** The idempotency key; made at random when absent. Give one to continue a send of an earlier page or process. */
  readonly clientId?: string;
}

/** Where in a channel to start reading. */
export type Anchor = { readonly messageId: string } | { readonly offset: number } | { readonly time: Date };

/** Options of reading history. */
export interface HistoryOptions extends CallOptions {
  /** `backward` (the default) gives the newest first, `forward` the oldest. */
  readonly direction?: "backward" | "forward";
  /** Start at this place instead of an end of the channel; the message at the place is part of what is read. */
  readonly from?: Anchor;
  /** Only replies of this message's thread. */
  readonly threadOf?: string;
  /** Messages per round trip, 1 to 200. */
  readonly pageSize?: number;
}
