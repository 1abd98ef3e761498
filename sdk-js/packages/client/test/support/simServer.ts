import type { ServerSocket, SocketServer } from "./simNet.js";

/** JSON as it is on the wire. */
export type Json = Record<string, unknown>;

interface Peer {
  user: string;
  /** Streams and the events wanted of each; empty = all. */
  readonly streams: Map<string, readonly string[]>;
  readonly watched: Set<string>;
}

interface Room {
  epoch: string;
  readonly events: Json[];
  readonly messages: Json[];
  readonly markers: Map<string, number>;
}

type Handler = (peer: Peer, input: Json) => Json;

/** A refusal of a handler. */
export class Refused extends Error {
  readonly error: Json;
  constructor(code: number, name: string, retry: string, afterMs = 0) {
    super(name);
    this.error = { code, name, retry, afterMs, detail: `refused: ${name}` };
  }
}

/** As much of a server as the client's state machines need: a log per channel, subscriptions, idempotent sends. */
export class SimServer implements SocketServer {
  readonly rooms = new Map<string, Room>();
  readonly peers = new Map<ServerSocket, Peer>();
  /** Every command received, by name and input. */
  readonly received: { readonly name: string; readonly input: Json; readonly user: string; readonly id: number }[] = [];
  readonly acks: Json[] = [];
  tokenTtlMs = 0;
  heartbeatMs = 25_000;
  answersPings = true;
  /** Called before a command is handled; may throw a {@link Refused}. */
  before: (name: string, input: Json, user: string) => void = () => undefined;
  /** Called before a reply is sent; false drops it. */
  replies: (name: string) => boolean = () => true;
  /** Commands of other domains, by name. */
  readonly extra: Record<string, Handler> = {};
  readonly #handlers: Readonly<Record<string, Handler>>;
  readonly #answers = new Map<string, Json>();

  constructor() {
    this.#handlers = {
      hello: (peer, input) => this.#hello(peer, input),
      refresh: () => ({ tokenTtlMs: this.tokenTtlMs }),
      subscribe: (peer, input) => this.#subscribe(peer, input),
      unsubscribe: (peer, input) => (peer.streams.delete(String(input["stream"])), {}),
      sendMessage: (peer, input) => this.#send(peer, input),
      getHistory: (_, input) => this.#history(input),
      getChannel: (peer, input) => ({ channel: this.channel(String(input["channelId"]), peer.user) }),
      listChannels: (peer) => ({
        items: [...this.rooms.keys()].filter(isChannel).map((id) => this.channel(id, peer.user)),
      }),
      markRead: (peer, input) => this.#markRead(peer, input),
      watchPresence: (peer, input) => this.#watch(peer, input),
      unwatchPresence: () => ({}),
      setTyping: () => ({}),
      listReceipts: () => ({ items: [] }),
      listPins: () => ({ items: [] }),
      getMe: (peer) => ({ user: { id: peer.user } }),
    };
  }

  accept(socket: ServerSocket): void {
    this.peers.set(socket, { user: "", streams: new Map(), watched: new Set() });
  }

  gone(socket: ServerSocket): void {
    this.peers.delete(socket);
  }

  receive(socket: ServerSocket, frame: Json): void {
    const peer = this.peers.get(socket);
    if (!peer) return;
    const ctl = frame["ctl"] as Json | undefined;
    if (ctl) {
      if (ctl["ping"] && this.answersPings) socket.send({ ctl: { pong: ctl["ping"] } });
      if (ctl["ack"]) this.acks.push(ctl["ack"] as Json);
      return;
    }
    const { id, ...command } = frame["cmd"] as Json;
    delete command["key"];
    const [[name, input] = ["", {}]] = Object.entries(command) as [string, Json][];
    this.received.push({ name, input, user: peer.user, id: Number(id ?? 0) });
    const outcome = this.#run(name, peer, input);
    if (id !== undefined && this.replies(name)) socket.send({ reply: { id, ...outcome } });
  }

  /** How often a command came. */
  count(name: string): number {
    return this.received.filter((command) => command.name === name).length;
  }

  room(id: string): Room {
    let room = this.rooms.get(id);
    if (!room) this.rooms.set(id, (room = { epoch: "e1", events: [], messages: [], markers: new Map() }));
    return room;
  }

  /** History cannot be continued from here on. */
  newEpoch(id: string): void {
    const room = this.room(id);
    room.epoch = `${room.epoch}x`;
  }

  /** Appends an event to a stream and tells who listens. */
  append(stream: string, event: Json): number {
    const room = this.room(roomOf(stream));
    const offset = room.events.length + 1;
    const push = { stream, epoch: room.epoch, offset: String(offset), at: "2026-01-02T03:04:05Z", ...event };
    room.events.push(push);
    this.tell(stream, push);
    return offset;
  }

  /** Sends to who listens, without keeping it. */
  tell(stream: string, push: Json): void {
    for (const [socket, peer] of this.peers) {
      const events = peer.streams.get(stream);
      if (events && wants(events, push)) socket.send({ push });
    }
  }

  post(channelId: string, authorId: string, text: string, clientId = `c-${text}`, parentId = ""): Json {
    const room = this.room(channelId);
    const offset = String(room.events.length + 1);
    const createdAt = "2026-01-02T03:04:05Z";
    const message = { id: `m${offset}`, channelId, offset, authorId, clientId, text, createdAt, parentId };
    room.messages.push(message);
    this.append(`ch:${channelId}`, { messageCreated: { message } });
    return message;
  }

  channel(id: string, user: string): Json {
    const room = this.room(id);
    const readOffset = room.markers.get(user) ?? 0;
    const unread = room.messages.filter(
      (message) => message["authorId"] !== user && Number(message["offset"]) > readOffset,
    );
    return {
      id,
      name: id,
      head: this.#head(id),
      lastMessage: room.messages.at(-1),
      own: { readOffset: String(readOffset), unread: unread.length, member: { userId: user } },
    };
  }

  #run(name: string, peer: Peer, input: Json): Json {
    try {
      this.before(name, input, peer.user);
      const handler = this.extra[name] ?? this.#handlers[name];
      if (!handler) throw new Refused(40002, "UNKNOWN_COMMAND", "NEVER");
      return { ok: { [name]: handler(peer, input) } };
    } catch (error) {
      if (error instanceof Refused) return { err: error.error };
      throw error;
    }
  }

  #hello(peer: Peer, input: Json): Json {
    peer.user = String(input["token"]).split("#")[0] ?? "";
    const resume = (input["resume"] ?? []) as Json[];
    const { heartbeatMs, tokenTtlMs } = this;
    const streams = resume.map((subscription) => this.#subscribe(peer, subscription));
    return { sessionId: "s1", user: { id: peer.user, name: peer.user }, heartbeatMs, tokenTtlMs, streams };
  }

  #head(id: string): Json {
    const room = this.room(id);
    return { epoch: room.epoch, offset: String(room.events.length) };
  }

  #subscribe(peer: Peer, input: Json): Json {
    const stream = String(input["stream"]);
    const room = this.room(roomOf(stream));
    const since = input["since"] as Json | undefined;
    const events = (input["events"] ?? []) as string[];
    peer.streams.set(stream, events);
    const position = this.#head(roomOf(stream));
    if (!since) return { stream, position };
    if (since["epoch"] !== room.epoch) return { stream, position, lost: "EPOCH_CHANGED" };
    return {
      stream,
      position,
      recovered: true,
      missed: room.events.slice(Number(since["offset"])).filter((push) => wants(events, push)),
    };
  }

  #send(peer: Peer, input: Json): Json {
    const key = `${peer.user}/${String(input["clientId"])}`;
    const known = this.#answers.get(key);
    if (known) return { ...known, duplicate: true };
    const channelId = String(input["channelId"]);
    const { text, clientId, parentId = "" } = input;
    const message = this.post(channelId, peer.user, String(text), String(clientId), String(parentId));
    this.room(channelId).markers.set(peer.user, Number(message["offset"]));
    this.#answers.set(key, { message });
    return { message };
  }

  #history(input: Json): Json {
    const id = String(input["channelId"]);
    const { messages } = this.room(id);
    const limit = Number(input["limit"] ?? 50);
    const forward = input["direction"] === "FORWARD";
    const anchor = input["aroundOffset"];
    const cursor = input["cursor"] === undefined || input["cursor"] === "" ? undefined : Number(input["cursor"]);
    let from = forward ? (cursor ?? 0) : Math.max(0, (cursor ?? messages.length) - limit);
    let to = forward ? from + limit : (cursor ?? messages.length);
    if (anchor !== undefined) {
      const at = messages.findIndex((message) => Number(message["offset"]) >= Number(anchor));
      from = Math.max(0, at - Math.floor(limit / 2));
      to = from + limit;
    }
    const items = messages.slice(from, to);
    const prev = from > 0 ? String(from) : "";
    const next = from + items.length < messages.length ? String(from + items.length) : "";
    return { items, prev, next, position: this.#head(id) };
  }

  #markRead(peer: Peer, input: Json): Json {
    const id = String(input["channelId"]);
    this.room(id).markers.set(peer.user, Number(input["offset"]));
    return { own: this.channel(id, peer.user)["own"] };
  }

  #watch(peer: Peer, input: Json): Json {
    const users = input["userIds"] as string[];
    for (const user of users) peer.watched.add(user);
    return { items: users.map((userId) => ({ userId, state: "ONLINE" })) };
  }
}

const wants = (events: readonly string[], push: Json): boolean =>
  events.length === 0 || events.some((name) => name in push);
const roomOf = (stream: string): string => (stream.startsWith("ch:") ? stream.slice(3) : stream);
const isChannel = (id: string): boolean => !id.includes(":");
