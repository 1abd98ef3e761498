// Code generated from shared-schema/contracts by npm run generate. DO NOT EDIT.

/** A JSON value, as custom fields hold them. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object, as custom fields are. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A member of a oneof that this version does not know: the event or answer of a newer server. */
export interface Unknown {
  readonly kind: "unknown";
}

/** One of `SubscribeResult.Lost` of the contract. */
export type SubscribeResultLost =
  | "NOT_LOST"
  | "EPOCH_CHANGED"
  | "TOO_OLD"
  | "TOO_MANY"
  | "REFUSED";

/** One of `Member.State` of the contract. */
export type MemberState =
  | "JOINED"
  | "INVITED";

/** One of `Presence.State` of the contract. */
export type PresenceState =
  | "OFFLINE"
  | "ONLINE"
  | "AWAY"
  | "INVISIBLE";

/** One of `ParticipantRole` of the contract. */
export type ParticipantRole =
  | "VIEWER"
  | "HOST"
  | "CONTROLLER";

/** One of `Participant.State` of the contract. */
export type ParticipantState =
  | "JOINING"
  | "CONNECTED"
  | "INTERRUPTED";

/** One of `Track.Kind` of the contract. */
export type TrackKind =
  | "MICROPHONE"
  | "CAMERA"
  | "SCREEN"
  | "SCREEN_AUDIO";

/** One of `ParticipantLeft.Cause` of the contract. */
export type ParticipantLeftCause =
  | "LEFT"
  | "REMOVED"
  | "MEDIA_LOST"
  | "NODE_LOST"
  | "ROOM_CLOSED";

/** One of `TrackAllocation.Reason` of the contract. */
export type TrackAllocationReason =
  | "BEST"
  | "VIEWPORT"
  | "ROLE"
  | "BANDWIDTH"
  | "LAST_N"
  | "HIDDEN"
  | "OVERLOAD"
  | "NOT_SENT";

/** One of `Retry` of the contract. */
export type Retry =
  | "NEVER"
  | "AFTER"
  | "REFRESH"
  | "RESUME"
  | "RECONNECT";

/** One of `GetHistory.Direction` of the contract. */
export type GetHistoryDirection =
  | "BACKWARD"
  | "FORWARD";

export interface Reply {
  readonly id: number;
  readonly outcome: ReplyOutcome;
}

/** Which `outcome` a Reply holds. */
export type ReplyOutcome =
  | { readonly kind: "ok"; readonly body: Ok }
  | { readonly kind: "err"; readonly body: WireError }
  | Unknown;

/** The answer of the command of the same name and number. */
export interface Ok {
  /** True when a stored answer was replayed for a repeated key. */
  readonly replayed: boolean;
  readonly result: OkResult;
}

/** Which `result` a Ok holds. */
export type OkResult =
  | { readonly kind: "hello"; readonly body: HelloResult }
  | { readonly kind: "refresh"; readonly body: RefreshResult }
  | { readonly kind: "subscribe"; readonly body: SubscribeResult }
  | { readonly kind: "unsubscribe"; readonly body: Done }
  | { readonly kind: "getLimits"; readonly body: LimitPolicies }
  | { readonly kind: "revokeSessions"; readonly body: Done }
  | { readonly kind: "getMe"; readonly body: UserResult }
  | { readonly kind: "updateMe"; readonly body: UserResult }
  | { readonly kind: "getUsers"; readonly body: Users }
  | { readonly kind: "createChannel"; readonly body: ChannelResult }
  | { readonly kind: "openDirect"; readonly body: ChannelResult }
  | { readonly kind: "getChannel"; readonly body: ChannelResult }
  | { readonly kind: "updateChannel"; readonly body: ChannelResult }
  | { readonly kind: "deleteChannel"; readonly body: Done }
  | { readonly kind: "listChannels"; readonly body: Channels }
  | { readonly kind: "browseChannels"; readonly body: Channels }
  | { readonly kind: "joinChannel"; readonly body: ChannelResult }
  | { readonly kind: "leaveChannel"; readonly body: Done }
  | { readonly kind: "inviteMembers"; readonly body: Members }
  | { readonly kind: "removeMember"; readonly body: Done }
  | { readonly kind: "setMemberRole"; readonly body: MemberResult }
  | { readonly kind: "listMembers"; readonly body: Members }
  | { readonly kind: "sendMessage"; readonly body: SentMessage }
  | { readonly kind: "editMessage"; readonly body: MessageResult }
  | { readonly kind: "deleteMessage"; readonly body: Done }
  | { readonly kind: "getMessage"; readonly body: MessageResult }
  | { readonly kind: "listVersions"; readonly body: Versions }
  | { readonly kind: "getHistory"; readonly body: History }
  | { readonly kind: "react"; readonly body: MessageResult }
  | { readonly kind: "unreact"; readonly body: MessageResult }
  | { readonly kind: "listReactions"; readonly body: Reactions }
  | { readonly kind: "pinMessage"; readonly body: Done }
  | { readonly kind: "unpinMessage"; readonly body: Done }
  | { readonly kind: "listPins"; readonly body: Messages }
  | { readonly kind: "markRead"; readonly body: ReadState }
  | { readonly kind: "markUnread"; readonly body: ReadState }
  | { readonly kind: "markDelivered"; readonly body: Done }
  | { readonly kind: "listReceipts"; readonly body: Receipts }
  | { readonly kind: "getUnread"; readonly body: UnreadTotals }
  | { readonly kind: "setTyping"; readonly body: Done }
  | { readonly kind: "getEvents"; readonly body: Events }
  | { readonly kind: "listChannelTypes"; readonly body: ChannelTypes }
  | { readonly kind: "setPresence"; readonly body: Presences }
  | { readonly kind: "watchPresence"; readonly body: Presences }
  | { readonly kind: "unwatchPresence"; readonly body: Done }
  | { readonly kind: "queryPresence"; readonly body: Presences }
  | { readonly kind: "createRoom"; readonly body: RoomResult }
  | { readonly kind: "getRoom"; readonly body: RoomResult }
  | { readonly kind: "listRooms"; readonly body: Rooms }
  | { readonly kind: "closeRoom"; readonly body: Done }
  | { readonly kind: "joinRoom"; readonly body: JoinResult }
  | { readonly kind: "leaveRoom"; readonly body: Done }
  | { readonly kind: "restartIce"; readonly body: IceRestarted }
  | { readonly kind: "setTracks"; readonly body: ParticipantResult }
  | { readonly kind: "setView"; readonly body: Done }
  | { readonly kind: "getSeat"; readonly body: SeatResult }
  | { readonly kind: "removeParticipant"; readonly body: Done }
  | Unknown;

export interface HelloResult {
  readonly sessionId: string;
  /** The caller as the server knows it. */
  readonly user?: User | undefined;
  readonly roles: readonly string[];
  readonly tenant: string;
  /** Send something (a ping suffices) at least this often. */
  readonly heartbeatMs: number;
  /** Milliseconds until the token expires; refresh before. */
  readonly tokenTtlMs: number;
  readonly streams: readonly SubscribeResult[];
  readonly limits: readonly LimitPolicy[];
  readonly serverTime?: Date | undefined;
}

/** A person or a program, within one tenant. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly imageUrl: string;
  readonly guest: boolean;
  readonly custom?: JsonObject | undefined;
  readonly createdAt?: Date | undefined;
}

export interface SubscribeResult {
  readonly stream: string;
  /** The position behind which pushes follow. */
  readonly position?: Position | undefined;
  readonly recovered: boolean;
  readonly lost: SubscribeResultLost;
  /** The missed events, oldest first, when recovered. */
  readonly missed: readonly Push[];
  /** For "ch:" streams: the caller's present state in the channel. */
  readonly own?: OwnState | undefined;
  readonly error: number;
}

/** A place in a stream. Epoch and offset always travel and are stored together; offsets are dense within an epoch. */
export interface Position {
  readonly epoch: string;
  readonly offset: number;
}

/** One event. With an offset it is part of the stream and can be recovered; offset 0 marks an ephemeral event. */
export interface Push {
  readonly stream: string;
  readonly epoch: string;
  readonly offset: number;
  readonly at?: Date | undefined;
  readonly event: PushEvent;
}

/** Which `event` a Push holds. */
export type PushEvent =
  | { readonly kind: "messageCreated"; readonly body: MessageCreated }
  | { readonly kind: "messageEdited"; readonly body: MessageEdited }
  | { readonly kind: "messageDeleted"; readonly body: MessageDeleted }
  | { readonly kind: "reactionAdded"; readonly body: ReactionAdded }
  | { readonly kind: "reactionRemoved"; readonly body: ReactionRemoved }
  | { readonly kind: "memberJoined"; readonly body: MemberJoined }
  | { readonly kind: "memberLeft"; readonly body: MemberLeft }
  | { readonly kind: "memberUpdated"; readonly body: MemberUpdated }
  | { readonly kind: "channelUpdated"; readonly body: ChannelUpdated }
  | { readonly kind: "channelDeleted"; readonly body: ChannelDeleted }
  | { readonly kind: "messagePinned"; readonly body: MessagePinned }
  | { readonly kind: "messageUnpinned"; readonly body: MessageUnpinned }
  | { readonly kind: "memberInvited"; readonly body: MemberInvited }
  | { readonly kind: "channelCreated"; readonly body: ChannelCreated }
  | { readonly kind: "typing"; readonly body: Typing }
  | { readonly kind: "receiptMoved"; readonly body: ReceiptMoved }
  | { readonly kind: "presenceChanged"; readonly body: PresenceChanged }
  | { readonly kind: "channelAdded"; readonly body: ChannelAdded }
  | { readonly kind: "channelRemoved"; readonly body: ChannelRemoved }
  | { readonly kind: "invited"; readonly body: Invited }
  | { readonly kind: "mentioned"; readonly body: Mentioned }
  | { readonly kind: "readMarkerMoved"; readonly body: ReadMarkerMoved }
  | { readonly kind: "userUpdated"; readonly body: UserUpdated }
  | { readonly kind: "participantJoined"; readonly body: ParticipantJoined }
  | { readonly kind: "participantLeft"; readonly body: ParticipantLeft }
  | { readonly kind: "participantUpdated"; readonly body: ParticipantUpdated }
  | { readonly kind: "roomClosed"; readonly body: RoomClosed }
  | { readonly kind: "speakersChanged"; readonly body: SpeakersChanged }
  | { readonly kind: "slotsChanged"; readonly body: SlotsChanged }
  | { readonly kind: "allocationsChanged"; readonly body: AllocationsChanged }
  | { readonly kind: "demandChanged"; readonly body: DemandChanged }
  | { readonly kind: "mediaStateChanged"; readonly body: MediaStateChanged }
  | Unknown;

export interface MessageCreated {
  readonly message?: Message | undefined;
  /** For a thread reply: the parent's new summary. */
  readonly parentThread?: ThreadSummary | undefined;
}

/** One message. Its order is its offset; clocks never order anything. */
export interface Message {
  readonly id: string;
  readonly channelId: string;
  readonly offset: number;
  readonly authorId: string;
  /** Client-made id of the send; pairs an optimistic copy with the stored message. */
  readonly clientId: string;
  /** Empty once deleted. */
  readonly text: string;
  readonly custom?: JsonObject | undefined;
  /** Set for a reply in a thread. */
  readonly parentId: string;
  /** A thread reply that is shown in the channel's timeline too. */
  readonly alsoInChannel: boolean;
  /** The quoted message, shortened to 200 characters; absent fields when it was deleted. */
  readonly quote?: Quote | undefined;
  readonly mentions: readonly string[];
  readonly reactions: readonly ReactionCount[];
  readonly thread?: ThreadSummary | undefined;
  readonly createdAt?: Date | undefined;
  readonly editedAt?: Date | undefined;
  readonly deletedAt?: Date | undefined;
  /** Number of edits; the ETag in REST. */
  readonly version: number;
  readonly pinned: boolean;
  /** The author's profile at reading time; set in history and in messageCreated. */
  readonly author?: User | undefined;
  /** Reaction kinds of the caller. Only in reads, never in pushes. */
  readonly ownReactions: readonly string[];
  /** "" (a person's message) or "system". */
  readonly kind: string;
}

export interface Quote {
  readonly messageId: string;
  readonly authorId: string;
  readonly excerpt: string;
}

export interface ReactionCount {
  readonly kind: string;
  readonly count: number;
}

export interface ThreadSummary {
  readonly replyCount: number;
  readonly lastReplyAt?: Date | undefined;
  /** Up to 5 newest distinct authors. */
  readonly participants: readonly string[];
}

/** The whole message after the edit. */
export interface MessageEdited {
  readonly message?: Message | undefined;
}

export interface MessageDeleted {
  readonly messageId: string;
  readonly by: string;
  /** Hard: nothing of it remains. Soft: a tombstone stays in the timeline. */
  readonly hard: boolean;
  readonly parentId: string;
  readonly parentThread?: ThreadSummary | undefined;
  readonly messageOffset: number;
}

export interface ReactionAdded {
  readonly messageId: string;
  readonly reaction?: Reaction | undefined;
  /** All counts after the change. */
  readonly counts: readonly ReactionCount[];
}

export interface Reaction {
  readonly kind: string;
  readonly userId: string;
  readonly createdAt?: Date | undefined;
}

export interface ReactionRemoved {
  readonly messageId: string;
  readonly reaction?: Reaction | undefined;
  readonly counts: readonly ReactionCount[];
}

export interface MemberJoined {
  readonly member?: Member | undefined;
  readonly memberCount: number;
}

export interface Member {
  readonly userId: string;
  /** "owner", "moderator" or "member" (or a custom role of the tenant). */
  readonly role: string;
  readonly state: MemberState;
  readonly invitedBy: string;
  readonly joinedAt?: Date | undefined;
  readonly user?: User | undefined;
}

export interface MemberLeft {
  readonly userId: string;
  /** Who removed them; empty when they left by themselves. */
  readonly removedBy: string;
  readonly memberCount: number;
}

export interface MemberUpdated {
  readonly member?: Member | undefined;
}

/** The channel's fields after the change; without `own`, `head`, `members`. */
export interface ChannelUpdated {
  readonly channel?: ChannelRecord | undefined;
}

/** A conversation. `own` is as seen by the caller and never part of a channel push. */
export interface ChannelRecord {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly topic: string;
  /** True: anybody in the tenant may find and join it. False: by invitation. */
  readonly public: boolean;
  /** True for a direct conversation: distinct by its member set, no name, nobody can be added. */
  readonly direct: boolean;
  readonly frozen: boolean;
  /** Seconds between two messages of one member; 0 = off. Moderators are exempt. */
  readonly slowModeSeconds: number;
  readonly custom?: JsonObject | undefined;
  readonly createdBy: string;
  readonly createdAt?: Date | undefined;
  readonly updatedAt?: Date | undefined;
  /** Rises with every change of the channel's own fields; the ETag in REST. */
  readonly version: number;
  readonly memberCount: number;
  /** Newest event of the channel's stream. */
  readonly head?: Position | undefined;
  readonly lastMessageAt?: Date | undefined;
  /** Only for direct channels and lists: up to 10 members, for display. */
  readonly members: readonly Member[];
  /** Newest message of the timeline, in lists; absent when there is none. */
  readonly lastMessage?: Message | undefined;
  readonly own?: OwnState | undefined;
}

/** The caller's relation to a channel. All counts derive from offsets, so they cannot drift. */
export interface OwnState {
  readonly member?: Member | undefined;
  readonly capabilities: readonly string[];
  /** Everything up to this offset was read. */
  readonly readOffset: number;
  readonly deliveredOffset: number;
  /** Undeleted timeline messages of others behind the read marker. */
  readonly unread: number;
  /** Those of them that mention the caller. */
  readonly unreadMentions: number;
  /** Offset of the first unread message; 0 = none. */
  readonly firstUnreadOffset: number;
}

export interface ChannelDeleted {
  readonly by: string;
}

export interface MessagePinned {
  readonly messageId: string;
  readonly by: string;
}

export interface MessageUnpinned {
  readonly messageId: string;
  readonly by: string;
}

export interface MemberInvited {
  readonly member?: Member | undefined;
}

/** First event of every channel. */
export interface ChannelCreated {
  readonly channel?: ChannelRecord | undefined;
}

/** Somebody is typing until `until` unless told otherwise; the server ends it by itself. */
export interface Typing {
  readonly userId: string;
  readonly parentId: string;
  readonly typing: boolean;
  readonly until?: Date | undefined;
}

export interface ReceiptMoved {
  readonly receipt?: Receipt | undefined;
}

/** How far a member has read and received. */
export interface Receipt {
  readonly userId: string;
  readonly readOffset: number;
  readonly deliveredOffset: number;
}

export interface PresenceChanged {
  readonly presences: readonly Presence[];
}

/** A user's presence as others may see it: merged over devices; an invisible user is OFFLINE to others. */
export interface Presence {
  readonly userId: string;
  readonly state: PresenceState;
  readonly status: string;
  /** When the status clears by itself. */
  readonly statusUntil?: Date | undefined;
  /** Absent while online, and for invisible users the time they became so. */
  readonly lastSeen?: Date | undefined;
}

/** The caller became a member (own action, direct message, or added by another). */
export interface ChannelAdded {
  readonly channel?: ChannelRecord | undefined;
}

export interface ChannelRemoved {
  readonly channelId: string;
  readonly by: string;
  /** "left", "removed" or "deleted". */
  readonly reason: string;
}

export interface Invited {
  readonly channel?: ChannelRecord | undefined;
  readonly by: string;
}

export interface Mentioned {
  readonly channelId: string;
  readonly messageId: string;
  readonly messageOffset: number;
  readonly by: string;
  readonly excerpt: string;
}

/** The caller's own marker moved (by any of their devices), with the counts behind it. */
export interface ReadMarkerMoved {
  readonly channelId: string;
  readonly readOffset: number;
  readonly unread: number;
  readonly unreadMentions: number;
  readonly totals?: UnreadTotals | undefined;
}

/** Unread totals over all channels of the caller. */
export interface UnreadTotals {
  readonly messages: number;
  readonly mentions: number;
  /** Channels with at least one unread message. */
  readonly channels: number;
}

export interface UserUpdated {
  readonly user?: User | undefined;
}

/** On "call:ROOM", recoverable. */
export interface ParticipantJoined {
  readonly participant?: Participant | undefined;
}

export interface Participant {
  /** Unique in the room; one user may be there several times. */
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly role: ParticipantRole;
  readonly state: ParticipantState;
  readonly joinedAt?: Date | undefined;
  readonly tracks: readonly Track[];
}

/** What a participant can send in one section of their session description. */
export interface Track {
  /** "PARTICIPANT/MID". */
  readonly id: string;
  /** The section's media id (RFC 9143). */
  readonly mid: string;
  readonly kind: TrackKind;
  /** Nothing is sent: muted, or not begun. */
  readonly muted: boolean;
}

export interface ParticipantLeft {
  readonly participantId: string;
  readonly userId: string;
  readonly cause: ParticipantLeftCause;
}

/** The whole participant after the change. */
export interface ParticipantUpdated {
  readonly participant?: Participant | undefined;
}

export interface RoomClosed {
  readonly by: string;
}

/** On "call:ROOM", ephemeral: who speaks, the dominant one first. */
export interface SpeakersChanged {
  readonly participantIds: readonly string[];
}

/** On "call:ROOM.PARTICIPANT", ephemeral: all slots that carry something. */
export interface SlotsChanged {
  readonly slots: readonly Slot[];
}

/** Who is in one of the caller's receive slots. */
export interface Slot {
  /** The receiving section's media id. */
  readonly mid: string;
  readonly participantId: string;
  readonly trackId: string;
  readonly kind: TrackKind;
}

/** On "call:ROOM.PARTICIPANT", ephemeral: all video tracks. */
export interface AllocationsChanged {
  readonly allocations: readonly TrackAllocation[];
}

/** What a receiver gets of one video track, and why not more. */
export interface TrackAllocation {
  readonly trackId: string;
  /** Simulcast encoding or spatial layer, 0 the smallest; -1 = nothing. */
  readonly layer: number;
  readonly reason: TrackAllocationReason;
  /** What the layer takes, bits per second. */
  readonly bitrateBps: number;
}

/** On "call:ROOM.PARTICIPANT", ephemeral: one of the caller's tracks. */
export interface DemandChanged {
  readonly demand?: TrackDemand | undefined;
}

/** The best layer of one of the caller's own tracks that anybody watches: what is above need not be encoded. */
export interface TrackDemand {
  readonly trackId: string;
  /** -1 = nobody watches. */
  readonly topLayer: number;
}

/** On "call:ROOM.PARTICIPANT", ephemeral. */
export interface MediaStateChanged {
  readonly state: ParticipantState;
  readonly reason: string;
}

/** A token bucket: `quota` per window, refilled evenly, at most `burst` at once. */
export interface LimitPolicy {
  readonly name: string;
  readonly quota: number;
  readonly windowSeconds: number;
  readonly burst: number;
  readonly remaining: number;
}

export interface RefreshResult {
  readonly tokenTtlMs: number;
}

/** Nothing to say but that it is done. */
export type Done = Readonly<Record<string, never>>;

export interface LimitPolicies {
  readonly policies: readonly LimitPolicy[];
}

export interface UserResult {
  readonly user?: User | undefined;
}

export interface Users {
  readonly users: readonly User[];
}

export interface ChannelResult {
  readonly channel?: ChannelRecord | undefined;
}

export interface Channels {
  readonly items: readonly ChannelRecord[];
  /** Cursor of the following page; empty = this is the last. */
  readonly next: string;
}

export interface Members {
  readonly items: readonly Member[];
  readonly next: string;
}

export interface MemberResult {
  readonly member?: Member | undefined;
}

export interface SentMessage {
  readonly message?: Message | undefined;
  /** True when this answers a repeated send. */
  readonly duplicate: boolean;
}

export interface MessageResult {
  readonly message?: Message | undefined;
}

export interface Versions {
  readonly items: readonly MessageVersion[];
}

/** An earlier text of an edited message. */
export interface MessageVersion {
  readonly version: number;
  readonly text: string;
  readonly at?: Date | undefined;
}

export interface History {
  readonly items: readonly Message[];
  /** Cursor towards older messages; empty = the beginning is in this page. */
  readonly prev: string;
  /** Cursor towards newer messages; empty = the end is in this page. */
  readonly next: string;
  /** Subscribe with `since` this to continue without a gap. */
  readonly position?: Position | undefined;
}

export interface Reactions {
  readonly items: readonly Reaction[];
  readonly next: string;
}

export interface Messages {
  readonly items: readonly Message[];
}

export interface ReadState {
  readonly own?: OwnState | undefined;
  readonly totals?: UnreadTotals | undefined;
}

export interface Receipts {
  readonly items: readonly Receipt[];
}

export interface Events {
  readonly items: readonly Push[];
  readonly position?: Position | undefined;
  /** False: the epoch changed or the events are gone; load a snapshot. */
  readonly recovered: boolean;
  readonly more: boolean;
}

export interface ChannelTypes {
  readonly items: readonly ChannelType[];
}

/** What a channel of a type can do and who may do it. Configuration, never constants. */
export interface ChannelType {
  readonly name: string;
  readonly threads: boolean;
  readonly reactions: boolean;
  readonly typing: boolean;
  readonly receipts: boolean;
  readonly mentions: boolean;
  readonly quotes: boolean;
  readonly pins: boolean;
  readonly membersMax: number;
  readonly messageBytesMax: number;
  /** Capabilities by channel role ("owner", "moderator", "member", "guest"). */
  readonly grants: Readonly<Record<string, Capabilities>>;
}

/** A list of capability names, e.g. "send-message", "delete-any-message". */
export interface Capabilities {
  readonly names: readonly string[];
}

/** In the order asked; unknown users are OFFLINE. */
export interface Presences {
  readonly items: readonly Presence[];
}

export interface RoomResult {
  readonly room?: Room | undefined;
  readonly participants: readonly Participant[];
}

export interface Room {
  readonly id: string;
  readonly name: string;
  /** Members of this channel may join; empty = every user of the tenant who knows the id. */
  readonly channelId: string;
  readonly createdBy: string;
  readonly createdAt?: Date | undefined;
  readonly participantLimit: number;
  /** At the time of reading. */
  readonly participantCount: number;
}

export interface Rooms {
  readonly rooms: readonly Room[];
}

export interface JoinResult {
  readonly room?: Room | undefined;
  /** The caller, with the id that further commands name. */
  readonly self?: Participant | undefined;
  /** The node's session description. */
  readonly answer: string;
  readonly assignment?: SfuAssignment | undefined;
  /** Everybody there, the caller too, as of `position` of the stream "call:ROOM". */
  readonly participants: readonly Participant[];
  readonly position?: Position | undefined;
}

/** Where a participant's media goes (R57, R260). */
export interface SfuAssignment {
  readonly sfuId: string;
  readonly region: string;
  /** "address:port" of the node's media port. */
  readonly endpoint: string;
  /** Names session, participant and node, signed; the node verifies it alone. */
  readonly token: string;
}

export interface IceRestarted {
  readonly answer: string;
}

export interface ParticipantResult {
  readonly participant?: Participant | undefined;
}

export interface SeatResult {
  readonly seat?: Seat | undefined;
}

/** All that one participant's media is at the moment; the events on "call:ROOM.PARTICIPANT" change it. */
export interface Seat {
  readonly roomId: string;
  readonly participantId: string;
  readonly state: ParticipantState;
  readonly slots: readonly Slot[];
  readonly allocations: readonly TrackAllocation[];
  readonly demands: readonly TrackDemand[];
}

/** A refusal, on the WebSocket as it stands; in REST as an RFC 9457 problem with the same names. */
export interface WireError {
  /** The number of the code. An unknown number is treated by its status class (code / 100). */
  readonly code: number;
  readonly name: string;
  readonly retry: Retry;
  /** Set when retry is AFTER: wait at least this long, milliseconds. */
  readonly afterMs: number;
  /** For people; never parse it. */
  readonly detail: string;
  /** Names the request in the server's logs. */
  readonly ref: string;
  readonly violations: readonly Violation[];
}

/** One field that broke its rule. */
export interface Violation {
  /** JSON path of the field, e.g. "custom" or "memberIds[3]". */
  readonly field: string;
  /** The rule's name as in Rules, in JSON spelling: required, maxLength, pattern… */
  readonly rule: string;
  /** What is allowed, in words. */
  readonly allowed: string;
}

/** What keeps the connection itself in order; never answered by a Reply. */
export interface Ctl {
  readonly control: CtlControl;
}

/** Which `control` a Ctl holds. */
export type CtlControl =
  | { readonly kind: "ping"; readonly body: Ping }
  | { readonly kind: "pong"; readonly body: Pong }
  | { readonly kind: "drain"; readonly body: Drain }
  | { readonly kind: "notice"; readonly body: Notice }
  | { readonly kind: "ack"; readonly body: Ack }
  | { readonly kind: "positions"; readonly body: Positions }
  | Unknown;

/** Either side may ask; the other answers with the same number. */
export interface Ping {
  readonly n: number;
}

export interface Pong {
  readonly n: number;
  /** The interval at which the server wants to hear something, from now on; 0 = unchanged. */
  readonly heartbeatMs: number;
}

/** The server goes away: reconnect elsewhere after a random time within the window. */
export interface Drain {
  readonly reconnectAfterMinMs: number;
  readonly reconnectAfterMaxMs: number;
  readonly reason: string;
}

/** Something a developer should know, e.g. a deprecation or an expiring token. */
export interface Notice {
  readonly name: string;
  readonly detail: string;
}

/** What the client has seen, batched by it every few seconds; becomes the delivered marker of channels. */
export interface Ack {
  readonly streams: readonly StreamPosition[];
}

export interface StreamPosition {
  readonly stream: string;
  readonly position?: Position | undefined;
}

/** The stream went on to these positions without an event for this subscription (filters). */
export interface Positions {
  readonly streams: readonly StreamPosition[];
}

export interface GuestSession {
  readonly token: string;
  readonly user?: User | undefined;
  readonly tokenTtlMs: number;
}

/** First command of every socket, within 5 s. */
export interface Hello {
  readonly token: string;
  /** Protocol version of the client; this is version 1. */
  readonly protocol?: number | undefined;
  /** Library and version, for logs: "js/0.1.0". */
  readonly client?: string | undefined;
  /** Stable id of the device or tab; presence leases and `replaced` go by it. */
  readonly deviceId?: string | undefined;
  /** Streams to resume at once; the same as Subscribe, answered in HelloResult.streams in this order. */
  readonly resume?: readonly Subscribe[] | undefined;
  /** Presence to announce while connected; OFFLINE stands for "as before". */
  readonly presence?: PresenceState | undefined;
}

/** Listen to a stream: "ch:CHANNEL" (members only) or "me:USER" (oneself). */
export interface Subscribe {
  readonly stream: string;
  /** Continue behind this position; absent = from now on. */
  readonly since?: Position | undefined;
  /** Only these events, by oneof name of Push ("messageCreated"); empty = all. Others move the position silently. */
  readonly events?: readonly string[] | undefined;
}

/** Replaces the token of an open socket. Same user and tenant, or TOKEN_INVALID. */
export interface Refresh {
  readonly token: string;
}

export interface Unsubscribe {
  readonly stream: string;
}

export type GetLimits = Readonly<Record<string, never>>;

/** Ends sessions: closes their sockets and refuses their tokens from now on. */
export interface RevokeSessions {
  /** Empty = the caller. Another user needs the role "admin". */
  readonly userId?: string | undefined;
}

export type GetMe = Readonly<Record<string, never>>;

/** Absent fields stay as they are. */
export interface UpdateMe {
  readonly name?: string | undefined;
  readonly imageUrl?: string | undefined;
  readonly custom?: JsonObject | undefined;
}

export interface GetUsers {
  readonly userIds: readonly string[];
}

export interface CreateChannel {
  /** Client-chosen id, or empty for one made by the server. */
  readonly id?: string | undefined;
  /** A configured channel type; empty = "messaging". */
  readonly type?: string | undefined;
  readonly name?: string | undefined;
  readonly topic?: string | undefined;
  readonly public?: boolean | undefined;
  readonly custom?: JsonObject | undefined;
  /** Members besides the creator, who becomes the owner. */
  readonly memberIds?: readonly string[] | undefined;
}

/** The direct conversation of the caller and these users; made at first use, the same one ever after. */
export interface OpenDirect {
  readonly userIds: readonly string[];
}

export interface GetChannel {
  readonly channelId: string;
}

/** Absent fields stay. `version` must be the present one (If-Match in REST), or PRECONDITION_FAILED. */
export interface UpdateChannel {
  readonly channelId: string;
  readonly version?: number | undefined;
  readonly name?: string | undefined;
  readonly topic?: string | undefined;
  readonly public?: boolean | undefined;
  readonly frozen?: boolean | undefined;
  readonly slowModeSeconds?: number | undefined;
  readonly custom?: JsonObject | undefined;
}

export interface DeleteChannel {
  readonly channelId: string;
}

/** The caller's channels (joined and invited), most recently active first. */
export interface ListChannels {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** Public channels of the tenant that the caller could join, by name. */
export interface BrowseChannels {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
  /** Only names that begin with this, ignoring case. */
  readonly prefix?: string | undefined;
}

export interface JoinChannel {
  readonly channelId: string;
}

export interface LeaveChannel {
  readonly channelId: string;
}

/** Joining by invitation is JoinChannel; LeaveChannel declines. */
export interface InviteMembers {
  readonly channelId: string;
  readonly userIds: readonly string[];
  /** Members at once instead of invited; needs the capability "add-members". */
  readonly add?: boolean | undefined;
}

export interface RemoveMember {
  readonly channelId: string;
  readonly userId: string;
}

export interface SetMemberRole {
  readonly channelId: string;
  readonly userId: string;
  readonly role: string;
}

export interface ListMembers {
  readonly channelId: string;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** Stored durably before it is answered. The same (author, clientId) within 24 h gives the first answer again. */
export interface SendMessage {
  readonly channelId: string;
  /** Made by the client, once per message; in REST the Idempotency-Key header serves as well. */
  readonly clientId: string;
  readonly text?: string | undefined;
  readonly custom?: JsonObject | undefined;
  /** Reply in the thread of this message. */
  readonly parentId?: string | undefined;
  readonly alsoInChannel?: boolean | undefined;
  readonly quotedId?: string | undefined;
  /** Users to mention; must be members. "@channel" mentions all and needs the capability "mention-all". */
  readonly mentions?: readonly string[] | undefined;
}

export interface EditMessage {
  readonly channelId: string;
  readonly messageId: string;
  readonly text: string;
  readonly custom?: JsonObject | undefined;
  readonly mentions?: readonly string[] | undefined;
  /** When given, the version that is edited (If-Match in REST), or PRECONDITION_FAILED. */
  readonly version?: number | undefined;
}

export interface DeleteMessage {
  readonly channelId: string;
  readonly messageId: string;
  readonly hard?: boolean | undefined;
}

export interface GetMessage {
  readonly channelId: string;
  readonly messageId: string;
}

/** Earlier texts of a message, oldest first: its author and moderators may see them. */
export interface ListVersions {
  readonly channelId: string;
  readonly messageId: string;
}

/** A page of messages, oldest first within the page. At most one of cursor, aroundMessageId, aroundTime, aroundOffset. */
export interface GetHistory {
  readonly channelId: string;
  readonly cursor?: string | undefined;
  /** 1 to 200; 0 = 50. */
  readonly limit?: number | undefined;
  readonly direction?: GetHistoryDirection | undefined;
  readonly aroundMessageId?: string | undefined;
  readonly aroundTime?: Date | undefined;
  /** E.g. the first unread offset. */
  readonly aroundOffset?: number | undefined;
  /** Only the thread of this message (the parent is not part of it). */
  readonly parentId?: string | undefined;
}

export interface React {
  readonly channelId: string;
  readonly messageId: string;
  /** An emoji or a short name. */
  readonly kind: string;
}

export interface Unreact {
  readonly channelId: string;
  readonly messageId: string;
  readonly kind: string;
}

export interface ListReactions {
  readonly channelId: string;
  readonly messageId: string;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

export interface PinMessage {
  readonly channelId: string;
  readonly messageId: string;
}

export interface UnpinMessage {
  readonly channelId: string;
  readonly messageId: string;
}

export interface ListPins {
  readonly channelId: string;
}

/** Moves the read marker forward to `offset` (0 = the head); never backward. */
export interface MarkRead {
  readonly channelId: string;
  readonly offset?: number | undefined;
}

/** Moves the read marker back to just before `offset`. */
export interface MarkUnread {
  readonly channelId: string;
  readonly offset: number;
}

/** Says that everything up to `offset` reached a device; never backward. */
export interface MarkDelivered {
  readonly channelId: string;
  readonly offset: number;
}

export interface ListReceipts {
  readonly channelId: string;
}

export type GetUnread = Readonly<Record<string, never>>;

/** Debounced by the server: repeats within 2 s are dropped; ends after 6 s without a repeat. Wants no reply. */
export interface SetTyping {
  readonly channelId: string;
  readonly parentId?: string | undefined;
  readonly typing?: boolean | undefined;
}

/** The raw events of a channel behind a position, for whoever resumes over REST. */
export interface GetEvents {
  readonly channelId: string;
  readonly epoch?: string | undefined;
  readonly offset?: number | undefined;
  /** 1 to 500; 0 = 100. */
  readonly limit?: number | undefined;
}

export type ListChannelTypes = Readonly<Record<string, never>>;

/** What the user wants to be seen as, on all devices. ONLINE returns to automatic. */
export interface SetPresence {
  readonly state?: PresenceState | undefined;
  readonly status?: string | undefined;
  /** When the status clears by itself; absent = never. */
  readonly statusUntil?: Date | undefined;
}

/** Adds users to this connection's watch list; their changes follow as presenceChanged on "pres:USER". */
export interface WatchPresence {
  readonly userIds: readonly string[];
}

export interface UnwatchPresence {
  readonly userIds: readonly string[];
}

export interface QueryPresence {
  readonly userIds: readonly string[];
}

export interface CreateRoom {
  /** Chosen by the server when empty. With a channel and no id, the channel's newest open room is the answer if it has one, so that people who want to meet at the same time get into the same room. */
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly channelId?: string | undefined;
  /** 0 = the server's default. */
  readonly participantLimit?: number | undefined;
}

export interface GetRoom {
  readonly roomId: string;
}

/** Rooms that the caller created or whose channel is named; newest first. */
export interface ListRooms {
  readonly channelId?: string | undefined;
  readonly limit?: number | undefined;
}

/** Ends a room for everybody; its creator, an owner or moderator of its channel, or an admin may. */
export interface CloseRoom {
  readonly roomId: string;
}

export interface JoinRoom {
  readonly roomId: string;
  /** The client's session description (RFC 8866): sections that it may send in, and receive slots. */
  readonly offer: string;
  /** What the sending sections carry; without a word, a camera in video and a microphone in audio, sent at once. */
  readonly tracks?: readonly TrackIntent[] | undefined;
  /** Region nearest to the client, when it knows; the server decides. */
  readonly region?: string | undefined;
}

/** A track as the client names it, before it has an id. */
export interface TrackIntent {
  readonly mid: string;
  readonly kind?: TrackKind | undefined;
  readonly muted?: boolean | undefined;
}

/** Out of the room. Leaving a room where one is not succeeds. */
export interface LeaveRoom {
  readonly roomId: string;
  readonly participantId: string;
}

/** A new path for the same media (RFC 8445 section 9): an offer with the same sections and fresh ICE credentials. */
export interface RestartIce {
  readonly roomId: string;
  readonly participantId: string;
  readonly offer: string;
}

/** Says what the caller's sections carry now: muted or not, camera or screen. Sections that are not named stay as they are. */
export interface SetTracks {
  readonly roomId: string;
  readonly participantId: string;
  readonly tracks: readonly TrackIntent[];
}

/** What the caller wants to see; replaces what was said before. Ids that are not there are no error. */
export interface SetView {
  readonly roomId: string;
  readonly participantId: string;
  /** Tracks shown large: raised first. */
  readonly onStage?: readonly string[] | undefined;
  /** Tracks kept in view whoever speaks. */
  readonly pinned?: readonly string[] | undefined;
  readonly heights?: readonly Height[] | undefined;
  /** For tracks that `heights` does not name; 0 = as good as published. */
  readonly defaultHeight?: number | undefined;
  /** Cameras, neither on stage nor pinned, at most; 0 = as many as there are slots. */
  readonly lastN?: number | undefined;
  readonly noAudio?: boolean | undefined;
}

export interface Height {
  readonly trackId: string;
  /** Pixels it is shown at; 0 hides it. */
  readonly height?: number | undefined;
}

export interface GetSeat {
  readonly roomId: string;
  readonly participantId: string;
}

/** Takes another participant out; for whoever may close the room. */
export interface RemoveParticipant {
  readonly roomId: string;
  readonly participantId: string;
}

/** Every command: what it takes and what it gives. */
export interface Commands {
  readonly hello: { readonly input: Hello; readonly result: HelloResult };
  readonly refresh: { readonly input: Refresh; readonly result: RefreshResult };
  readonly subscribe: { readonly input: Subscribe; readonly result: SubscribeResult };
  readonly unsubscribe: { readonly input: Unsubscribe; readonly result: Done };
  readonly getLimits: { readonly input: GetLimits; readonly result: LimitPolicies };
  readonly revokeSessions: { readonly input: RevokeSessions; readonly result: Done };
  readonly getMe: { readonly input: GetMe; readonly result: UserResult };
  readonly updateMe: { readonly input: UpdateMe; readonly result: UserResult };
  readonly getUsers: { readonly input: GetUsers; readonly result: Users };
  readonly createChannel: { readonly input: CreateChannel; readonly result: ChannelResult };
  readonly openDirect: { readonly input: OpenDirect; readonly result: ChannelResult };
  readonly getChannel: { readonly input: GetChannel; readonly result: ChannelResult };
  readonly updateChannel: { readonly input: UpdateChannel; readonly result: ChannelResult };
  readonly deleteChannel: { readonly input: DeleteChannel; readonly result: Done };
  readonly listChannels: { readonly input: ListChannels; readonly result: Channels };
  readonly browseChannels: { readonly input: BrowseChannels; readonly result: Channels };
  readonly joinChannel: { readonly input: JoinChannel; readonly result: ChannelResult };
  readonly leaveChannel: { readonly input: LeaveChannel; readonly result: Done };
  readonly inviteMembers: { readonly input: InviteMembers; readonly result: Members };
  readonly removeMember: { readonly input: RemoveMember; readonly result: Done };
  readonly setMemberRole: { readonly input: SetMemberRole; readonly result: MemberResult };
  readonly listMembers: { readonly input: ListMembers; readonly result: Members };
  readonly sendMessage: { readonly input: SendMessage; readonly result: SentMessage };
  readonly editMessage: { readonly input: EditMessage; readonly result: MessageResult };
  readonly deleteMessage: { readonly input: DeleteMessage; readonly result: Done };
  readonly getMessage: { readonly input: GetMessage; readonly result: MessageResult };
  readonly listVersions: { readonly input: ListVersions; readonly result: Versions };
  readonly getHistory: { readonly input: GetHistory; readonly result: History };
  readonly react: { readonly input: React; readonly result: MessageResult };
  readonly unreact: { readonly input: Unreact; readonly result: MessageResult };
  readonly listReactions: { readonly input: ListReactions; readonly result: Reactions };
  readonly pinMessage: { readonly input: PinMessage; readonly result: Done };
  readonly unpinMessage: { readonly input: UnpinMessage; readonly result: Done };
  readonly listPins: { readonly input: ListPins; readonly result: Messages };
  readonly markRead: { readonly input: MarkRead; readonly result: ReadState };
  readonly markUnread: { readonly input: MarkUnread; readonly result: ReadState };
  readonly markDelivered: { readonly input: MarkDelivered; readonly result: Done };
  readonly listReceipts: { readonly input: ListReceipts; readonly result: Receipts };
  readonly getUnread: { readonly input: GetUnread; readonly result: UnreadTotals };
  readonly setTyping: { readonly input: SetTyping; readonly result: Done };
  readonly getEvents: { readonly input: GetEvents; readonly result: Events };
  readonly listChannelTypes: { readonly input: ListChannelTypes; readonly result: ChannelTypes };
  readonly setPresence: { readonly input: SetPresence; readonly result: Presences };
  readonly watchPresence: { readonly input: WatchPresence; readonly result: Presences };
  readonly unwatchPresence: { readonly input: UnwatchPresence; readonly result: Done };
  readonly queryPresence: { readonly input: QueryPresence; readonly result: Presences };
  readonly createRoom: { readonly input: CreateRoom; readonly result: RoomResult };
  readonly getRoom: { readonly input: GetRoom; readonly result: RoomResult };
  readonly listRooms: { readonly input: ListRooms; readonly result: Rooms };
  readonly closeRoom: { readonly input: CloseRoom; readonly result: Done };
  readonly joinRoom: { readonly input: JoinRoom; readonly result: JoinResult };
  readonly leaveRoom: { readonly input: LeaveRoom; readonly result: Done };
  readonly restartIce: { readonly input: RestartIce; readonly result: IceRestarted };
  readonly setTracks: { readonly input: SetTracks; readonly result: ParticipantResult };
  readonly setView: { readonly input: SetView; readonly result: Done };
  readonly getSeat: { readonly input: GetSeat; readonly result: SeatResult };
  readonly removeParticipant: { readonly input: RemoveParticipant; readonly result: Done };
}

/** The name of a command. */
export type CommandName = keyof Commands;

/** What a command takes. */
export type InputOf<C extends CommandName> = Commands[C]["input"];

/** What a command gives. */
export type ResultOf<C extends CommandName> = Commands[C]["result"];
