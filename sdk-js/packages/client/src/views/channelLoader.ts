import type { Core } from "../base/core.js";
import { ParleyError } from "../base/errors.js";
import type { Anchor } from "../drafts.js";
import { around } from "../history.js";
import { present } from "../present.js";
import type { Snapshot } from "../streams/snapshotSync.js";
import type { ChannelRecord, GetHistory, History, Message, Position, Receipt } from "../wire/types.js";

/** All that a channel view reads before it shows anything. */
export interface ChannelSnapshot {
  readonly record: ChannelRecord;
  readonly history: History;
  readonly receipts: readonly Receipt[];
  readonly pins: readonly Message[];
  readonly parent: Message | undefined;
  /** Everything up to here is in all of it; parts of it may be newer. */
  readonly position: Position;
}

/** Messages per page of a view. */
const PAGE = 50;

/** What the caller, the channel's type or an older server may lack without the view being any worse. */
const EXTRAS: ReadonlySet<string> = new Set(["FEATURE_DISABLED", "FORBIDDEN", "UNKNOWN_COMMAND"]);

/** Reads what a channel or thread view shows. */
export class ChannelLoader {
  readonly #core: Core;
  readonly #channelId: string;
  readonly #parentId: string | undefined;

  constructor(core: Core, channelId: string, parentId: string | undefined) {
    this.#core = core;
    this.#channelId = channelId;
    this.#parentId = parentId;
  }

  async snapshot(signal: AbortSignal): Promise<Snapshot<ChannelSnapshot>> {
    const isThread = this.#parentId !== undefined;
    const [record, history, receipts, pins, parent] = await Promise.all([
      this.record(signal),
      this.history({}, signal),
      isThread ? [] : this.#receipts(signal),
      isThread ? [] : this.pins(signal),
      isThread ? this.#parent(this.#parentId, signal) : undefined,
    ]);
    const position = earlier(record.head, history.position);
    return { state: { record, history, receipts, pins, parent, position }, position };
  }

  async record(signal?: AbortSignal): Promise<ChannelRecord> {
    return present((await this.#core.outbox.request("getChannel", { channelId: this.#channelId }, { signal })).channel);
  }

  history(where: Partial<GetHistory>, signal?: AbortSignal): Promise<History> {
    const input = { channelId: this.#channelId, limit: PAGE, parentId: this.#parentId, ...where };
    return this.#core.outbox.request("getHistory", input, { signal });
  }

  historyAround(anchor: Anchor, signal?: AbortSignal): Promise<History> {
    return this.history(around(anchor), signal);
  }

  async pins(signal?: AbortSignal): Promise<readonly Message[]> {
    const input = { channelId: this.#channelId };
    return optional(this.#core.outbox.request("listPins", input, { signal }));
  }

  async #receipts(signal: AbortSignal): Promise<readonly Receipt[]> {
    const input = { channelId: this.#channelId };
    return optional(this.#core.outbox.request("listReceipts", input, { signal }));
  }

  async #parent(messageId: string, signal: AbortSignal): Promise<Message> {
    const input = { channelId: this.#channelId, messageId };
    return present((await this.#core.outbox.request("getMessage", input, { signal })).message);
  }
}

/**
 * Parts are read one by one, so events may lie between them: from the earlier position on, all are applied again,
 * which harms
 * nothing. Parts of two epochs do not belong together: then it is a position that is behind any stream.
 */
function earlier(a: Position | undefined, b: Position | undefined): Position {
  if (!a || a.epoch !== b?.epoch) return { epoch: "", offset: 0 };
  return a.offset < b.offset ? a : b;
}

async function optional<T>(answer: Promise<{ readonly items: readonly T[] }>): Promise<readonly T[]> {
  try {
    return (await answer).items;
  } catch (error) {
    if (error instanceof ParleyError && EXTRAS.has(error.code)) return [];
    throw error;
  }
}
