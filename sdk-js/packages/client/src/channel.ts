import type { CallOptions } from "./base/options.js";
import type { Draft, HistoryOptions, SendOptions } from "./drafts.js";
import type { ChannelView } from "./views/views.js";
import type {
  ChannelRecord,
  JsonObject,
  Member,
  Message,
  MessageVersion,
  OwnState,
  Reaction,
  Receipt,
  UpdateChannel,
} from "./wire/types.js";

/** What a finished send says. */
export interface SendReceipt {
  readonly message: Message;
  /** True when an earlier attempt had been stored already. */
  readonly duplicate: boolean;
}

/** Fields of an edit besides the text. */
export interface EditOptions extends CallOptions {
  readonly custom?: JsonObject;
  readonly mentions?: readonly string[];
  /** Fails with `PRECONDITION_FAILED` unless this is the present version. */
  readonly version?: number;
}

/** One channel to act on; {@link Channel.view} shows it. */
export declare class Channel {
  readonly id: string;

  /** The live timeline; the same view for everybody who asks while it is in use. */
  view(): ChannelView;
  /** The live thread below a message. */
  thread(parentId: string): ChannelView;

  /** The channel with the caller's own state. */
  get(options?: CallOptions): Promise<ChannelRecord>;
  update(changes: Omit<UpdateChannel, "channelId">, options?: CallOptions): Promise<ChannelRecord>;
  delete(options?: CallOptions): Promise<void>;
  join(options?: CallOptions): Promise<ChannelRecord>;
  leave(options?: CallOptions): Promise<void>;

  invite(userIds: readonly string[], options?: CallOptions): Promise<readonly Member[]>;
  addMembers(userIds: readonly string[], options?: CallOptions): Promise<readonly Member[]>;
  removeMember(userId: string, options?: CallOptions): Promise<void>;
  setRole(userId: string, role: string, options?: CallOptions): Promise<Member>;
  members(options?: CallOptions): AsyncIterableIterator<Member>;

  /** Resolves when the server has stored the message durably. */
  send(draft: string | Draft, options?: SendOptions): Promise<SendReceipt>;
  edit(messageId: string, text: string, options?: EditOptions): Promise<Message>;
  deleteMessage(messageId: string, options?: CallOptions & { readonly hard?: boolean }): Promise<void>;
  react(messageId: string, kind: string, options?: CallOptions): Promise<Message>;
  unreact(messageId: string, kind: string, options?: CallOptions): Promise<Message>;
  reactions(messageId: string, options?: CallOptions): AsyncIterableIterator<Reaction>;
  pin(messageId: string, options?: CallOptions): Promise<void>;
  unpin(messageId: string, options?: CallOptions): Promise<void>;
  pins(options?: CallOptions): Promise<readonly Message[]>;
  message(messageId: string, options?: CallOptions): Promise<Message>;
  versions(messageId: string, options?: CallOptions): Promise<readonly MessageVersion[]>;
  history(options?: HistoryOptions): AsyncIterableIterator<Message>;

  /** Moves the read marker forward; without an offset to the newest event. */
  markRead(offset?: number, options?: CallOptions): Promise<OwnState>;
  markUnread(offset: number, options?: CallOptions): Promise<OwnState>;
  markDelivered(offset: number, options?: CallOptions): Promise<void>;
  receipts(options?: CallOptions): Promise<readonly Receipt[]>;

  /** Tells others that the user types; call it at each key press, it is throttled. */
  typing(parentId?: string): void;
  /** Tells others that the user stopped typing. */
  stopTyping(parentId?: string): void;
}
