import type { ParleyError } from "../base/errors.js";
import type { Message, Push, Reaction, ReactionCount, SendMessage, ThreadSummary } from "../wire/types.js";
import type { TimelineEntry } from "./types.js";

/** A send that is not known to be stored. */
export interface PendingSend {
  readonly input: SendMessage;
  readonly message: Message;
  readonly error: ParleyError | undefined;
}

/**
 * A window of messages in order of offset, without gaps, and the sends on their way. Immutable: every change is a new
 * one.
 */
export interface Timeline {
  readonly messages: readonly Message[];
  readonly pending: readonly PendingSend[];
  /** True when the window ends with the newest message. */
  readonly atEnd: boolean;
}

export const emptyTimeline: Timeline = { messages: [], pending: [], atEnd: true };

/**
 * The same from the optimistic copy on: the caller's own id of the send. `me` is "" while it is not known yet, as is
 * then the
 * author of an optimistic copy. Others' ids are kept apart by their author, so that nobody can pose as a send of the
 * caller.
 */
export function keyOf({ id, authorId, clientId }: Message, me: string): string {
  if (clientId === "") return id;
  return authorId === me || authorId === "" ? clientId : `${authorId}:${clientId}`;
}

/** Stored messages first, then what is on its way. */
export function entriesOf(timeline: Timeline, me: string): readonly TimelineEntry[] {
  const sent = timeline.messages.map((message): TimelineEntry => ({
    key: keyOf(message, me),
    state: "sent",
    message,
    error: undefined,
  }));
  const pending = timeline.pending.map(({ message, error }): TimelineEntry => ({
    key: keyOf(message, me),
    state: error ? "failed" : "pending",
    message,
    error,
  }));
  return [...sent, ...pending];
}

/** A page beside the window, or a message that was sent: merged by id, the newcomer wins. */
export function withMessages(timeline: Timeline, added: readonly Message[], me: string): Timeline {
  const byId = new Map(timeline.messages.map((message) => [message.id, message]));
  for (const message of added) byId.set(message.id, message);
  const messages = [...byId.values()].sort((a, b) => a.offset - b.offset);
  const stored = new Set(added.map((message) => keyOf(message, me)));
  return { ...timeline, messages, pending: timeline.pending.filter(({ message }) => !stored.has(keyOf(message, me))) };
}

/** Events hold nothing of the caller: their reactions stay as they were read. */
const edited = (old: Message, message: Message): Message => ({
  ...message,
  ownReactions: old.ownReactions,
  author: message.author ?? old.author,
});

/** A stored message of this view: shown when the window reaches the end; its optimistic copy goes either way. */
export function withNewest(timeline: Timeline, message: Message, me: string): Timeline {
  const known = timeline.messages.some(({ id }) => id === message.id);
  if (timeline.atEnd && !known) return withMessages(timeline, [message], me);
  return withoutPending(timeline, message, me);
}

/** The send of this message is no longer on its way. */
export function withoutPending(timeline: Timeline, message: Message, me: string): Timeline {
  if (timeline.pending.length === 0) return timeline;
  return { ...timeline, pending: timeline.pending.filter((send) => keyOf(send.message, me) !== keyOf(message, me)) };
}

/** At most `max` messages: the oldest go when the window is at the end, else the newest. */
export function trimmed(timeline: Timeline, max: number): Timeline {
  if (timeline.messages.length <= max) return timeline;
  return { ...timeline, messages: timeline.messages.slice(-max) };
}

/** One message changed; the same timeline when it is not in the window. */
export function updated(timeline: Timeline, messageId: string, change: (message: Message) => Message): Timeline {
  if (!timeline.messages.some((message) => message.id === messageId)) return timeline;
  return { ...timeline, messages: timeline.messages.map((item) => (item.id === messageId ? change(item) : item)) };
}

/** What an event makes of the messages in the window; new messages are the view's matter. */
export function afterChange(timeline: Timeline, push: Push, me: string): Timeline {
  const { event } = push;
  switch (event.kind) {
    case "messageEdited": {
      const { message } = event.body;
      return message ? updated(timeline, message.id, (old) => edited(old, message)) : timeline;
    }
    case "messageDeleted": {
      const { messageId, hard, parentId, parentThread } = event.body;
      const without = hard ? withoutMessage(timeline, messageId) : updated(timeline, messageId, tombstone(push.at));
      return withThread(without, parentId, parentThread);
    }
    case "reactionAdded": {
      const { messageId, reaction, counts } = event.body;
      return updated(timeline, messageId, reacted(reaction, counts, me, true));
    }
    case "reactionRemoved": {
      const { messageId, reaction, counts } = event.body;
      return updated(timeline, messageId, reacted(reaction, counts, me, false));
    }
    case "messagePinned":
      return updated(timeline, event.body.messageId, (message) => ({ ...message, pinned: true }));
    case "messageUnpinned":
      return updated(timeline, event.body.messageId, (message) => ({ ...message, pinned: false }));
    default:
      return timeline;
  }
}

/** The message that a thread hangs on, with the thread's new summary. */
export function withThread(timeline: Timeline, parentId: string, thread: ThreadSummary | undefined): Timeline {
  return thread ? updated(timeline, parentId, (message) => ({ ...message, thread })) : timeline;
}

const withoutMessage = (timeline: Timeline, messageId: string): Timeline => ({
  ...timeline,
  messages: timeline.messages.filter((message) => message.id !== messageId),
});

const tombstone =
  (at: Date | undefined) =>
  (message: Message): Message => ({
    ...message,
    text: "",
    custom: undefined,
    reactions: [],
    ownReactions: [],
    deletedAt: at,
  });

function reacted(reaction: Reaction | undefined, reactions: readonly ReactionCount[], me: string, added: boolean) {
  return (message: Message): Message => {
    if (reaction?.userId !== me) return { ...message, reactions };
    const others = message.ownReactions.filter((kind) => kind !== reaction.kind);
    return { ...message, reactions, ownReactions: added ? [...others, reaction.kind] : others };
  };
}
