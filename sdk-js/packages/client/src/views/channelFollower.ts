import type { Core } from "../base/core.js";
import type { ParleyError } from "../base/errors.js";
import { present } from "../present.js";
import { SnapshotSync, type Snapshot, type SnapshotUser } from "../streams/snapshotSync.js";
import type { ChannelRecord, OwnState, Push } from "../wire/types.js";
import { afterEvent, afterMarker, type RecordChange } from "./channelRecord.js";

/** Who is told what became of a followed channel. */
export interface FollowerUser {
  changed(record: ChannelRecord): void;
  removed(channelId: string): void;
}

/** One channel of a list: its record, kept up to date by its stream. */
export class ChannelFollower implements SnapshotUser<ChannelRecord> {
  readonly #core: Core;
  readonly #user: FollowerUser;
  readonly #sync: SnapshotSync<ChannelRecord>;
  readonly #stopListening: () => void;
  #record: ChannelRecord;

  /** The record is a snapshot of its own `head`; events behind that follow. */
  constructor(core: Core, record: ChannelRecord, user: FollowerUser) {
    this.#core = core;
    this.#record = record;
    this.#user = user;
    this.#sync = new SnapshotSync(core, this);
    this.#stopListening = core.streams.listen(`ch:${record.id}`, this.#sync, { since: record.head });
  }

  get record(): ChannelRecord {
    return this.#record;
  }

  stop(): void {
    this.#stopListening();
    this.#sync.stop();
  }

  /** A list that was read again: newer than what is known, unless events have come since. */
  refresh(record: ChannelRecord): void {
    const isOlder = record.head?.epoch === this.#record.head?.epoch && (record.head?.offset ?? 0) < this.#headOffset;
    if (isOlder || !record.own) this.#sync.reload();
    else this.show(record);
  }

  marker(readOffset: number): void {
    if (this.#record.own?.readOffset !== readOffset) this.#become(afterMarker(this.#record, readOffset));
  }

  async load(signal: AbortSignal): Promise<Snapshot<ChannelRecord>> {
    const input = { channelId: this.#record.id };
    const state = present((await this.#core.outbox.request("getChannel", input, { signal })).channel);
    return { state, position: state.head };
  }

  stale(): void {
    // The old counts are the best there is to show until the new ones come.
  }

  show(record: ChannelRecord): void {
    const { members, lastMessage } = this.#record;
    const kept = record.members.length > 0 ? record.members : members; // only lists have them
    this.#record = { ...record, members: kept, lastMessage: record.lastMessage ?? lastMessage };
    this.#user.changed(this.#record);
  }

  apply(push: Push): void {
    this.#become(afterEvent(this.#record, push, this.#core.session.getSnapshot()?.user.id ?? ""));
  }

  own(own: OwnState): void {
    this.marker(own.readOffset);
  }

  failed(error: ParleyError): void {
    if (error.code === "CHANNEL_NOT_FOUND" || error.code === "NOT_A_MEMBER") this.#user.removed(this.#record.id);
  }

  get #headOffset(): number {
    return this.#record.head?.offset ?? 0;
  }

  #become(change: RecordChange): void {
    if (change === "removed") this.#user.removed(this.#record.id);
    else if (change === "unclear") this.#sync.reload();
    else if (change !== this.#record) {
      this.#record = change;
      this.#user.changed(change);
    }
  }
}
