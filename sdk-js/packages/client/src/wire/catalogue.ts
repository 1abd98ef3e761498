// Code generated from shared-schema/contracts by npm run generate. DO NOT EDIT.

/** What to do after a refusal. */
export type RetryAdvice = "never" | "after" | "refresh" | "resume" | "reconnect";

/** Every refusal of the contract: its number, what it means, what to do next. */
export const errorCodes = {
  INVALID_REQUEST: { code: 40000, title: "The request breaks the contract; see violations", retry: "never" },
  MALFORMED: { code: 40001, title: "The bytes are not a frame or body of this protocol", retry: "never" },
  UNKNOWN_COMMAND: { code: 40002, title: "This server does not know the command", retry: "never" },
  BAD_CURSOR: { code: 40003, title: "The cursor is damaged, foreign or of another query", retry: "never" },
  HELLO_REQUIRED: { code: 40004, title: "The first command of a socket must be hello", retry: "never" },
  HELLO_REPEATED: { code: 40005, title: "This socket has said hello already", retry: "never" },
  BAD_COMMAND_ID: { code: 40006, title: "Command ids must rise on one connection", retry: "never" },
  INVALID_OFFER: { code: 40007, title: "The session description cannot be answered", retry: "never" },
  TOKEN_MISSING: { code: 40100, title: "No token was given", retry: "refresh" },
  TOKEN_EXPIRED: { code: 40101, title: "The token has expired", retry: "refresh" },
  TOKEN_INVALID: { code: 40102, title: "The token cannot be accepted", retry: "refresh" },
  TOKEN_REVOKED: { code: 40103, title: "The token or session was revoked", retry: "refresh" },
  FORBIDDEN: { code: 40300, title: "Your role does not allow this", retry: "never" },
  NOT_A_MEMBER: { code: 40301, title: "You are not a member of this channel", retry: "never" },
  CHANNEL_FROZEN: { code: 40302, title: "The channel is frozen", retry: "never" },
  FEATURE_DISABLED: { code: 40303, title: "This channel type does not have the feature", retry: "never" },
  BANNED: { code: 40304, title: "You are banned", retry: "never" },
  NOT_INVITED: { code: 40305, title: "The channel can be joined by invitation only", retry: "never" },
  NOT_IN_ROOM: { code: 40306, title: "This participant is not you", retry: "never" },
  NOT_FOUND: { code: 40400, title: "There is nothing at this address", retry: "never" },
  CHANNEL_NOT_FOUND: { code: 40401, title: "No such channel", retry: "never" },
  MESSAGE_NOT_FOUND: { code: 40402, title: "No such message", retry: "never" },
  USER_NOT_FOUND: { code: 40403, title: "No such user", retry: "never" },
  STREAM_NOT_FOUND: { code: 40404, title: "No such stream", retry: "never" },
  CHANNEL_TYPE_NOT_FOUND: { code: 40405, title: "No such channel type", retry: "never" },
  ROOM_NOT_FOUND: { code: 40406, title: "No such room", retry: "never" },
  PARTICIPANT_NOT_FOUND: { code: 40407, title: "No such participant in this room", retry: "never" },
  METHOD_NOT_ALLOWED: { code: 40500, title: "This address does not take the method", retry: "never" },
  NOT_ACCEPTABLE: { code: 40600, title: "None of the accepted media types can be produced", retry: "never" },
  REQUEST_TIMEOUT: { code: 40800, title: "The request did not arrive in time", retry: "after" },
  CONFLICT: { code: 40900, title: "The request does not fit the present state", retry: "never" },
  STALE: { code: 40901, title: "The frame belongs to an earlier incarnation", retry: "never" },
  CHANNEL_EXISTS: { code: 40902, title: "A channel with this id exists", retry: "never" },
  CALL_BAD_STATE: { code: 40903, title: "The call does not allow this now", retry: "never" },
  KEY_IN_FLIGHT: { code: 40904, title: "A request with this key is still running", retry: "after" },
  ALREADY_MEMBER: { code: 40905, title: "Already a member of this channel", retry: "never" },
  MESSAGE_DELETED: { code: 40906, title: "The message was deleted", retry: "never" },
  LAST_OWNER: { code: 40907, title: "A channel must keep one owner", retry: "never" },
  ROOM_EXISTS: { code: 40908, title: "A room with this id exists", retry: "never" },
  GONE: { code: 41000, title: "This existed and was removed", retry: "never" },
  PRECONDITION_FAILED: { code: 41200, title: "The resource changed since you read it", retry: "never" },
  PAYLOAD_TOO_LARGE: { code: 41300, title: "The body or frame is too large", retry: "never" },
  UNSUPPORTED_MEDIA_TYPE: { code: 41500, title: "The body must be application/json", retry: "never" },
  IDEMPOTENCY_MISMATCH: { code: 42200, title: "This key was used for another request", retry: "never" },
  PRECONDITION_REQUIRED: { code: 42800, title: "Say which version you change: If-Match is required", retry: "never" },
  RATE_LIMITED: { code: 42900, title: "Too many requests", retry: "after" },
  SLOW_MODE: { code: 42901, title: "The channel is in slow mode", retry: "after" },
  WATCH_LIMIT: { code: 42902, title: "Too many watched users on this connection", retry: "never" },
  SUBSCRIPTION_LIMIT: { code: 42903, title: "Too many subscriptions on this connection", retry: "never" },
  MEMBER_LIMIT: { code: 42904, title: "The channel is full", retry: "never" },
  REACTION_LIMIT: { code: 42905, title: "Too many kinds of reactions on this message", retry: "never" },
  PIN_LIMIT: { code: 42906, title: "Too many pinned messages", retry: "never" },
  CONNECTION_LIMIT: { code: 42907, title: "Too many connections", retry: "after" },
  GUEST_LIMIT: { code: 42908, title: "Too many guest sessions from this address", retry: "after" },
  ROOM_FULL: { code: 42909, title: "The room is full", retry: "after" },
  INTERNAL: { code: 50000, title: "The server failed; the reference names the log line", retry: "after" },
  UNAVAILABLE: { code: 50300, title: "A part of the server is unavailable", retry: "after" },
  OVERLOADED: { code: 50301, title: "The server is at its limit", retry: "after" },
  DRAINING: { code: 50302, title: "The server is going away", retry: "resume" },
  NO_MEDIA_NODE: { code: 50303, title: "No media node can take this session now", retry: "after" },
  TIMEOUT: { code: 50400, title: "The server did not answer in time; the effect is unknown", retry: "after" },
} as const satisfies Record<string, { code: number; title: string; retry: RetryAdvice }>;

/** The stable name of a refusal. */
export type WireErrorName = keyof typeof errorCodes;

/** What a field of a command may hold; see `Rules` in the contract. */
export interface FieldRules {
  readonly required?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxBytes?: number;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly min?: number;
  readonly max?: number;
}

/** Limits of input fields, by message and field. */
export const fieldRules = {
  Hello: {
    token: { required: true, maxBytes: 8192 },
    protocol: { min: 1, max: 1000 },
    client: { maxLength: 64 },
    deviceId: { maxLength: 64, pattern: "[A-Za-z0-9_.-]*" },
    resume: { maxItems: 500 },
  },
  Subscribe: {
    stream: { required: true, maxLength: 80, pattern: "(ch|me|call|match):[A-Za-z0-9_.-]+" },
    events: { maxItems: 32, uniqueItems: true },
  },
  Position: {
    epoch: { required: true, maxLength: 32, pattern: "[A-Za-z0-9_-]+" },
  },
  Refresh: {
    token: { required: true, maxBytes: 8192 },
  },
  Unsubscribe: {
    stream: { required: true, maxLength: 80 },
  },
  RevokeSessions: {
    userId: { maxLength: 64, pattern: "[A-Za-z0-9_.-]*" },
  },
  UpdateMe: {
    name: { maxLength: 80 },
    imageUrl: { maxLength: 1024, pattern: "(https?://[^\\s]+)?" },
    custom: { maxBytes: 4096 },
  },
  GetUsers: {
    userIds: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+", maxItems: 100, uniqueItems: true },
  },
  CreateChannel: {
    id: { maxLength: 64, pattern: "[A-Za-z0-9_.-]*" },
    type: { maxLength: 32, pattern: "[a-z][a-z0-9-]*|" },
    name: { maxLength: 100 },
    topic: { maxLength: 500 },
    custom: { maxBytes: 4096 },
    memberIds: { maxLength: 64, pattern: "[A-Za-z0-9_.-]+", maxItems: 100, uniqueItems: true },
  },
  OpenDirect: {
    userIds: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+", maxItems: 9, uniqueItems: true },
  },
  GetChannel: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
  },
  UpdateChannel: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    name: { maxLength: 100 },
    topic: { maxLength: 500 },
    slowModeSeconds: { max: 3600 },
    custom: { maxBytes: 4096 },
  },
  DeleteChannel: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
  },
  ListChannels: {
    cursor: { maxBytes: 1024 },
    limit: { max: 100 },
  },
  BrowseChannels: {
    cursor: { maxBytes: 1024 },
    limit: { max: 100 },
    prefix: { maxLength: 100 },
  },
  JoinChannel: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
  },
  LeaveChannel: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
  },
  InviteMembers: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    userIds: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+", maxItems: 100, uniqueItems: true },
  },
  RemoveMember: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    userId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
  },
  SetMemberRole: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    userId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    role: { required: true, maxLength: 32, pattern: "[a-z][a-z0-9-]*" },
  },
  ListMembers: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    cursor: { maxBytes: 1024 },
    limit: { max: 100 },
  },
  SendMessage: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    clientId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.:-]+" },
    text: { maxBytes: 16384 },
    custom: { maxBytes: 4096 },
    parentId: { maxLength: 64, pattern: "[A-Za-z0-9_.-]*" },
    quotedId: { maxLength: 64, pattern: "[A-Za-z0-9_.-]*" },
    mentions: { maxLength: 64, pattern: "[A-Za-z0-9_.-]+|@channel", maxItems: 50, uniqueItems: true },
  },
  EditMessage: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    messageId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    text: { required: true, maxBytes: 16384 },
    custom: { maxBytes: 4096 },
    mentions: { maxLength: 64, pattern: "[A-Za-z0-9_.-]+|@channel", maxItems: 50, uniqueItems: true },
  },
  DeleteMessage: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    messageId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
  },
  GetMessage: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    messageId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
  },
  ListVersions: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    messageId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
  },
  GetHistory: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    cursor: { maxBytes: 1024 },
    limit: { max: 200 },
    aroundMessageId: { maxLength: 64, pattern: "[A-Za-z0-9_.-]*" },
    parentId: { maxLength: 64, pattern: "[A-Za-z0-9_.-]*" },
  },
  React: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    messageId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    kind: { required: true, maxLength: 32 },
  },
  Unreact: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    messageId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    kind: { required: true, maxLength: 32 },
  },
  ListReactions: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    messageId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    cursor: { maxBytes: 1024 },
    limit: { max: 100 },
  },
  PinMessage: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    messageId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
  },
  UnpinMessage: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    messageId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
  },
  ListPins: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
  },
  MarkRead: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
  },
  MarkUnread: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    offset: { required: true },
  },
  MarkDelivered: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    offset: { required: true },
  },
  ListReceipts: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
  },
  SetTyping: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    parentId: { maxLength: 64, pattern: "[A-Za-z0-9_.-]*" },
  },
  GetEvents: {
    channelId: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+" },
    epoch: { maxLength: 32, pattern: "[A-Za-z0-9_-]*" },
    limit: { max: 500 },
  },
  SetPresence: {
    status: { maxLength: 140 },
  },
  WatchPresence: {
    userIds: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+", maxItems: 200, uniqueItems: true },
  },
  UnwatchPresence: {
    userIds: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+", maxItems: 200, uniqueItems: true },
  },
  QueryPresence: {
    userIds: { required: true, maxLength: 64, pattern: "[A-Za-z0-9_.-]+", maxItems: 200, uniqueItems: true },
  },
  CreateRoom: {
    id: { maxLength: 40, pattern: "[A-Za-z0-9_-]*" },
    name: { maxLength: 80 },
    channelId: { maxLength: 64, pattern: "[A-Za-z0-9_.-]*" },
    participantLimit: { max: 10000 },
  },
  GetRoom: {
    roomId: { required: true, maxLength: 40, pattern: "[A-Za-z0-9_-]+" },
  },
  ListRooms: {
    channelId: { maxLength: 64, pattern: "[A-Za-z0-9_.-]*" },
    limit: { max: 100 },
  },
  CloseRoom: {
    roomId: { required: true, maxLength: 40, pattern: "[A-Za-z0-9_-]+" },
  },
  JoinRoom: {
    roomId: { required: true, maxLength: 40, pattern: "[A-Za-z0-9_-]+" },
    offer: { required: true, maxBytes: 61440 },
    tracks: { maxItems: 8 },
    region: { maxLength: 40, pattern: "[A-Za-z0-9_-]*" },
  },
  TrackIntent: {
    mid: { required: true, maxLength: 16, pattern: "[A-Za-z0-9_.-]+" },
  },
  LeaveRoom: {
    roomId: { required: true, maxLength: 40, pattern: "[A-Za-z0-9_-]+" },
    participantId: { required: true, maxLength: 40, pattern: "[A-Za-z0-9_-]+" },
  },
  RestartIce: {
    roomId: { required: true, maxLength: 40, pattern: "[A-Za-z0-9_-]+" },
    participantId: { required: true, maxLength: 40, pattern: "[A-Za-z0-9_-]+" },
    offer: { required: true, maxBytes: 61440 },
  },
  SetTracks: {
    roomId: { required: true, maxLength: 40, pattern: "[A-Za-z0-9_-]+" },
    participantId: { required: true, maxLength: 40, pattern: "[A-Za-z0-9_-]+" },
    tracks: { required: true, maxItems: 8 },
  },
  SetView: {
    roomId: { required: true, maxLength: 40, pattern: "[A-Za-z0-9_-]+" },
    participantId: { required: true, maxLength: 40, pattern: "[A-Za-z0-9_-]+" },
    onStage: { maxItems: 32, uniqueItems: true },
    pinned: { maxItems: 64, uniqueItems: true },
    heights: { maxItems: 256 },
    defaultHeight: { max: 4320 },
    lastN: { max: 1000 },
  },
  Height: {
    trackId: { required: true, maxLength: 64 },
    height: { max: 4320 },
  },
  GetSeat: {
    roomId: { required: true, maxLength: 40, pattern: "[A-Za-z0-9_-]+" },
    participantId: { required: true, maxLength: 40, pattern: "[A-Za-z0-9_-]+" },
  },
  RemoveParticipant: {
    roomId: { required: true, maxLength: 40, pattern: "[A-Za-z0-9_-]+" },
    participantId: { required: true, maxLength: 40, pattern: "[A-Za-z0-9_-]+" },
  },
} as const satisfies Record<string, Record<string, FieldRules>>;

/** Commands that change something: they carry an idempotency key, so repeating them is safe. */
export const effects: ReadonlySet<string> = new Set([
  "revokeSessions",
  "updateMe",
  "createChannel",
  "openDirect",
  "updateChannel",
  "deleteChannel",
  "joinChannel",
  "leaveChannel",
  "inviteMembers",
  "removeMember",
  "setMemberRole",
  "sendMessage",
  "editMessage",
  "deleteMessage",
  "react",
  "unreact",
  "pinMessage",
  "unpinMessage",
  "markRead",
  "markUnread",
  "markDelivered",
  "setPresence",
  "createRoom",
  "closeRoom",
  "removeParticipant",
]);
