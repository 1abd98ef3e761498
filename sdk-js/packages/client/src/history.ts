import type { Outbox } from "./connection/outbox.js";
import type { Anchor, HistoryOptions } from "./drafts.js";
import type { GetHistory, History, Message } from "./wire/types.js";

/** The anchor in the words of the contract. */
export function around(anchor: Anchor): Pick<GetHistory, "aroundMessageId" | "aroundOffset" | "aroundTime"> {
  if ("messageId" in anchor) return { aroundMessageId: anchor.messageId };
  return "offset" in anchor ? { aroundOffset: anchor.offset } : { aroundTime: anchor.time };
}

/** Messages in the wanted direction, one after the other. */
export async function* readHistory(
  outbox: Outbox,
  channelId: string,
  options: HistoryOptions,
): AsyncIterableIterator<Message> {
  const forward = options.direction === "forward";
  const base: GetHistory = {
    channelId,
    limit: options.pageSize,
    direction: forward ? "FORWARD" : "BACKWARD",
    parentId: options.threadOf,
  };
  const read = (more: Partial<GetHistory>): Promise<History> =>
    outbox.request("getHistory", { ...base, ...more }, { signal: options.signal });

  let page = await read(options.from ? around(options.from) : {});
  yield* inDirection(options.from ? fromAnchor(page.items, options.from, forward) : page.items, forward);
  for (let cursor = further(page, forward); cursor !== ""; cursor = further(page, forward)) {
    page = await read({ cursor });
    yield* inDirection(page.items, forward);
  }
}

const further = (page: History, forward: boolean): string => (forward ? page.next : page.prev);

const inDirection = (items: readonly Message[], forward: boolean): readonly Message[] =>
  forward ? items : [...items].reverse();

/** A page around an anchor reaches to both sides: only the wanted side and the anchor itself are kept. */
function fromAnchor(items: readonly Message[], anchor: Anchor, forward: boolean): readonly Message[] {
  const wanted = (message: Message): boolean => {
    const side = sideOf(message, anchor, items);
    return side === 0 || side > 0 === forward;
  };
  return items.filter(wanted);
}

/** Below 0 before the anchor, 0 at it, above 0 behind it. */
function sideOf(message: Message, anchor: Anchor, items: readonly Message[]): number {
  if ("offset" in anchor) return message.offset - anchor.offset;
  if ("time" in anchor) return (message.createdAt?.getTime() ?? 0) - anchor.time.getTime();
  const at = items.find((item) => item.id === anchor.messageId);
  return at ? message.offset - at.offset : 0;
}
