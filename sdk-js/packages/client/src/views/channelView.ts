import type { Core } from "../base/core.js";
import { Store, type Observable } from "../base/observable.js";
import type { CallOptions } from "../base/options.js";
import type { Anchor, Draft } from "../drafts.js";
import { ChannelFeed } from "./channelFeed.js";
import { Life } from "./life.js";
import { Sends } from "./sends.js";
import type { ChannelViewSnapshot } from "./types.js";
import { withMessages } from "./timeline.js";

/**
 * A channel's timeline, or one thread of it, live while somebody subscribes.
 * @example
 * const view = client.channel("lobby").view();
 * const { entries, typing } = useSyncExternalStore(view.subscribe, view.getSnapshot);
 * view.send("hello"); // shown at once, as pending
 */
export class ChannelView implements Observable<ChannelViewSnapshot> {
  readonly channelId: string;
  /** For a thread: the message it hangs on. */
  readonly parentId: string | undefined;
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => ChannelViewSnapshot;
  readonly #feed: ChannelFeed;
  readonly #sends: Sends;
  readonly #life: Life;

  /** @internal `stopped` is called when nobody watches any more. */
  constructor(core: Core, channelId: string, parentId: string | undefined, stopped: () => void) {
    this.channelId = channelId;
    this.parentId = parentId;
    const feed = new ChannelFeed(core, channelId, parentId);
    this.#feed = feed;
    this.#sends = new Sends(core, channelId, feed);
    this.#life = new Life(core.clock, core.limits.viewLingerMs, {
      start: () => {
        feed.start();
      },
      stop: () => {
        feed.stop();
        stopped();
      },
      busy: () => this.#sends.underWay,
    });
    const store = new Store(feed.snapshot, this.#life.watched);
    feed.onChange = (snapshot) => {
      store.set(snapshot);
    };
    this.subscribe = store.subscribe;
    this.getSnapshot = store.getSnapshot;
  }

  /**
   * Shows the message at once and sends it; what comes of it is in the entry with the returned key. In a thread view
   * the
   * parent is filled in.
   * @throws {@link ParleyError} `QUEUE_FULL` when too many sends are unfinished: discard or retry the failed ones.
   */
  send(draft: string | Draft): string {
    const content = typeof draft === "string" ? { text: draft } : draft;
    const key = this.#sends.send(this.parentId === undefined ? content : { parentId: this.parentId, ...content });
    if (!this.#feed.state.timeline.atEnd) void this.jumpToLatest().catch(() => undefined);
    return key;
  }

  /** Sends a failed entry again, with the same id: it is stored once however often it is tried. */
  retry(key: string): void {
    this.#sends.retry(key);
  }

  /** Forgets a failed entry. */
  discard(key: string): void {
    this.#sends.discard(key);
  }

  /** Loads the page before the oldest entry; does nothing when there is none or one is being loaded. */
  async loadOlder({ signal }: CallOptions = {}): Promise<void> {
    const { older, loadingOlder, timeline } = this.#feed.state;
    if (older === "" || loadingOlder) return;
    const oldest = timeline.messages[0]?.offset ?? 0;
    const where = older === undefined ? { aroundOffset: oldest } : { cursor: older, direction: "BACKWARD" as const };
    await this.#feed.page("loadingOlder", where, signal, (page, state) => ({
      timeline: withMessages(
        state.timeline,
        page.items.filter((message) => message.offset < oldest),
        state.me,
      ),
      older: page.prev,
    }));
  }

  /** Loads the page behind the newest entry; does nothing when the view is at the end or one is being loaded. */
  async loadNewer({ signal }: CallOptions = {}): Promise<void> {
    const { newer, loadingNewer, timeline } = this.#feed.state;
    if (timeline.atEnd || loadingNewer) return;
    const newest = timeline.messages.at(-1)?.offset ?? 0;
    const where = newer === undefined ? { aroundOffset: newest } : { cursor: newer, direction: "FORWARD" as const };
    await this.#feed.page("loadingNewer", where, signal, (page, state) => ({
      timeline: { ...withMessages(state.timeline, page.items, state.me), atEnd: page.next === "" },
      newer: page.next,
    }));
  }

  /**
   * Shows what is around a place; from there {@link ChannelView.loadNewer} leads back to the present.
   * @throws {@link ParleyError} `MESSAGE_NOT_FOUND`
   * @example await view.jumpTo({ offset: view.getSnapshot().readOffset + 1 });
   */
  async jumpTo(anchor: Anchor, { signal }: CallOptions = {}): Promise<void> {
    await this.#feed.jump(anchor, signal);
  }

  /** Back to the newest messages. */
  async jumpToLatest({ signal }: CallOptions = {}): Promise<void> {
    if (!this.#feed.state.timeline.atEnd) await this.#feed.jump(undefined, signal);
  }

  /** Says that the user has seen everything up to the newest message; cheap to call often. */
  markRead(): void {
    if (this.parentId === undefined) this.#feed.markRead();
  }

  /** Makes the message at this offset and all later ones unread. */
  async markUnread(offset: number, options?: CallOptions): Promise<void> {
    await this.#feed.markUnread(offset, options?.signal);
  }

  /** Reads everything again, e.g. after `failed`. */
  reload(): void {
    this.#feed.reload();
  }

  /** @internal */
  end(): void {
    this.#life.end();
  }
}
