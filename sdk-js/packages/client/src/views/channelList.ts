import type { Core } from "../base/core.js";
import type { ParleyError } from "../base/errors.js";
import { Store, type Observable } from "../base/observable.js";
import { eachItem } from "../pages.js";
import { SnapshotSync, type Snapshot } from "../streams/snapshotSync.js";
import type { ChannelRecord, UnreadTotals } from "../wire/types.js";
import { ChannelFollower } from "./channelFollower.js";
import { watchInbox } from "./inbox.js";
import { Life } from "./life.js";
import type { ChannelListSnapshot, ViewStatus } from "./types.js";

/** Channels per page of the list. */
const PAGE = 100;

/**
 * The user's channels with live unread counts, live while somebody subscribes. Follows the
 * {@link ClientLimits.listedChannelsMax} most recently active ones.
 * @example
 * const list = client.channelList();
 * const { channels, totals } = useSyncExternalStore(list.subscribe, list.getSnapshot);
 */
export class ChannelList implements Observable<ChannelListSnapshot> {
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => ChannelListSnapshot;
  readonly #core: Core;
  readonly #store: Store<ChannelListSnapshot>;
  readonly #life: Life;
  readonly #sync: SnapshotSync<readonly ChannelRecord[]>;
  readonly #followers = new Map<string, ChannelFollower>();
  readonly #invitations = new Map<string, ChannelRecord>();
  #status: ViewStatus = "loading";
  #error: ParleyError | undefined;
  #stopInbox: () => void = () => undefined;
  #publishing = false;

  /** @internal */
  constructor(core: Core) {
    this.#core = core;
    this.#life = new Life(core.clock, core.limits.viewLingerMs, {
      start: () => {
        this.#start();
      },
      stop: () => {
        this.#stop();
      },
      busy: () => false,
    });
    this.#store = new Store<ChannelListSnapshot>(EMPTY, this.#life.watched);
    this.subscribe = this.#store.subscribe;
    this.getSnapshot = this.#store.getSnapshot;
    this.#sync = new SnapshotSync(core, {
      load: (signal) => this.#load(signal),
      stale: () => {
        this.#become(this.#status === "loading" || this.#status === "failed" ? "loading" : "stale", undefined);
      },
      show: (channels) => {
        this.#show(channels);
      },
      apply: () => undefined,
      failed: (error) => {
        this.#become("failed", error);
      },
    });
  }

  /** Reads everything again, e.g. after `failed`. */
  reload(): void {
    this.#sync.reload();
  }

  /** @internal */
  end(): void {
    this.#life.end();
  }

  #start(): void {
    this.#stopInbox = watchInbox(this.#core, {
      marker: (channelId, readOffset) => this.#followers.get(channelId)?.marker(readOffset),
      added: (channel) => {
        this.#add(channel);
      },
      removed: (channelId) => {
        this.#remove(channelId);
      },
      invited: (channel) => {
        this.#invitations.set(channel.id, channel);
        this.#publish();
      },
      lost: () => {
        this.#sync.reload();
      },
    });
  }

  #stop(): void {
    this.#stopInbox();
    this.#sync.stop();
    for (const follower of this.#followers.values()) follower.stop();
    this.#followers.clear();
  }

  async #load(signal: AbortSignal): Promise<Snapshot<readonly ChannelRecord[]>> {
    const pages = eachItem((cursor) => this.#core.outbox.request("listChannels", { cursor, limit: PAGE }, { signal }));
    const channels: ChannelRecord[] = [];
    for await (const channel of pages) {
      channels.push(channel);
      if (channels.length >= this.#core.limits.listedChannelsMax) break;
    }
    return { state: channels, position: undefined };
  }

  #show(channels: readonly ChannelRecord[]): void {
    const listed = new Set(channels.map((channel) => channel.id));
    for (const id of [...this.#followers.keys()]) if (!listed.has(id)) this.#unfollow(id);
    this.#invitations.clear();
    this.#become("ready", undefined);
    for (const channel of channels) this.#add(channel);
    this.#publish();
  }

  #add(channel: ChannelRecord): void {
    if (channel.own?.member?.state === "INVITED") {
      this.#invitations.set(channel.id, channel);
    } else {
      this.#invitations.delete(channel.id);
      const known = this.#followers.get(channel.id);
      if (known) known.refresh(channel);
      else this.#follow(channel);
    }
    this.#publish();
  }

  /** Without the caller's own state (an event of another user's making) the stream's start reads the channel first. */
  #follow(channel: ChannelRecord): void {
    if (this.#followers.size >= this.#core.limits.listedChannelsMax) return;
    const record = channel.own ? channel : { ...channel, head: undefined };
    const follower = new ChannelFollower(this.#core, record, {
      changed: () => {
        this.#publish();
      },
      removed: (id) => {
        this.#remove(id);
      },
    });
    this.#followers.set(channel.id, follower);
  }

  #remove(channelId: string): void {
    this.#invitations.delete(channelId);
    this.#unfollow(channelId);
    this.#publish();
  }

  #unfollow(channelId: string): void {
    this.#followers.get(channelId)?.stop();
    this.#followers.delete(channelId);
  }

  #become(status: ViewStatus, error: ParleyError | undefined): void {
    this.#status = status;
    this.#error = error;
    this.#publish();
  }

  /** Changes of one turn, such as the missed events of many channels, become one new snapshot. */
  #publish(): void {
    if (this.#publishing) return;
    this.#publishing = true;
    queueMicrotask(() => {
      this.#publishing = false;
      const channels = [...this.#followers.values()].map((follower) => follower.record).sort(newestFirst);
      this.#store.set({
        status: this.#status,
        channels,
        invitations: [...this.#invitations.values()].sort(newestFirst),
        totals: totalsOf(channels),
        error: this.#error,
      });
    });
  }
}

const EMPTY: ChannelListSnapshot = {
  status: "loading",
  channels: [],
  invitations: [],
  totals: { messages: 0, mentions: 0, channels: 0 },
  error: undefined,
};

const activity = (channel: ChannelRecord): number => (channel.lastMessageAt ?? channel.createdAt)?.getTime() ?? 0;

const newestFirst = (a: ChannelRecord, b: ChannelRecord): number => activity(b) - activity(a) || (a.id < b.id ? -1 : 1);

function totalsOf(channels: readonly ChannelRecord[]): UnreadTotals {
  const counts = channels.map(({ own }) => ({ messages: own?.unread ?? 0, mentions: own?.unreadMentions ?? 0 }));
  return {
    messages: counts.reduce((sum, count) => sum + count.messages, 0),
    mentions: counts.reduce((sum, count) => sum + count.mentions, 0),
    channels: counts.filter((count) => count.messages > 0).length,
  };
}
