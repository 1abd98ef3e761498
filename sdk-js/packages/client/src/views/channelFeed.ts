import type { Core } from "../base/core.js";
import { ParleyError } from "../base/errors.js";
import type { Anchor } from "../drafts.js";
import { SnapshotSync, type Snapshot, type SnapshotUser } from "../streams/snapshotSync.js";
import type { GetHistory, History, Message, MessageCreated, OwnState, Push } from "../wire/types.js";
import { ChannelLoader, type ChannelSnapshot } from "./channelLoader.js";
import { afterEvent, afterMarker, isInTimeline, type RecordChange } from "./channelRecord.js";
import { initialState, snapshotOf, withReceipts, withUsers, type ChannelState } from "./channelState.js";
import { RecentEvents } from "./recentEvents.js";
import { afterChange, trimmed, withNewest, withoutPending, withThread } from "./timeline.js";
import type { ChannelViewSnapshot } from "./types.js";
import { Typists } from "./typists.js";
import { watchInbox } from "./inbox.js";

/** What a page brings to the state. */
type PageChange = (page: History, state: ChannelState) => Partial<ChannelState>;

/** What a channel view shows, kept up to date: a snapshot, the events behind it, and the pages the user asks for. */
export class ChannelFeed implements SnapshotUser<ChannelSnapshot> {
  onChange: (snapshot: ChannelViewSnapshot) => void = () => undefined;
  readonly #core: Core;
  readonly #channelId: string;
  readonly #parentId: string | undefined;
  readonly #loader: ChannelLoader;
  readonly #sync: SnapshotSync<ChannelSnapshot>;
  readonly #recent = new RecentEvents();
  readonly #typists: Typists;
  #state = initialState;
  #shown = snapshotOf(initialState);
  /** Changes when the window is replaced: pages asked for before belong to another one. */
  #window = {};
  #stops: readonly (() => void)[] = [];
  #marking: "no" | "yes" | "again" = "no";
  #refreshing: "no" | "yes" | "again" = "no";

  constructor(core: Core, channelId: string, parentId: string | undefined) {
    this.#core = core;
    this.#channelId = channelId;
    this.#parentId = parentId;
    this.#loader = new ChannelLoader(core, channelId, parentId);
    this.#sync = new SnapshotSync(core, this);
    this.#typists = new Typists(core.clock, (typing) => {
      this.change({ typing });
    });
  }

  get state(): ChannelState {
    return this.#state;
  }

  get snapshot(): ChannelViewSnapshot {
    return this.#shown;
  }

  start(): void {
    const inbox = watchInbox(this.#core, {
      marker: (channelId, readOffset) => {
        if (channelId === this.#channelId) this.#marker(readOffset);
      },
      added: (channel) => {
        if (channel.id === this.#channelId && this.#state.status === "failed") this.#listenAgain();
      },
      removed: (channelId) => {
        if (channelId === this.#channelId) this.failed(new ParleyError("NOT_A_MEMBER", this.#channelId));
      },
      lost: () => {
        this.#refreshRecord();
      },
    });
    this.#stops = [inbox, this.#core.streams.listen(`ch:${this.#channelId}`, this.#sync)];
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#sync.stop();
    this.#typists.clear();
  }

  reload(): void {
    if (this.#state.status === "failed") this.#listenAgain();
    else this.#sync.reload();
  }

  change(changes: Partial<ChannelState>): void {
    const old = { state: this.#state, shown: this.#shown };
    this.#state = { ...this.#state, me: this.#me(), ...changes };
    this.#shown = snapshotOf(this.#state, old);
    this.onChange(this.#shown);
  }

  load(signal: AbortSignal): Promise<Snapshot<ChannelSnapshot>> {
    return this.#loader.snapshot(signal);
  }

  stale(): void {
    const { status } = this.#state;
    this.change({ status: status === "ready" || status === "stale" ? "stale" : "loading", error: undefined });
  }

  show({ record, history, receipts, pins, parent, position }: ChannelSnapshot): void {
    this.#window = {};
    this.#recent.restart(position);
    const me = this.#me();
    const members = record.members.map((member) => member.user);
    this.change({
      status: "ready",
      record,
      parent,
      timeline: this.#windowOf(history),
      older: history.prev,
      newer: history.next,
      loadingOlder: false,
      loadingNewer: false,
      receipts: withReceipts({}, receipts, me),
      pins,
      users: withUsers(this.#state.users, [...members, ...history.items.map((message) => message.author)]),
    });
  }

  apply(push: Push): void {
    this.#recent.add(push);
    this.#applyToRecord(push);
    const { event } = push;
    switch (event.kind) {
      case "messageCreated":
        this.#created(event.body);
        return;
      case "typing":
        if (event.body.userId !== this.#me() && event.body.parentId === (this.#parentId ?? ""))
          this.#typists.heard(event.body);
        return;
      case "receiptMoved":
        if (event.body.receipt)
          this.change({ receipts: withReceipts(this.#state.receipts, [event.body.receipt], this.#me()) });
        return;
      case "memberJoined":
        this.change({ users: withUsers(this.#state.users, [event.body.member?.user]) });
        return;
      case "messagePinned":
      case "messageUnpinned":
        this.#changed(push);
        this.#refreshPins();
        return;
      default:
        this.#changed(push);
    }
  }

  /** The caller's state at a subscription: only the marker can have moved without an event. */
  own(own: OwnState): void {
    const { record } = this.#state;
    if (!record?.own) return;
    this.change({ record: { ...record, own: { ...record.own, capabilities: own.capabilities } } });
    if (own.readOffset !== record.own.readOffset) this.#marker(own.readOffset);
  }

  failed(error: ParleyError): void {
    this.change({ status: "failed", error });
  }

  /** Reads a page beside the window; what happened since the server read it is applied to it. */
  async page(
    flag: "loadingOlder" | "loadingNewer",
    where: Partial<GetHistory>,
    signal: AbortSignal | undefined,
    change: PageChange,
  ): Promise<void> {
    const window = this.#window;
    this.change({ [flag]: true });
    try {
      const page = await this.#loader.history(where, signal);
      if (window === this.#window) this.#bringIn(page, change(page, this.#state));
    } finally {
      if (window === this.#window) this.change({ [flag]: false });
    }
  }

  /** Replaces the window by what is around a place, or by the newest messages. */
  async jump(anchor: Anchor | undefined, signal: AbortSignal | undefined): Promise<void> {
    const window = {};
    this.#window = window;
    this.change({ loadingOlder: false, loadingNewer: false });
    const page = await (anchor ? this.#loader.historyAround(anchor, signal) : this.#loader.history({}, signal));
    if (window !== this.#window) return; // another jump, or a reload, came later
    this.#bringIn(page, { timeline: this.#windowOf(page), older: page.prev, newer: page.next });
  }

  /** Moves the marker to the newest event seen; calls that come meanwhile become one more. */
  markRead(): void {
    const { record } = this.#state;
    const offset = record?.head?.offset ?? 0;
    if (offset === 0 || !record?.own || (record.own.unread === 0 && !this.#isBehind(record.own))) return;
    if (this.#marking !== "no") {
      this.#marking = "again";
      return;
    }
    this.#marking = "yes";
    void this.#core.outbox
      .request("markRead", { channelId: this.#channelId, offset })
      .then(({ own }) => {
        if (own) this.#marker(own.readOffset);
      })
      .catch(() => undefined) // the marker stays behind, which the next call makes good
      .finally(() => {
        const again = this.#marking === "again";
        this.#marking = "no";
        if (again) this.markRead();
      });
  }

  async markUnread(offset: number, signal: AbortSignal | undefined): Promise<void> {
    const { own } = await this.#core.outbox.request("markUnread", { channelId: this.#channelId, offset }, { signal });
    if (own) this.#marker(own.readOffset);
  }

  #me(): string {
    return this.#core.session.getSnapshot()?.user.id ?? "";
  }

  /** True while a message of the timeline lies behind the marker, so that moving it tells others something. */
  #isBehind(own: OwnState): boolean {
    return (this.#state.timeline.messages.at(-1)?.offset ?? 0) > own.readOffset;
  }

  #windowOf(page: History): ChannelState["timeline"] {
    return { messages: page.items, pending: this.#state.timeline.pending, atEnd: page.next === "" };
  }

  #bringIn(page: History, changes: Partial<ChannelState>): void {
    const missed = this.#recent.since(page.position);
    if (!missed) {
      this.#sync.reload(); // so old a page that it cannot be brought up to date
      return;
    }
    const users = withUsers(
      this.#state.users,
      page.items.map((message) => message.author),
    );
    this.change({ ...changes, users });
    for (const push of missed) {
      if (push.event.kind === "messageCreated") this.#created(push.event.body);
      else this.#changed(push);
    }
  }

  belongs(message: Message): boolean {
    return this.#parentId === undefined ? isInTimeline(message) : message.parentId === this.#parentId;
  }

  #created({ message, parentThread }: MessageCreated): void {
    if (!message) return;
    this.#typists.stopped(message.authorId);
    const { timeline, users } = this.#state;
    const grown = trimmed(
      this.belongs(message) ? withNewest(timeline, message, this.#me()) : withoutPending(timeline, message, this.#me()),
      this.#core.limits.timelineMax,
    );
    const isTrimmed = grown.messages[0] !== timeline.messages[0] && timeline.messages.length > 0;
    this.change({
      timeline: withThread(grown, message.parentId, parentThread),
      users: withUsers(users, [message.author]),
      ...(isTrimmed ? { older: undefined } : {}),
      ...(parentThread ? { parent: this.#parentAfter(message.parentId, parentThread) } : {}),
    });
  }

  #parentAfter(parentId: string, thread: Message["thread"]): Message | undefined {
    const { parent } = this.#state;
    return parent?.id === parentId ? { ...parent, thread } : parent;
  }

  #changed(push: Push): void {
    const { timeline, parent, pins } = this.#state;
    const me = this.#me();
    const change = (messages: readonly Message[]): readonly Message[] =>
      afterChange({ messages, pending: [], atEnd: true }, push, me).messages;
    const next = afterChange(timeline, push, me);
    if (next !== timeline) this.change({ timeline: next });
    if (parent) this.change({ parent: change([parent])[0] });
    if (pins.length > 0) this.change({ pins: change(pins) });
  }

  #applyToRecord(push: Push): void {
    const { record } = this.#state;
    if (record) this.#become(afterEvent(record, push, this.#me()));
  }

  #marker(readOffset: number): void {
    const { record } = this.#state;
    if (record && record.own?.readOffset !== readOffset) this.#become(afterMarker(record, readOffset));
  }

  #become(change: RecordChange): void {
    if (change === "removed") this.failed(new ParleyError("NOT_A_MEMBER", this.#channelId));
    else if (change === "unclear") this.#refreshRecord();
    else if (change !== this.#state.record) this.change({ record: change });
  }

  /** Reads the channel again; requests that come meanwhile become one more. */
  #refreshRecord(): void {
    if (this.#refreshing !== "no" || !this.#state.record) {
      this.#refreshing = this.#refreshing === "no" ? "no" : "again";
      return;
    }
    this.#refreshing = "yes";
    void this.#loader
      .record()
      .then((record) => {
        this.change({ record });
        for (const push of this.#recent.since(record.head) ?? []) this.#applyToRecord(push);
      })
      .catch(() => undefined) // what is shown is a little old until the next event or reconnect
      .finally(() => {
        const again = this.#refreshing === "again";
        this.#refreshing = "no";
        if (again) this.#refreshRecord();
      });
  }

  #refreshPins(): void {
    void this.#loader.pins().then(
      (pins) => {
        this.change({ pins });
      },
      () => undefined, // the next pin, or the next load, brings them
    );
  }

  #listenAgain(): void {
    this.stop();
    this.change({ status: "loading", error: undefined });
    this.start();
  }
}
