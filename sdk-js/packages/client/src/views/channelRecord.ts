import type { ChannelRecord, Message, OwnState, Push } from "../wire/types.js";

/**
 * What an event makes of a channel: the new record, `removed` when it is gone for the caller, or `unclear`: read it
 * again.
 */
export type RecordChange = ChannelRecord | "removed" | "unclear";

/** True for what the channel's timeline shows: no thread replies but those that were sent to the channel too. */
export const isInTimeline = (message: Message): boolean => message.parentId === "" || message.alsoInChannel;

/** True when the caller is mentioned, by id or with everybody. */
const mentions = (message: Message, me: string): boolean =>
  message.mentions.includes(me) || message.mentions.includes("@channel");

/** What the channel is after an event. An event that the record holds already changes nothing. */
export function afterEvent(record: ChannelRecord, push: Push, me: string): RecordChange {
  const head = record.head;
  if (push.offset > 0 && head?.epoch === push.epoch && push.offset <= head.offset) return record;
  const change = changed(record, push, me);
  if (push.offset === 0 || typeof change === "string") return change;
  return { ...change, head: { epoch: push.epoch, offset: push.offset } };
}

function changed(record: ChannelRecord, push: Push, me: string): RecordChange {
  const { event } = push;
  switch (event.kind) {
    case "messageCreated":
      return event.body.message ? withMessage(record, event.body.message, me) : record;
    case "messageEdited":
      return event.body.message ? withEdit(record, event.body.message, me) : record;
    case "messageDeleted":
      return withDelete(record, event.body.messageId, event.body.messageOffset, push.at);
    case "channelUpdated":
      return event.body.channel ? withFields(record, event.body.channel) : record;
    case "memberJoined":
      return { ...record, memberCount: event.body.memberCount };
    case "memberLeft":
      return event.body.userId === me ? "removed" : { ...record, memberCount: event.body.memberCount };
    case "memberUpdated":
      return event.body.member?.userId === me ? "unclear" : record; // a new role brings new capabilities
    case "channelDeleted":
      return "removed";
    default:
      return record;
  }
}

/** The read marker as the server told it; counts follow when they cannot be known from here. */
export function afterMarker(record: ChannelRecord, readOffset: number): RecordChange {
  const { own, head } = record;
  if (!own || !head || readOffset < head.offset) return "unclear";
  return { ...record, own: readUpTo(own, readOffset) };
}

const readUpTo = (own: OwnState, readOffset: number): OwnState => ({
  ...own,
  readOffset: Math.max(readOffset, own.readOffset),
  unread: 0,
  unreadMentions: 0,
  firstUnreadOffset: 0,
});

function withMessage(record: ChannelRecord, message: Message, me: string): ChannelRecord {
  if (!isInTimeline(message)) return record;
  const next = { ...record, lastMessage: message, lastMessageAt: message.createdAt };
  const { own } = record;
  if (!own) return next;
  if (message.authorId === me) return { ...next, own: readUpTo(own, message.offset) };
  if (message.offset <= own.readOffset) return next;
  const unreadMentions = own.unreadMentions + (mentions(message, me) ? 1 : 0);
  const firstUnreadOffset = own.firstUnreadOffset === 0 ? message.offset : own.firstUnreadOffset;
  return { ...next, own: { ...own, unread: own.unread + 1, unreadMentions, firstUnreadOffset } };
}

function withEdit(record: ChannelRecord, message: Message, me: string): RecordChange {
  const unread = message.authorId !== me && message.offset > (record.own?.readOffset ?? 0);
  if (unread && isInTimeline(message)) return "unclear"; // the edit may mention the caller, or no longer
  return record.lastMessage?.id === message.id ? { ...record, lastMessage: message } : record;
}

function withDelete(record: ChannelRecord, messageId: string, offset: number, at: Date | undefined): RecordChange {
  if (offset > (record.own?.readOffset ?? 0)) return "unclear"; // it may have counted as unread
  const last = record.lastMessage;
  return last?.id === messageId
    ? { ...record, lastMessage: { ...last, text: "", custom: undefined, deletedAt: at } }
    : record;
}

/** The event holds the channel's own fields; what is the caller's or derived stays. */
function withFields(record: ChannelRecord, channel: ChannelRecord): ChannelRecord {
  const { own, head, members, lastMessage, lastMessageAt, memberCount } = record;
  return { ...channel, own, head, members, lastMessage, lastMessageAt, memberCount };
}
