// Code generated from shared-schema/contracts by npm run generate. DO NOT EDIT.
import * as json from "./json.js";
import type {
  Ack,
  AllocationsChanged,
  Capabilities,
  ChannelAdded,
  ChannelCreated,
  ChannelDeleted,
  ChannelRecord,
  ChannelRemoved,
  ChannelResult,
  ChannelType,
  ChannelTypes,
  ChannelUpdated,
  Channels,
  CommandName,
  Ctl,
  CtlControl,
  DemandChanged,
  Done,
  Drain,
  Events,
  GuestSession,
  HelloResult,
  History,
  IceRestarted,
  Invited,
  JoinResult,
  LimitPolicies,
  LimitPolicy,
  MediaStateChanged,
  Member,
  MemberInvited,
  MemberJoined,
  MemberLeft,
  MemberResult,
  MemberState,
  MemberUpdated,
  Members,
  Mentioned,
  Message,
  MessageCreated,
  MessageDeleted,
  MessageEdited,
  MessagePinned,
  MessageResult,
  MessageUnpinned,
  MessageVersion,
  Messages,
  Notice,
  Ok,
  OkResult,
  OwnState,
  Participant,
  ParticipantJoined,
  ParticipantLeft,
  ParticipantLeftCause,
  ParticipantResult,
  ParticipantRole,
  ParticipantState,
  ParticipantUpdated,
  Ping,
  Pong,
  Position,
  Positions,
  Presence,
  PresenceChanged,
  PresenceState,
  Presences,
  Push,
  PushEvent,
  Quote,
  Reaction,
  ReactionAdded,
  ReactionCount,
  ReactionRemoved,
  Reactions,
  ReadMarkerMoved,
  ReadState,
  Receipt,
  ReceiptMoved,
  Receipts,
  RefreshResult,
  Reply,
  ReplyOutcome,
  Retry,
  Room,
  RoomClosed,
  RoomResult,
  Rooms,
  Seat,
  SeatResult,
  SentMessage,
  SfuAssignment,
  Slot,
  SlotsChanged,
  SpeakersChanged,
  StreamPosition,
  SubscribeResult,
  SubscribeResultLost,
  ThreadSummary,
  Track,
  TrackAllocation,
  TrackAllocationReason,
  TrackDemand,
  TrackKind,
  Typing,
  UnreadTotals,
  User,
  UserResult,
  UserUpdated,
  Users,
  Versions,
  Violation,
  WireError,
} from "./types.js";

const subscribeResultLostNames: json.EnumNames<SubscribeResultLost> = {
  0: "NOT_LOST",
  1: "EPOCH_CHANGED",
  2: "TOO_OLD",
  3: "TOO_MANY",
  4: "REFUSED",
};

const memberStateNames: json.EnumNames<MemberState> = {
  0: "JOINED",
  1: "INVITED",
};

const presenceStateNames: json.EnumNames<PresenceState> = {
  0: "OFFLINE",
  1: "ONLINE",
  2: "AWAY",
  3: "INVISIBLE",
};

const participantRoleNames: json.EnumNames<ParticipantRole> = {
  0: "VIEWER",
  1: "HOST",
  2: "CONTROLLER",
};

const participantStateNames: json.EnumNames<ParticipantState> = {
  0: "JOINING",
  1: "CONNECTED",
  2: "INTERRUPTED",
};

const trackKindNames: json.EnumNames<TrackKind> = {
  0: "MICROPHONE",
  1: "CAMERA",
  2: "SCREEN",
  3: "SCREEN_AUDIO",
};

const participantLeftCauseNames: json.EnumNames<ParticipantLeftCause> = {
  0: "LEFT",
  1: "REMOVED",
  2: "MEDIA_LOST",
  3: "NODE_LOST",
  4: "ROOM_CLOSED",
};

const trackAllocationReasonNames: json.EnumNames<TrackAllocationReason> = {
  0: "BEST",
  1: "VIEWPORT",
  2: "ROLE",
  3: "BANDWIDTH",
  4: "LAST_N",
  5: "HIDDEN",
  6: "OVERLOAD",
  7: "NOT_SENT",
};

const retryNames: json.EnumNames<Retry> = {
  0: "NEVER",
  1: "AFTER",
  2: "REFRESH",
  3: "RESUME",
  4: "RECONNECT",
};

export function decodeReply(value: unknown): Reply {
  const from = json.object(value);
  return {
    id: json.number(from["id"]),
    outcome: decodeReplyOutcome(from),
  };
}

function decodeReplyOutcome(from: json.Members): ReplyOutcome {
  if (json.has(from, "ok")) {
    return { kind: "ok", body: decodeOk(from["ok"]) };
  }
  if (json.has(from, "err")) {
    return { kind: "err", body: decodeWireError(from["err"]) };
  }
  return { kind: "unknown" };
}

export function decodeOk(value: unknown): Ok {
  const from = json.object(value);
  return {
    replayed: json.boolean(from["replayed"]),
    result: decodeOkResult(from),
  };
}

function decodeOkResult(from: json.Members): OkResult {
  if (json.has(from, "hello")) {
    return { kind: "hello", body: decodeHelloResult(from["hello"]) };
  }
  if (json.has(from, "refresh")) {
    return { kind: "refresh", body: decodeRefreshResult(from["refresh"]) };
  }
  if (json.has(from, "subscribe")) {
    return { kind: "subscribe", body: decodeSubscribeResult(from["subscribe"]) };
  }
  if (json.has(from, "unsubscribe")) {
    return { kind: "unsubscribe", body: decodeDone(from["unsubscribe"]) };
  }
  if (json.has(from, "getLimits")) {
    return { kind: "getLimits", body: decodeLimitPolicies(from["getLimits"]) };
  }
  if (json.has(from, "revokeSessions")) {
    return { kind: "revokeSessions", body: decodeDone(from["revokeSessions"]) };
  }
  if (json.has(from, "getMe")) {
    return { kind: "getMe", body: decodeUserResult(from["getMe"]) };
  }
  if (json.has(from, "updateMe")) {
    return { kind: "updateMe", body: decodeUserResult(from["updateMe"]) };
  }
  if (json.has(from, "getUsers")) {
    return { kind: "getUsers", body: decodeUsers(from["getUsers"]) };
  }
  if (json.has(from, "createChannel")) {
    return { kind: "createChannel", body: decodeChannelResult(from["createChannel"]) };
  }
  if (json.has(from, "openDirect")) {
    return { kind: "openDirect", body: decodeChannelResult(from["openDirect"]) };
  }
  if (json.has(from, "getChannel")) {
    return { kind: "getChannel", body: decodeChannelResult(from["getChannel"]) };
  }
  if (json.has(from, "updateChannel")) {
    return { kind: "updateChannel", body: decodeChannelResult(from["updateChannel"]) };
  }
  if (json.has(from, "deleteChannel")) {
    return { kind: "deleteChannel", body: decodeDone(from["deleteChannel"]) };
  }
  if (json.has(from, "listChannels")) {
    return { kind: "listChannels", body: decodeChannels(from["listChannels"]) };
  }
  if (json.has(from, "browseChannels")) {
    return { kind: "browseChannels", body: decodeChannels(from["browseChannels"]) };
  }
  if (json.has(from, "joinChannel")) {
    return { kind: "joinChannel", body: decodeChannelResult(from["joinChannel"]) };
  }
  if (json.has(from, "leaveChannel")) {
    return { kind: "leaveChannel", body: decodeDone(from["leaveChannel"]) };
  }
  if (json.has(from, "inviteMembers")) {
    return { kind: "inviteMembers", body: decodeMembers(from["inviteMembers"]) };
  }
  if (json.has(from, "removeMember")) {
    return { kind: "removeMember", body: decodeDone(from["removeMember"]) };
  }
  if (json.has(from, "setMemberRole")) {
    return { kind: "setMemberRole", body: decodeMemberResult(from["setMemberRole"]) };
  }
  if (json.has(from, "listMembers")) {
    return { kind: "listMembers", body: decodeMembers(from["listMembers"]) };
  }
  if (json.has(from, "sendMessage")) {
    return { kind: "sendMessage", body: decodeSentMessage(from["sendMessage"]) };
  }
  if (json.has(from, "editMessage")) {
    return { kind: "editMessage", body: decodeMessageResult(from["editMessage"]) };
  }
  if (json.has(from, "deleteMessage")) {
    return { kind: "deleteMessage", body: decodeDone(from["deleteMessage"]) };
  }
  if (json.has(from, "getMessage")) {
    return { kind: "getMessage", body: decodeMessageResult(from["getMessage"]) };
  }
  if (json.has(from, "listVersions")) {
    return { kind: "listVersions", body: decodeVersions(from["listVersions"]) };
  }
  if (json.has(from, "getHistory")) {
    return { kind: "getHistory", body: decodeHistory(from["getHistory"]) };
  }
  if (json.has(from, "react")) {
    return { kind: "react", body: decodeMessageResult(from["react"]) };
  }
  if (json.has(from, "unreact")) {
    return { kind: "unreact", body: decodeMessageResult(from["unreact"]) };
  }
  if (json.has(from, "listReactions")) {
    return { kind: "listReactions", body: decodeReactions(from["listReactions"]) };
  }
  if (json.has(from, "pinMessage")) {
    return { kind: "pinMessage", body: decodeDone(from["pinMessage"]) };
  }
  if (json.has(from, "unpinMessage")) {
    return { kind: "unpinMessage", body: decodeDone(from["unpinMessage"]) };
  }
  if (json.has(from, "listPins")) {
    return { kind: "listPins", body: decodeMessages(from["listPins"]) };
  }
  if (json.has(from, "markRead")) {
    return { kind: "markRead", body: decodeReadState(from["markRead"]) };
  }
  if (json.has(from, "markUnread")) {
    return { kind: "markUnread", body: decodeReadState(from["markUnread"]) };
  }
  if (json.has(from, "markDelivered")) {
    return { kind: "markDelivered", body: decodeDone(from["markDelivered"]) };
  }
  if (json.has(from, "listReceipts")) {
    return { kind: "listReceipts", body: decodeReceipts(from["listReceipts"]) };
  }
  if (json.has(from, "getUnread")) {
    return { kind: "getUnread", body: decodeUnreadTotals(from["getUnread"]) };
  }
  if (json.has(from, "setTyping")) {
    return { kind: "setTyping", body: decodeDone(from["setTyping"]) };
  }
  if (json.has(from, "getEvents")) {
    return { kind: "getEvents", body: decodeEvents(from["getEvents"]) };
  }
  if (json.has(from, "listChannelTypes")) {
    return { kind: "listChannelTypes", body: decodeChannelTypes(from["listChannelTypes"]) };
  }
  if (json.has(from, "setPresence")) {
    return { kind: "setPresence", body: decodePresences(from["setPresence"]) };
  }
  if (json.has(from, "watchPresence")) {
    return { kind: "watchPresence", body: decodePresences(from["watchPresence"]) };
  }
  if (json.has(from, "unwatchPresence")) {
    return { kind: "unwatchPresence", body: decodeDone(from["unwatchPresence"]) };
  }
  if (json.has(from, "queryPresence")) {
    return { kind: "queryPresence", body: decodePresences(from["queryPresence"]) };
  }
  if (json.has(from, "createRoom")) {
    return { kind: "createRoom", body: decodeRoomResult(from["createRoom"]) };
  }
  if (json.has(from, "getRoom")) {
    return { kind: "getRoom", body: decodeRoomResult(from["getRoom"]) };
  }
  if (json.has(from, "listRooms")) {
    return { kind: "listRooms", body: decodeRooms(from["listRooms"]) };
  }
  if (json.has(from, "closeRoom")) {
    return { kind: "closeRoom", body: decodeDone(from["closeRoom"]) };
  }
  if (json.has(from, "joinRoom")) {
    return { kind: "joinRoom", body: decodeJoinResult(from["joinRoom"]) };
  }
  if (json.has(from, "leaveRoom")) {
    return { kind: "leaveRoom", body: decodeDone(from["leaveRoom"]) };
  }
  if (json.has(from, "restartIce")) {
    return { kind: "restartIce", body: decodeIceRestarted(from["restartIce"]) };
  }
  if (json.has(from, "setTracks")) {
    return { kind: "setTracks", body: decodeParticipantResult(from["setTracks"]) };
  }
  if (json.has(from, "setView")) {
    return { kind: "setView", body: decodeDone(from["setView"]) };
  }
  if (json.has(from, "getSeat")) {
    return { kind: "getSeat", body: decodeSeatResult(from["getSeat"]) };
  }
  if (json.has(from, "removeParticipant")) {
    return { kind: "removeParticipant", body: decodeDone(from["removeParticipant"]) };
  }
  return { kind: "unknown" };
}

export function decodeHelloResult(value: unknown): HelloResult {
  const from = json.object(value);
  return {
    sessionId: json.string(from["sessionId"]),
    user: json.optional(from["user"], decodeUser),
    roles: json.list(from["roles"], json.string),
    tenant: json.string(from["tenant"]),
    heartbeatMs: json.number(from["heartbeatMs"]),
    tokenTtlMs: json.number(from["tokenTtlMs"]),
    streams: json.list(from["streams"], decodeSubscribeResult),
    limits: json.list(from["limits"], decodeLimitPolicy),
    serverTime: json.optional(from["serverTime"], json.timestamp),
  };
}

export function decodeUser(value: unknown): User {
  const from = json.object(value);
  return {
    id: json.string(from["id"]),
    name: json.string(from["name"]),
    imageUrl: json.string(from["imageUrl"]),
    guest: json.boolean(from["guest"]),
    custom: json.optional(from["custom"], json.struct),
    createdAt: json.optional(from["createdAt"], json.timestamp),
  };
}

export function decodeSubscribeResult(value: unknown): SubscribeResult {
  const from = json.object(value);
  return {
    stream: json.string(from["stream"]),
    position: json.optional(from["position"], decodePosition),
    recovered: json.boolean(from["recovered"]),
    lost: json.enumeration(from["lost"], subscribeResultLostNames),
    missed: json.list(from["missed"], decodePush),
    own: json.optional(from["own"], decodeOwnState),
    error: json.number(from["error"]),
  };
}

export function decodePosition(value: unknown): Position {
  const from = json.object(value);
  return {
    epoch: json.string(from["epoch"]),
    offset: json.number(from["offset"]),
  };
}

export function decodePush(value: unknown): Push {
  const from = json.object(value);
  return {
    stream: json.string(from["stream"]),
    epoch: json.string(from["epoch"]),
    offset: json.number(from["offset"]),
    at: json.optional(from["at"], json.timestamp),
    event: decodePushEvent(from),
  };
}

function decodePushEvent(from: json.Members): PushEvent {
  if (json.has(from, "messageCreated")) {
    return { kind: "messageCreated", body: decodeMessageCreated(from["messageCreated"]) };
  }
  if (json.has(from, "messageEdited")) {
    return { kind: "messageEdited", body: decodeMessageEdited(from["messageEdited"]) };
  }
  if (json.has(from, "messageDeleted")) {
    return { kind: "messageDeleted", body: decodeMessageDeleted(from["messageDeleted"]) };
  }
  if (json.has(from, "reactionAdded")) {
    return { kind: "reactionAdded", body: decodeReactionAdded(from["reactionAdded"]) };
  }
  if (json.has(from, "reactionRemoved")) {
    return { kind: "reactionRemoved", body: decodeReactionRemoved(from["reactionRemoved"]) };
  }
  if (json.has(from, "memberJoined")) {
    return { kind: "memberJoined", body: decodeMemberJoined(from["memberJoined"]) };
  }
  if (json.has(from, "memberLeft")) {
    return { kind: "memberLeft", body: decodeMemberLeft(from["memberLeft"]) };
  }
  if (json.has(from, "memberUpdated")) {
    return { kind: "memberUpdated", body: decodeMemberUpdated(from["memberUpdated"]) };
  }
  if (json.has(from, "channelUpdated")) {
    return { kind: "channelUpdated", body: decodeChannelUpdated(from["channelUpdated"]) };
  }
  if (json.has(from, "channelDeleted")) {
    return { kind: "channelDeleted", body: decodeChannelDeleted(from["channelDeleted"]) };
  }
  if (json.has(from, "messagePinned")) {
    return { kind: "messagePinned", body: decodeMessagePinned(from["messagePinned"]) };
  }
  if (json.has(from, "messageUnpinned")) {
    return { kind: "messageUnpinned", body: decodeMessageUnpinned(from["messageUnpinned"]) };
  }
  if (json.has(from, "memberInvited")) {
    return { kind: "memberInvited", body: decodeMemberInvited(from["memberInvited"]) };
  }
  if (json.has(from, "channelCreated")) {
    return { kind: "channelCreated", body: decodeChannelCreated(from["channelCreated"]) };
  }
  if (json.has(from, "typing")) {
    return { kind: "typing", body: decodeTyping(from["typing"]) };
  }
  if (json.has(from, "receiptMoved")) {
    return { kind: "receiptMoved", body: decodeReceiptMoved(from["receiptMoved"]) };
  }
  if (json.has(from, "presenceChanged")) {
    return { kind: "presenceChanged", body: decodePresenceChanged(from["presenceChanged"]) };
  }
  if (json.has(from, "channelAdded")) {
    return { kind: "channelAdded", body: decodeChannelAdded(from["channelAdded"]) };
  }
  if (json.has(from, "channelRemoved")) {
    return { kind: "channelRemoved", body: decodeChannelRemoved(from["channelRemoved"]) };
  }
  if (json.has(from, "invited")) {
    return { kind: "invited", body: decodeInvited(from["invited"]) };
  }
  if (json.has(from, "mentioned")) {
    return { kind: "mentioned", body: decodeMentioned(from["mentioned"]) };
  }
  if (json.has(from, "readMarkerMoved")) {
    return { kind: "readMarkerMoved", body: decodeReadMarkerMoved(from["readMarkerMoved"]) };
  }
  if (json.has(from, "userUpdated")) {
    return { kind: "userUpdated", body: decodeUserUpdated(from["userUpdated"]) };
  }
  if (json.has(from, "participantJoined")) {
    return { kind: "participantJoined", body: decodeParticipantJoined(from["participantJoined"]) };
  }
  if (json.has(from, "participantLeft")) {
    return { kind: "participantLeft", body: decodeParticipantLeft(from["participantLeft"]) };
  }
  if (json.has(from, "participantUpdated")) {
    return { kind: "participantUpdated", body: decodeParticipantUpdated(from["participantUpdated"]) };
  }
  if (json.has(from, "roomClosed")) {
    return { kind: "roomClosed", body: decodeRoomClosed(from["roomClosed"]) };
  }
  if (json.has(from, "speakersChanged")) {
    return { kind: "speakersChanged", body: decodeSpeakersChanged(from["speakersChanged"]) };
  }
  if (json.has(from, "slotsChanged")) {
    return { kind: "slotsChanged", body: decodeSlotsChanged(from["slotsChanged"]) };
  }
  if (json.has(from, "allocationsChanged")) {
    return { kind: "allocationsChanged", body: decodeAllocationsChanged(from["allocationsChanged"]) };
  }
  if (json.has(from, "demandChanged")) {
    return { kind: "demandChanged", body: decodeDemandChanged(from["demandChanged"]) };
  }
  if (json.has(from, "mediaStateChanged")) {
    return { kind: "mediaStateChanged", body: decodeMediaStateChanged(from["mediaStateChanged"]) };
  }
  return { kind: "unknown" };
}

export function decodeMessageCreated(value: unknown): MessageCreated {
  const from = json.object(value);
  return {
    message: json.optional(from["message"], decodeMessage),
    parentThread: json.optional(from["parentThread"], decodeThreadSummary),
  };
}

export function decodeMessage(value: unknown): Message {
  const from = json.object(value);
  return {
    id: json.string(from["id"]),
    channelId: json.string(from["channelId"]),
    offset: json.number(from["offset"]),
    authorId: json.string(from["authorId"]),
    clientId: json.string(from["clientId"]),
    text: json.string(from["text"]),
    custom: json.optional(from["custom"], json.struct),
    parentId: json.string(from["parentId"]),
    alsoInChannel: json.boolean(from["alsoInChannel"]),
    quote: json.optional(from["quote"], decodeQuote),
    mentions: json.list(from["mentions"], json.string),
    reactions: json.list(from["reactions"], decodeReactionCount),
    thread: json.optional(from["thread"], decodeThreadSummary),
    createdAt: json.optional(from["createdAt"], json.timestamp),
    editedAt: json.optional(from["editedAt"], json.timestamp),
    deletedAt: json.optional(from["deletedAt"], json.timestamp),
    version: json.number(from["version"]),
    pinned: json.boolean(from["pinned"]),
    author: json.optional(from["author"], decodeUser),
    ownReactions: json.list(from["ownReactions"], json.string),
    kind: json.string(from["kind"]),
  };
}

export function decodeQuote(value: unknown): Quote {
  const from = json.object(value);
  return {
    messageId: json.string(from["messageId"]),
    authorId: json.string(from["authorId"]),
    excerpt: json.string(from["excerpt"]),
  };
}

export function decodeReactionCount(value: unknown): ReactionCount {
  const from = json.object(value);
  return {
    kind: json.string(from["kind"]),
    count: json.number(from["count"]),
  };
}

export function decodeThreadSummary(value: unknown): ThreadSummary {
  const from = json.object(value);
  return {
    replyCount: json.number(from["replyCount"]),
    lastReplyAt: json.optional(from["lastReplyAt"], json.timestamp),
    participants: json.list(from["participants"], json.string),
  };
}

export function decodeMessageEdited(value: unknown): MessageEdited {
  const from = json.object(value);
  return {
    message: json.optional(from["message"], decodeMessage),
  };
}

export function decodeMessageDeleted(value: unknown): MessageDeleted {
  const from = json.object(value);
  return {
    messageId: json.string(from["messageId"]),
    by: json.string(from["by"]),
    hard: json.boolean(from["hard"]),
    parentId: json.string(from["parentId"]),
    parentThread: json.optional(from["parentThread"], decodeThreadSummary),
    messageOffset: json.number(from["messageOffset"]),
  };
}

export function decodeReactionAdded(value: unknown): ReactionAdded {
  const from = json.object(value);
  return {
    messageId: json.string(from["messageId"]),
    reaction: json.optional(from["reaction"], decodeReaction),
    counts: json.list(from["counts"], decodeReactionCount),
  };
}

export function decodeReaction(value: unknown): Reaction {
  const from = json.object(value);
  return {
    kind: json.string(from["kind"]),
    userId: json.string(from["userId"]),
    createdAt: json.optional(from["createdAt"], json.timestamp),
  };
}

export function decodeReactionRemoved(value: unknown): ReactionRemoved {
  const from = json.object(value);
  return {
    messageId: json.string(from["messageId"]),
    reaction: json.optional(from["reaction"], decodeReaction),
    counts: json.list(from["counts"], decodeReactionCount),
  };
}

export function decodeMemberJoined(value: unknown): MemberJoined {
  const from = json.object(value);
  return {
    member: json.optional(from["member"], decodeMember),
    memberCount: json.number(from["memberCount"]),
  };
}

export function decodeMember(value: unknown): Member {
  const from = json.object(value);
  return {
    userId: json.string(from["userId"]),
    role: json.string(from["role"]),
    state: json.enumeration(from["state"], memberStateNames),
    invitedBy: json.string(from["invitedBy"]),
    joinedAt: json.optional(from["joinedAt"], json.timestamp),
    user: json.optional(from["user"], decodeUser),
  };
}

export function decodeMemberLeft(value: unknown): MemberLeft {
  const from = json.object(value);
  return {
    userId: json.string(from["userId"]),
    removedBy: json.string(from["removedBy"]),
    memberCount: json.number(from["memberCount"]),
  };
}

export function decodeMemberUpdated(value: unknown): MemberUpdated {
  const from = json.object(value);
  return {
    member: json.optional(from["member"], decodeMember),
  };
}

export function decodeChannelUpdated(value: unknown): ChannelUpdated {
  const from = json.object(value);
  return {
    channel: json.optional(from["channel"], decodeChannelRecord),
  };
}

export function decodeChannelRecord(value: unknown): ChannelRecord {
  const from = json.object(value);
  return {
    id: json.string(from["id"]),
    type: json.string(from["type"]),
    name: json.string(from["name"]),
    topic: json.string(from["topic"]),
    public: json.boolean(from["public"]),
    direct: json.boolean(from["direct"]),
    frozen: json.boolean(from["frozen"]),
    slowModeSeconds: json.number(from["slowModeSeconds"]),
    custom: json.optional(from["custom"], json.struct),
    createdBy: json.string(from["createdBy"]),
    createdAt: json.optional(from["createdAt"], json.timestamp),
    updatedAt: json.optional(from["updatedAt"], json.timestamp),
    version: json.number(from["version"]),
    memberCount: json.number(from["memberCount"]),
    head: json.optional(from["head"], decodePosition),
    lastMessageAt: json.optional(from["lastMessageAt"], json.timestamp),
    members: json.list(from["members"], decodeMember),
    lastMessage: json.optional(from["lastMessage"], decodeMessage),
    own: json.optional(from["own"], decodeOwnState),
  };
}

export function decodeOwnState(value: unknown): OwnState {
  const from = json.object(value);
  return {
    member: json.optional(from["member"], decodeMember),
    capabilities: json.list(from["capabilities"], json.string),
    readOffset: json.number(from["readOffset"]),
    deliveredOffset: json.number(from["deliveredOffset"]),
    unread: json.number(from["unread"]),
    unreadMentions: json.number(from["unreadMentions"]),
    firstUnreadOffset: json.number(from["firstUnreadOffset"]),
  };
}

export function decodeChannelDeleted(value: unknown): ChannelDeleted {
  const from = json.object(value);
  return {
    by: json.string(from["by"]),
  };
}

export function decodeMessagePinned(value: unknown): MessagePinned {
  const from = json.object(value);
  return {
    messageId: json.string(from["messageId"]),
    by: json.string(from["by"]),
  };
}

export function decodeMessageUnpinned(value: unknown): MessageUnpinned {
  const from = json.object(value);
  return {
    messageId: json.string(from["messageId"]),
    by: json.string(from["by"]),
  };
}

export function decodeMemberInvited(value: unknown): MemberInvited {
  const from = json.object(value);
  return {
    member: json.optional(from["member"], decodeMember),
  };
}

export function decodeChannelCreated(value: unknown): ChannelCreated {
  const from = json.object(value);
  return {
    channel: json.optional(from["channel"], decodeChannelRecord),
  };
}

export function decodeTyping(value: unknown): Typing {
  const from = json.object(value);
  return {
    userId: json.string(from["userId"]),
    parentId: json.string(from["parentId"]),
    typing: json.boolean(from["typing"]),
    until: json.optional(from["until"], json.timestamp),
  };
}

export function decodeReceiptMoved(value: unknown): ReceiptMoved {
  const from = json.object(value);
  return {
    receipt: json.optional(from["receipt"], decodeReceipt),
  };
}

export function decodeReceipt(value: unknown): Receipt {
  const from = json.object(value);
  return {
    userId: json.string(from["userId"]),
    readOffset: json.number(from["readOffset"]),
    deliveredOffset: json.number(from["deliveredOffset"]),
  };
}

export function decodePresenceChanged(value: unknown): PresenceChanged {
  const from = json.object(value);
  return {
    presences: json.list(from["presences"], decodePresence),
  };
}

export function decodePresence(value: unknown): Presence {
  const from = json.object(value);
  return {
    userId: json.string(from["userId"]),
    state: json.enumeration(from["state"], presenceStateNames),
    status: json.string(from["status"]),
    statusUntil: json.optional(from["statusUntil"], json.timestamp),
    lastSeen: json.optional(from["lastSeen"], json.timestamp),
  };
}

export function decodeChannelAdded(value: unknown): ChannelAdded {
  const from = json.object(value);
  return {
    channel: json.optional(from["channel"], decodeChannelRecord),
  };
}

export function decodeChannelRemoved(value: unknown): ChannelRemoved {
  const from = json.object(value);
  return {
    channelId: json.string(from["channelId"]),
    by: json.string(from["by"]),
    reason: json.string(from["reason"]),
  };
}

export function decodeInvited(value: unknown): Invited {
  const from = json.object(value);
  return {
    channel: json.optional(from["channel"], decodeChannelRecord),
    by: json.string(from["by"]),
  };
}

export function decodeMentioned(value: unknown): Mentioned {
  const from = json.object(value);
  return {
    channelId: json.string(from["channelId"]),
    messageId: json.string(from["messageId"]),
    messageOffset: json.number(from["messageOffset"]),
    by: json.string(from["by"]),
    excerpt: json.string(from["excerpt"]),
  };
}

export function decodeReadMarkerMoved(value: unknown): ReadMarkerMoved {
  const from = json.object(value);
  return {
    channelId: json.string(from["channelId"]),
    readOffset: json.number(from["readOffset"]),
    unread: json.number(from["unread"]),
    unreadMentions: json.number(from["unreadMentions"]),
    totals: json.optional(from["totals"], decodeUnreadTotals),
  };
}

export function decodeUnreadTotals(value: unknown): UnreadTotals {
  const from = json.object(value);
  return {
    messages: json.number(from["messages"]),
    mentions: json.number(from["mentions"]),
    channels: json.number(from["channels"]),
  };
}

export function decodeUserUpdated(value: unknown): UserUpdated {
  const from = json.object(value);
  return {
    user: json.optional(from["user"], decodeUser),
  };
}

export function decodeParticipantJoined(value: unknown): ParticipantJoined {
  const from = json.object(value);
  return {
    participant: json.optional(from["participant"], decodeParticipant),
  };
}

export function decodeParticipant(value: unknown): Participant {
  const from = json.object(value);
  return {
    id: json.string(from["id"]),
    userId: json.string(from["userId"]),
    name: json.string(from["name"]),
    role: json.enumeration(from["role"], participantRoleNames),
    state: json.enumeration(from["state"], participantStateNames),
    joinedAt: json.optional(from["joinedAt"], json.timestamp),
    tracks: json.list(from["tracks"], decodeTrack),
  };
}

export function decodeTrack(value: unknown): Track {
  const from = json.object(value);
  return {
    id: json.string(from["id"]),
    mid: json.string(from["mid"]),
    kind: json.enumeration(from["kind"], trackKindNames),
    muted: json.boolean(from["muted"]),
  };
}

export function decodeParticipantLeft(value: unknown): ParticipantLeft {
  const from = json.object(value);
  return {
    participantId: json.string(from["participantId"]),
    userId: json.string(from["userId"]),
    cause: json.enumeration(from["cause"], participantLeftCauseNames),
  };
}

export function decodeParticipantUpdated(value: unknown): ParticipantUpdated {
  const from = json.object(value);
  return {
    participant: json.optional(from["participant"], decodeParticipant),
  };
}

export function decodeRoomClosed(value: unknown): RoomClosed {
  const from = json.object(value);
  return {
    by: json.string(from["by"]),
  };
}

export function decodeSpeakersChanged(value: unknown): SpeakersChanged {
  const from = json.object(value);
  return {
    participantIds: json.list(from["participantIds"], json.string),
  };
}

export function decodeSlotsChanged(value: unknown): SlotsChanged {
  const from = json.object(value);
  return {
    slots: json.list(from["slots"], decodeSlot),
  };
}

export function decodeSlot(value: unknown): Slot {
  const from = json.object(value);
  return {
    mid: json.string(from["mid"]),
    participantId: json.string(from["participantId"]),
    trackId: json.string(from["trackId"]),
    kind: json.enumeration(from["kind"], trackKindNames),
  };
}

export function decodeAllocationsChanged(value: unknown): AllocationsChanged {
  const from = json.object(value);
  return {
    allocations: json.list(from["allocations"], decodeTrackAllocation),
  };
}

export function decodeTrackAllocation(value: unknown): TrackAllocation {
  const from = json.object(value);
  return {
    trackId: json.string(from["trackId"]),
    layer: json.number(from["layer"]),
    reason: json.enumeration(from["reason"], trackAllocationReasonNames),
    bitrateBps: json.number(from["bitrateBps"]),
  };
}

export function decodeDemandChanged(value: unknown): DemandChanged {
  const from = json.object(value);
  return {
    demand: json.optional(from["demand"], decodeTrackDemand),
  };
}

export function decodeTrackDemand(value: unknown): TrackDemand {
  const from = json.object(value);
  return {
    trackId: json.string(from["trackId"]),
    topLayer: json.number(from["topLayer"]),
  };
}

export function decodeMediaStateChanged(value: unknown): MediaStateChanged {
  const from = json.object(value);
  return {
    state: json.enumeration(from["state"], participantStateNames),
    reason: json.string(from["reason"]),
  };
}

export function decodeLimitPolicy(value: unknown): LimitPolicy {
  const from = json.object(value);
  return {
    name: json.string(from["name"]),
    quota: json.number(from["quota"]),
    windowSeconds: json.number(from["windowSeconds"]),
    burst: json.number(from["burst"]),
    remaining: json.number(from["remaining"]),
  };
}

export function decodeRefreshResult(value: unknown): RefreshResult {
  const from = json.object(value);
  return {
    tokenTtlMs: json.number(from["tokenTtlMs"]),
  };
}

export function decodeDone(value: unknown): Done {
  json.object(value);
  return {};
}

export function decodeLimitPolicies(value: unknown): LimitPolicies {
  const from = json.object(value);
  return {
    policies: json.list(from["policies"], decodeLimitPolicy),
  };
}

export function decodeUserResult(value: unknown): UserResult {
  const from = json.object(value);
  return {
    user: json.optional(from["user"], decodeUser),
  };
}

export function decodeUsers(value: unknown): Users {
  const from = json.object(value);
  return {
    users: json.list(from["users"], decodeUser),
  };
}

export function decodeChannelResult(value: unknown): ChannelResult {
  const from = json.object(value);
  return {
    channel: json.optional(from["channel"], decodeChannelRecord),
  };
}

export function decodeChannels(value: unknown): Channels {
  const from = json.object(value);
  return {
    items: json.list(from["items"], decodeChannelRecord),
    next: json.string(from["next"]),
  };
}

export function decodeMembers(value: unknown): Members {
  const from = json.object(value);
  return {
    items: json.list(from["items"], decodeMember),
    next: json.string(from["next"]),
  };
}

export function decodeMemberResult(value: unknown): MemberResult {
  const from = json.object(value);
  return {
    member: json.optional(from["member"], decodeMember),
  };
}

export function decodeSentMessage(value: unknown): SentMessage {
  const from = json.object(value);
  return {
    message: json.optional(from["message"], decodeMessage),
    duplicate: json.boolean(from["duplicate"]),
  };
}

export function decodeMessageResult(value: unknown): MessageResult {
  const from = json.object(value);
  return {
    message: json.optional(from["message"], decodeMessage),
  };
}

export function decodeVersions(value: unknown): Versions {
  const from = json.object(value);
  return {
    items: json.list(from["items"], decodeMessageVersion),
  };
}

export function decodeMessageVersion(value: unknown): MessageVersion {
  const from = json.object(value);
  return {
    version: json.number(from["version"]),
    text: json.string(from["text"]),
    at: json.optional(from["at"], json.timestamp),
  };
}

export function decodeHistory(value: unknown): History {
  const from = json.object(value);
  return {
    items: json.list(from["items"], decodeMessage),
    prev: json.string(from["prev"]),
    next: json.string(from["next"]),
    position: json.optional(from["position"], decodePosition),
  };
}

export function decodeReactions(value: unknown): Reactions {
  const from = json.object(value);
  return {
    items: json.list(from["items"], decodeReaction),
    next: json.string(from["next"]),
  };
}

export function decodeMessages(value: unknown): Messages {
  const from = json.object(value);
  return {
    items: json.list(from["items"], decodeMessage),
  };
}

export function decodeReadState(value: unknown): ReadState {
  const from = json.object(value);
  return {
    own: json.optional(from["own"], decodeOwnState),
    totals: json.optional(from["totals"], decodeUnreadTotals),
  };
}

export function decodeReceipts(value: unknown): Receipts {
  const from = json.object(value);
  return {
    items: json.list(from["items"], decodeReceipt),
  };
}

export function decodeEvents(value: unknown): Events {
  const from = json.object(value);
  return {
    items: json.list(from["items"], decodePush),
    position: json.optional(from["position"], decodePosition),
    recovered: json.boolean(from["recovered"]),
    more: json.boolean(from["more"]),
  };
}

export function decodeChannelTypes(value: unknown): ChannelTypes {
  const from = json.object(value);
  return {
    items: json.list(from["items"], decodeChannelType),
  };
}

export function decodeChannelType(value: unknown): ChannelType {
  const from = json.object(value);
  return {
    name: json.string(from["name"]),
    threads: json.boolean(from["threads"]),
    reactions: json.boolean(from["reactions"]),
    typing: json.boolean(from["typing"]),
    receipts: json.boolean(from["receipts"]),
    mentions: json.boolean(from["mentions"]),
    quotes: json.boolean(from["quotes"]),
    pins: json.boolean(from["pins"]),
    membersMax: json.number(from["membersMax"]),
    messageBytesMax: json.number(from["messageBytesMax"]),
    grants: json.map(from["grants"], decodeCapabilities),
  };
}

export function decodeCapabilities(value: unknown): Capabilities {
  const from = json.object(value);
  return {
    names: json.list(from["names"], json.string),
  };
}

export function decodePresences(value: unknown): Presences {
  const from = json.object(value);
  return {
    items: json.list(from["items"], decodePresence),
  };
}

export function decodeRoomResult(value: unknown): RoomResult {
  const from = json.object(value);
  return {
    room: json.optional(from["room"], decodeRoom),
    participants: json.list(from["participants"], decodeParticipant),
  };
}

export function decodeRoom(value: unknown): Room {
  const from = json.object(value);
  return {
    id: json.string(from["id"]),
    name: json.string(from["name"]),
    channelId: json.string(from["channelId"]),
    createdBy: json.string(from["createdBy"]),
    createdAt: json.optional(from["createdAt"], json.timestamp),
    participantLimit: json.number(from["participantLimit"]),
    participantCount: json.number(from["participantCount"]),
  };
}

export function decodeRooms(value: unknown): Rooms {
  const from = json.object(value);
  return {
    rooms: json.list(from["rooms"], decodeRoom),
  };
}

export function decodeJoinResult(value: unknown): JoinResult {
  const from = json.object(value);
  return {
    room: json.optional(from["room"], decodeRoom),
    self: json.optional(from["self"], decodeParticipant),
    answer: json.string(from["answer"]),
    assignment: json.optional(from["assignment"], decodeSfuAssignment),
    participants: json.list(from["participants"], decodeParticipant),
    position: json.optional(from["position"], decodePosition),
  };
}

export function decodeSfuAssignment(value: unknown): SfuAssignment {
  const from = json.object(value);
  return {
    sfuId: json.string(from["sfuId"]),
    region: json.string(from["region"]),
    endpoint: json.string(from["endpoint"]),
    token: json.string(from["token"]),
  };
}

export function decodeIceRestarted(value: unknown): IceRestarted {
  const from = json.object(value);
  return {
    answer: json.string(from["answer"]),
  };
}

export function decodeParticipantResult(value: unknown): ParticipantResult {
  const from = json.object(value);
  return {
    participant: json.optional(from["participant"], decodeParticipant),
  };
}

export function decodeSeatResult(value: unknown): SeatResult {
  const from = json.object(value);
  return {
    seat: json.optional(from["seat"], decodeSeat),
  };
}

export function decodeSeat(value: unknown): Seat {
  const from = json.object(value);
  return {
    roomId: json.string(from["roomId"]),
    participantId: json.string(from["participantId"]),
    state: json.enumeration(from["state"], participantStateNames),
    slots: json.list(from["slots"], decodeSlot),
    allocations: json.list(from["allocations"], decodeTrackAllocation),
    demands: json.list(from["demands"], decodeTrackDemand),
  };
}

export function decodeWireError(value: unknown): WireError {
  const from = json.object(value);
  return {
    code: json.number(from["code"]),
    name: json.string(from["name"]),
    retry: json.enumeration(from["retry"], retryNames),
    afterMs: json.number(from["afterMs"]),
    detail: json.string(from["detail"]),
    ref: json.string(from["ref"]),
    violations: json.list(from["violations"], decodeViolation),
  };
}

export function decodeViolation(value: unknown): Violation {
  const from = json.object(value);
  return {
    field: json.string(from["field"]),
    rule: json.string(from["rule"]),
    allowed: json.string(from["allowed"]),
  };
}

export function decodeCtl(value: unknown): Ctl {
  const from = json.object(value);
  return {
    control: decodeCtlControl(from),
  };
}

function decodeCtlControl(from: json.Members): CtlControl {
  if (json.has(from, "ping")) {
    return { kind: "ping", body: decodePing(from["ping"]) };
  }
  if (json.has(from, "pong")) {
    return { kind: "pong", body: decodePong(from["pong"]) };
  }
  if (json.has(from, "drain")) {
    return { kind: "drain", body: decodeDrain(from["drain"]) };
  }
  if (json.has(from, "notice")) {
    return { kind: "notice", body: decodeNotice(from["notice"]) };
  }
  if (json.has(from, "ack")) {
    return { kind: "ack", body: decodeAck(from["ack"]) };
  }
  if (json.has(from, "positions")) {
    return { kind: "positions", body: decodePositions(from["positions"]) };
  }
  return { kind: "unknown" };
}

export function decodePing(value: unknown): Ping {
  const from = json.object(value);
  return {
    n: json.number(from["n"]),
  };
}

export function decodePong(value: unknown): Pong {
  const from = json.object(value);
  return {
    n: json.number(from["n"]),
    heartbeatMs: json.number(from["heartbeatMs"]),
  };
}

export function decodeDrain(value: unknown): Drain {
  const from = json.object(value);
  return {
    reconnectAfterMinMs: json.number(from["reconnectAfterMinMs"]),
    reconnectAfterMaxMs: json.number(from["reconnectAfterMaxMs"]),
    reason: json.string(from["reason"]),
  };
}

export function decodeNotice(value: unknown): Notice {
  const from = json.object(value);
  return {
    name: json.string(from["name"]),
    detail: json.string(from["detail"]),
  };
}

export function decodeAck(value: unknown): Ack {
  const from = json.object(value);
  return {
    streams: json.list(from["streams"], decodeStreamPosition),
  };
}

export function decodeStreamPosition(value: unknown): StreamPosition {
  const from = json.object(value);
  return {
    stream: json.string(from["stream"]),
    position: json.optional(from["position"], decodePosition),
  };
}

export function decodePositions(value: unknown): Positions {
  const from = json.object(value);
  return {
    streams: json.list(from["streams"], decodeStreamPosition),
  };
}

export function decodeGuestSession(value: unknown): GuestSession {
  const from = json.object(value);
  return {
    token: json.string(from["token"]),
    user: json.optional(from["user"], decodeUser),
    tokenTtlMs: json.number(from["tokenTtlMs"]),
  };
}

/** Every command by its JSON name. */
export const commandNames: readonly CommandName[] = [
  "hello",
  "refresh",
  "subscribe",
  "unsubscribe",
  "getLimits",
  "revokeSessions",
  "getMe",
  "updateMe",
  "getUsers",
  "createChannel",
  "openDirect",
  "getChannel",
  "updateChannel",
  "deleteChannel",
  "listChannels",
  "browseChannels",
  "joinChannel",
  "leaveChannel",
  "inviteMembers",
  "removeMember",
  "setMemberRole",
  "listMembers",
  "sendMessage",
  "editMessage",
  "deleteMessage",
  "getMessage",
  "listVersions",
  "getHistory",
  "react",
  "unreact",
  "listReactions",
  "pinMessage",
  "unpinMessage",
  "listPins",
  "markRead",
  "markUnread",
  "markDelivered",
  "listReceipts",
  "getUnread",
  "setTyping",
  "getEvents",
  "listChannelTypes",
  "setPresence",
  "watchPresence",
  "unwatchPresence",
  "queryPresence",
  "createRoom",
  "getRoom",
  "listRooms",
  "closeRoom",
  "joinRoom",
  "leaveRoom",
  "restartIce",
  "setTracks",
  "setView",
  "getSeat",
  "removeParticipant",
];
