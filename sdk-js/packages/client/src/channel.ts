import type { Core } from "./base/core.js";
import type { CallOptions } from "./base/options.js";
import type { Draft, HistoryOptions, SendOptions } from "./drafts.js";
import { readHistory } from "./history.js";
import { eachItem } from "./pages.js";
import type { ChannelView } from "./views/channelView.js";
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
import { present } from "./present.js";

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

/** What a channel needs of its client. */
export interface ChannelSetup {
  readonly core: Core;
  readonly view: (channelId: string, parentId: string | undefined) => ChannelView;
}

/**
 * One channel to act on; {@link Channel.view} shows it. Every method fails with a {@link ParleyError}:
 * `CHANNEL_NOT_FOUND` when the channel is none of the caller's business, `NOT_A_MEMBER` when it is public but not
 * joined,
 * `FORBIDDEN` without the capability, `RATE_LIMITED` when the library's own retries did not suffice.
 * @example
 * const lobby = client.channel("lobby");
 * await lobby.join();
 * await lobby.send("hello");
 */
export class Channel {
  readonly id: string;
  readonly #core: Core;
  readonly #setup: ChannelSetup;

  /** @internal */
  constructor(id: string, setup: ChannelSetup) {
    this.id = id;
    this.#core = setup.core;
    this.#setup = setup;
  }

  /** The live timeline; the same view for everybody who asks while it is in use. */
  view(): ChannelView {
    return this.#setup.view(this.id, undefined);
  }

  /** The live thread below a message. */
  thread(parentId: string): ChannelView {
    return this.#setup.view(this.id, parentId);
  }

  /** The channel with the caller's own state. */
  async get(options?: CallOptions): Promise<ChannelRecord> {
    return present((await this.#core.outbox.request("getChannel", { channelId: this.id }, options)).channel);
  }

  /**
   * Changes the channel; what is absent stays.
   * @throws {@link ParleyError} `PRECONDITION_FAILED` unless `version` is the present one, `PRECONDITION_REQUIRED`
   * without it.
   * @example await lobby.update({ topic: "Tea", version: (await lobby.get()).version });
   */
  async update(changes: Omit<UpdateChannel, "channelId">, options?: CallOptions): Promise<ChannelRecord> {
    const input = { ...changes, channelId: this.id };
    return present((await this.#core.outbox.request("updateChannel", input, options)).channel);
  }

  /** Deletes the channel for everybody. */
  async delete(options?: CallOptions): Promise<void> {
    await this.#core.outbox.request("deleteChannel", { channelId: this.id }, options);
  }

  /** Joins, or accepts an invitation. */
  async join(options?: CallOptions): Promise<ChannelRecord> {
    return present((await this.#core.outbox.request("joinChannel", { channelId: this.id }, options)).channel);
  }

  /** Leaves, or declines an invitation. */
  async leave(options?: CallOptions): Promise<void> {
    await this.#core.outbox.request("leaveChannel", { channelId: this.id }, options);
  }

  /** Invites users; they become members by joining. */
  async invite(userIds: readonly string[], options?: CallOptions): Promise<readonly Member[]> {
    return (await this.#core.outbox.request("inviteMembers", { channelId: this.id, userIds }, options)).items;
  }

  /** Makes users members at once; needs the capability `add-members`. */
  async addMembers(userIds: readonly string[], options?: CallOptions): Promise<readonly Member[]> {
    return (await this.#core.outbox.request("inviteMembers", { channelId: this.id, userIds, add: true }, options))
      .items;
  }

  /** Removes a member, or takes back an invitation. */
  async removeMember(userId: string, options?: CallOptions): Promise<void> {
    await this.#core.outbox.request("removeMember", { channelId: this.id, userId }, options);
  }

  /** Changes what a member may do. */
  async setRole(userId: string, role: string, options?: CallOptions): Promise<Member> {
    const input = { channelId: this.id, userId, role };
    return present((await this.#core.outbox.request("setMemberRole", input, options)).member);
  }

  /** Members by user id. @example for await (const member of lobby.members()) show(member); */
  members(options?: CallOptions): AsyncIterableIterator<Member> {
    return eachItem((cursor) => this.#core.outbox.request("listMembers", { channelId: this.id, cursor }, options));
  }

  /**
   * Sends a message; resolves when the server has stored it durably. One id per call covers every attempt, so the
   * message
   * appears once however often the connection drops.
   * @throws {@link ParleyError} `NOT_CONFIRMED` when `signal` fires or the time is up first: the message may or may
   * not be
   * stored, and sending again with the same `clientId` is safe. `SLOW_MODE` with `afterMs`, `CHANNEL_FROZEN`.
   * @example const { message } = await channel.send("hello", { signal: AbortSignal.timeout(5_000) });
   */
  send(draft: string | Draft, options: SendOptions = {}): Promise<SendReceipt> {
    const content = typeof draft === "string" ? { text: draft } : draft;
    const input = { ...content, channelId: this.id, clientId: options.clientId ?? this.#core.newId() };
    this.#core.typing.sent(this.id, content.parentId);
    const bounds = { signal: options.signal, timeoutMs: this.#core.limits.sendTimeoutMs };
    return this.#core.outbox
      .request("sendMessage", input, bounds)
      .then(({ message, duplicate }) => ({ message: present(message), duplicate }));
  }

  /**
   * Changes the text of a message; earlier texts are kept.
   * @throws {@link ParleyError} `MESSAGE_DELETED`; `PRECONDITION_FAILED` when `version` was given and is not the
   * present one.
   */
  async edit(messageId: string, text: string, options: EditOptions = {}): Promise<Message> {
    const { signal, ...fields } = options;
    const input = { ...fields, channelId: this.id, messageId, text };
    return present((await this.#core.outbox.request("editMessage", input, { signal })).message);
  }

  /** Deletes a message: a tombstone stays, or with `hard` nothing (needs the capability `hard-delete`). */
  async deleteMessage(messageId: string, options: CallOptions & { readonly hard?: boolean } = {}): Promise<void> {
    const input = { channelId: this.id, messageId, hard: options.hard };
    await this.#core.outbox.request("deleteMessage", input, options);
  }

  /** Adds the caller's reaction: an emoji or a short name. Repeating it changes nothing. */
  async react(messageId: string, kind: string, options?: CallOptions): Promise<Message> {
    const input = { channelId: this.id, messageId, kind };
    return present((await this.#core.outbox.request("react", input, options)).message);
  }

  /** Takes the caller's reaction back. */
  async unreact(messageId: string, kind: string, options?: CallOptions): Promise<Message> {
    const input = { channelId: this.id, messageId, kind };
    return present((await this.#core.outbox.request("unreact", input, options)).message);
  }

  /** Who reacted how. */
  reactions(messageId: string, options?: CallOptions): AsyncIterableIterator<Reaction> {
    const input = { channelId: this.id, messageId };
    return eachItem((cursor) => this.#core.outbox.request("listReactions", { ...input, cursor }, options));
  }

  /** Pins a message. @throws {@link ParleyError} `PIN_LIMIT` */
  async pin(messageId: string, options?: CallOptions): Promise<void> {
    await this.#core.outbox.request("pinMessage", { channelId: this.id, messageId }, options);
  }

  async unpin(messageId: string, options?: CallOptions): Promise<void> {
    await this.#core.outbox.request("unpinMessage", { channelId: this.id, messageId }, options);
  }

  /** Pinned messages. */
  async pins(options?: CallOptions): Promise<readonly Message[]> {
    return (await this.#core.outbox.request("listPins", { channelId: this.id }, options)).items;
  }

  /** One message. @throws {@link ParleyError} `MESSAGE_NOT_FOUND` */
  async message(messageId: string, options?: CallOptions): Promise<Message> {
    return present((await this.#core.outbox.request("getMessage", { channelId: this.id, messageId }, options)).message);
  }

  /** Earlier texts of an edited message, oldest first. */
  async versions(messageId: string, options?: CallOptions): Promise<readonly MessageVersion[]> {
    return (await this.#core.outbox.request("listVersions", { channelId: this.id, messageId }, options)).items;
  }

  /**
   * Messages one after the other; pages are read as they are wanted.
   * @example
   * for await (const message of lobby.history()) if (message.createdAt < yesterday) break; // newest first
   * for await (const message of lobby.history({ direction: "forward", from: { offset: 1200 } })) print(message);
   */
  history(options: HistoryOptions = {}): AsyncIterableIterator<Message> {
    return readHistory(this.#core.outbox, this.id, options);
  }

  /** Moves the read marker forward, without an offset to the newest event; never backward. */
  async markRead(offset = 0, options?: CallOptions): Promise<OwnState> {
    return present((await this.#core.outbox.request("markRead", { channelId: this.id, offset }, options)).own);
  }

  /** Makes the message at this offset and all later ones unread. */
  async markUnread(offset: number, options?: CallOptions): Promise<OwnState> {
    return present((await this.#core.outbox.request("markUnread", { channelId: this.id, offset }, options)).own);
  }

  /**
   * Says that everything up to this offset reached a device. The library does so by itself for channels it listens
   * to.
   */
  async markDelivered(offset: number, options?: CallOptions): Promise<void> {
    await this.#core.outbox.request("markDelivered", { channelId: this.id, offset }, options);
  }

  /** How far the members have read and received. */
  async receipts(options?: CallOptions): Promise<readonly Receipt[]> {
    return (await this.#core.outbox.request("listReceipts", { channelId: this.id }, options)).items;
  }

  /** Tells others that the user types; call it at each key press, it is throttled. */
  typing(parentId?: string): void {
    this.#core.typing.typing(this.id, parentId);
  }

  /** Tells others that the user stopped typing; a send does so by itself. */
  stopTyping(parentId?: string): void {
    this.#core.typing.stopped(this.id, parentId);
  }
}
