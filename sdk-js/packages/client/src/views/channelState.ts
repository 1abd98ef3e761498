import type { ParleyError } from "../base/errors.js";
import type { ChannelRecord, Message, Receipt, User } from "../wire/types.js";
import { emptyTimeline, entriesOf, type Timeline } from "./timeline.js";
import type { ChannelViewSnapshot, TimelineEntry, ViewStatus } from "./types.js";

/** Profiles and receipts kept by one view; the longest known go first. */
const REMEMBERED_MAX = 1_000;

/** All that a channel view knows. Immutable. */
export interface ChannelState {
  /** The caller, once it is known. */
  readonly me: string;
  readonly status: ViewStatus;
  readonly record: ChannelRecord | undefined;
  readonly parent: Message | undefined;
  readonly timeline: Timeline;
  /** Cursors beyond the window: "" = nothing there, undefined = not known, read around the outermost message. */
  readonly older: string | undefined;
  readonly newer: string | undefined;
  readonly loadingOlder: boolean;
  readonly loadingNewer: boolean;
  readonly typing: readonly string[];
  readonly receipts: Readonly<Record<string, Receipt>>;
  readonly pins: readonly Message[];
  readonly users: Readonly<Record<string, User>>;
  readonly error: ParleyError | undefined;
}

export const initialState: ChannelState = {
  me: "",
  status: "loading",
  record: undefined,
  parent: undefined,
  timeline: emptyTimeline,
  older: "",
  newer: "",
  loadingOlder: false,
  loadingNewer: false,
  typing: [],
  receipts: {},
  pins: [],
  users: {},
  error: undefined,
};

/** What is shown; `old` lends its entries when the timeline has not changed. */
export function snapshotOf(
  state: ChannelState,
  old?: { state: ChannelState; shown: ChannelViewSnapshot },
): ChannelViewSnapshot {
  const { record, timeline } = state;
  const entries: readonly TimelineEntry[] =
    old?.state.timeline === timeline ? old.shown.entries : entriesOf(timeline, state.me);
  return {
    status: state.status,
    channel: record,
    parent: state.parent,
    entries,
    hasOlder: state.older !== "",
    hasNewer: !timeline.atEnd,
    loadingOlder: state.loadingOlder,
    loadingNewer: state.loadingNewer,
    typing: state.typing,
    receipts: state.receipts,
    pins: state.pins,
    users: state.users,
    unread: record?.own?.unread ?? 0,
    unreadMentions: record?.own?.unreadMentions ?? 0,
    readOffset: record?.own?.readOffset ?? 0,
    error: state.error,
  };
}

/** Users met in messages and members; the same map when there is nothing new. */
export function withUsers(known: Readonly<Record<string, User>>, met: readonly (User | undefined)[]): typeof known {
  const news = met.filter((user): user is User => user !== undefined && !isSame(known[user.id], user));
  if (news.length === 0) return known;
  return remembered({ ...known, ...Object.fromEntries(news.map((user) => [user.id, user])) });
}

const isSame = (a: User | undefined, b: User): boolean => a?.name === b.name && a.imageUrl === b.imageUrl;

/** Markers only move forward, so a late or repeated one changes nothing. */
export function withReceipts(
  known: Readonly<Record<string, Receipt>>,
  moved: readonly Receipt[],
  me: string,
): typeof known {
  const next = { ...known };
  for (const receipt of moved) {
    const old = next[receipt.userId];
    if (receipt.userId === me) continue;
    next[receipt.userId] = {
      userId: receipt.userId,
      readOffset: Math.max(receipt.readOffset, old?.readOffset ?? 0),
      deliveredOffset: Math.max(receipt.deliveredOffset, old?.deliveredOffset ?? 0),
    };
  }
  return remembered(next);
}

function remembered<T>(all: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  const entries = Object.entries(all);
  return entries.length <= REMEMBERED_MAX ? all : Object.fromEntries(entries.slice(-REMEMBERED_MAX));
}
