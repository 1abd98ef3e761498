import type { ParleyError } from "../base/errors.js";
import type { ChannelRecord, Message, Presence, Receipt, UnreadTotals, User } from "../wire/types.js";

/** Whether a view has something to show: `stale` = shown while it is being brought up to date. */
export type ViewStatus = "loading" | "ready" | "stale" | "failed";

/** What a channel list shows. */
export interface ChannelListSnapshot {
  readonly status: ViewStatus;
  /** Joined channels, most recently active first; `own` is always set and its unread counts are live. */
  readonly channels: readonly ChannelRecord[];
  /** Channels that the user is invited to: join or leave them. */
  readonly invitations: readonly ChannelRecord[];
  readonly totals: UnreadTotals;
  readonly error: ParleyError | undefined;
}

/** Where an entry stands: `pending` = on its way, `failed` = not stored, or not known to be (retry or discard it). */
export type SendState = "pending" | "sent" | "failed";

/** One line of a timeline. */
export interface TimelineEntry {
  /** Stays the same from the optimistic copy to the stored message: use it as the key of a list. */
  readonly key: string;
  readonly state: SendState;
  /** For an entry that is not sent yet, `id` is empty, `offset` is 0 and `createdAt` is the local time. */
  readonly message: Message;
  /** Why a failed entry failed. */
  readonly error: ParleyError | undefined;
}

/** What a channel or thread view shows. */
export interface ChannelViewSnapshot {
  readonly status: ViewStatus;
  readonly channel: ChannelRecord | undefined;
  /** For a thread: the message it hangs on. */
  readonly parent: Message | undefined;
  /** Oldest first; optimistic entries are last. */
  readonly entries: readonly TimelineEntry[];
  readonly hasOlder: boolean;
  /**
   * True when the view was moved into the past: new messages do not show until {@link ChannelView.loadNewer} reaches
   * them.
   */
  readonly hasNewer: boolean;
  readonly loadingOlder: boolean;
  readonly loadingNewer: boolean;
  /** Others who are typing now, by user id. */
  readonly typing: readonly string[];
  /** How far members have read and received, by user id; without the caller. */
  readonly receipts: Readonly<Record<string, Receipt>>;
  readonly pins: readonly Message[];
  /** Profiles of authors and members met so far, by user id. */
  readonly users: Readonly<Record<string, User>>;
  readonly unread: number;
  readonly unreadMentions: number;
  /** Everything up to this offset was read; messages of others behind it are unread. */
  readonly readOffset: number;
  readonly error: ParleyError | undefined;
}

/** What a presence view shows: each watched user, OFFLINE until known. */
export type PresenceSnapshot = Readonly<Record<string, Presence>>;
