import type { CallOptions } from "../base/options.js";
import type { Observable } from "../base/observable.js";
import type { Anchor, Draft } from "../drafts.js";
import type { ChannelListSnapshot, ChannelViewSnapshot, PresenceSnapshot } from "./types.js";

/** The user's channels, live while somebody subscribes. */
export interface ChannelList extends Observable<ChannelListSnapshot> {
  /** Reads everything again, e.g. after `failed`. */
  reload(): void;
}

/**
 * A channel's timeline, or one thread of it, live while somebody subscribes.
 * @example
 * const view = client.channel("lobby").view();
 * const { entries } = useSyncExternalStore(view.subscribe, view.getSnapshot);
 */
export interface ChannelView extends Observable<ChannelViewSnapshot> {
  readonly channelId: string;
  /** For a thread: the message it hangs on. */
  readonly parentId: string | undefined;
  /**
   * Shows the message at once and sends it. Never rejects: what came of it is in the entry with the returned key.
   * In a thread view the parent is filled in.
   */
  send(draft: string | Draft): string;
  /** Sends a failed entry again, with the same id: it is stored once however often it is tried. */
  retry(key: string): void;
  /** Forgets a failed entry. */
  discard(key: string): void;
  /** Loads the page before the oldest entry; does nothing when there is none or one is being loaded. */
  loadOlder(options?: CallOptions): Promise<void>;
  /** Loads the page behind the newest entry. */
  loadNewer(options?: CallOptions): Promise<void>;
  /** Shows what is around a place. */
  jumpTo(anchor: Anchor, options?: CallOptions): Promise<void>;
  /** Back to the newest messages. */
  jumpToLatest(options?: CallOptions): Promise<void>;
  /** Says that the user has seen everything shown; cheap to call often. */
  markRead(): void;
  /** Makes this message and all later ones unread. */
  markUnread(offset: number, options?: CallOptions): Promise<void>;
  /** Reads everything again, e.g. after `failed`. */
  reload(): void;
}

/** Presence of some users, live while somebody subscribes. */
export interface PresenceView extends Observable<PresenceSnapshot> {
  readonly userIds: readonly string[];
}
