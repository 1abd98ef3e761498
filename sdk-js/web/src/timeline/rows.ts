import type { TimelineEntry } from "@parley/client";
import { isSameDay } from "../text/times.js";

/** One message in its surroundings. */
export interface Row {
  readonly entry: TimelineEntry;
  /** The day that begins with this message. */
  readonly day: Date | undefined;
  /** The first that was not read when the conversation was opened. */
  readonly isFirstUnread: boolean;
  /** Follows a message of the same author closely: shown without a head of its own. */
  readonly isContinued: boolean;
}

/** Messages of one author this close together are one group. */
const GROUP_MS = 5 * 60_000;

/** Rows in order; `dividerOffset` is where reading had ended, undefined = no divider. */
export function rowsOf(
  entries: readonly TimelineEntry[],
  dividerOffset: number | undefined,
  meId: string,
): readonly Row[] {
  let isDivided = dividerOffset === undefined;
  let previous: TimelineEntry | undefined;
  return entries.map((entry) => {
    const { message } = entry;
    const at = message.createdAt;
    const before = previous?.message.createdAt;
    const day = at && (!before || !isSameDay(before, at)) ? at : undefined;
    const isFirstUnread = !isDivided && message.offset > (dividerOffset ?? 0) && message.authorId !== meId;
    if (isFirstUnread) isDivided = true;
    const isContinued = !day && !isFirstUnread && !message.quote && previous !== undefined && isClose(previous, entry);
    previous = entry;
    return { entry, day, isFirstUnread, isContinued };
  });
}

function isClose({ message: a }: TimelineEntry, { message: b }: TimelineEntry): boolean {
  if (a.authorId !== b.authorId || a.kind !== b.kind || !a.createdAt || !b.createdAt) return false;
  return b.createdAt.getTime() - a.createdAt.getTime() < GROUP_MS;
}
