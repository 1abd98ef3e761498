import { systemClock } from "./base/clock.js";
import type { Core } from "./base/core.js";
import { ParleyError } from "./base/errors.js";
import { idSource } from "./base/ids.js";
import { defaultLimits } from "./base/limits.js";
import { Store, type Observable } from "./base/observable.js";
import type { CallOptions, ClientOptions } from "./base/options.js";
import { Channel } from "./channel.js";
import { Connection, type ConnectionUser } from "./connection/connection.js";
import { platformHints } from "./connection/hints.js";
import type { Link } from "./connection/link.js";
import { Outbox } from "./connection/outbox.js";
import type { ConnectionState, Session } from "./connection/state.js";
import { defaultTransport } from "./connection/transport.js";
import { eachItem } from "./pages.js";
import { PresenceHub } from "./presence/presenceHub.js";
import { present } from "./present.js";
import type { ListenOptions, StreamObserver } from "./streams/observer.js";
import { StreamHub } from "./streams/streamHub.js";
import { TypingThrottle } from "./typing.js";
import { socketUrl } from "./url.js";
import { CLIENT_NAME, PROTOCOL } from "./version.js";
import { ChannelList } from "./views/channelList.js";
import { ChannelView } from "./views/channelView.js";
import { PresenceView } from "./views/presenceView.js";
import type {
  ChannelRecord,
  CommandName,
  CreateChannel,
  Hello,
  HelloResult,
  InputOf,
  Presence,
  Push,
  ResultOf,
  SetPresence,
  UpdateMe,
  User,
} from "./wire/types.js";

/**
 * One user's connection to Parley. It survives every loss of the network: what was asked is asked again, what was
 * missed
 * is fetched, and nothing is shown or stored twice.
 * @example
 * const client = new ParleyClient({ url: location.origin, token: () => fetchToken() });
 * await client.connect();
 * const { id } = await client.createChannel({ name: "Lobby", public: true });
 * await client.channel(id).send("hello");
 */
export class ParleyClient {
  /** What the connection is doing. */
  readonly connection: Observable<ConnectionState>;
  readonly #core: Core;
  readonly #connection: Connection;
  readonly #streams: StreamHub;
  readonly #presence: PresenceHub;
  readonly #outbox: Outbox;
  readonly #session = new Store<Session | undefined>(undefined);
  readonly #views = new Map<string, ChannelView>();
  readonly #list: ChannelList;
  readonly #hello: Pick<Hello, "protocol" | "client" | "deviceId" | "presence">;

  /**
   * @throws {@link ParleyError} `INVALID_REQUEST` when the url is none, or the platform has no WebSocket and none is
   * given.
   */
  constructor(options: ClientOptions) {
    const random = options.random ?? Math.random;
    const limits = { ...defaultLimits, ...options.limits };
    const clock = options.clock ?? systemClock;
    const newId = idSource(options.random);
    const { logger } = options;
    this.#hello = {
      protocol: PROTOCOL,
      client: CLIENT_NAME,
      deviceId: options.deviceId ?? newId(),
      presence: options.presence,
    };
    this.#streams = new StreamHub({ clock, limits });
    this.#presence = new PresenceHub({ limits, logger });
    this.#connection = new Connection({
      url: socketUrl(options.url),
      token: options.token,
      transport: options.transport ?? defaultTransport(options.WebSocket),
      clock,
      random,
      limits,
      logger,
      hints: options.hints ?? platformHints,
      user: this.#follower(),
    });
    this.#outbox = new Outbox({
      clock,
      limits,
      newId,
      tokenRefused: (error) => {
        this.#connection.tokenRefused(error);
      },
    });
    this.connection = this.#connection.state;
    this.#core = {
      clock,
      random,
      limits,
      newId,
      outbox: this.#outbox,
      streams: this.#streams,
      typing: new TypingThrottle({ clock, limits, outbox: this.#outbox }),
      session: this.#session,
    };
    this.#list = new ChannelList(this.#core);
  }

  /** The session of the present connection, or of the last one. */
  get session(): Session | undefined {
    return this.#session.getSnapshot();
  }

  /**
   * Connects and stays connected, whatever happens to the network. Resolves with the first session.
   * @throws {@link ParleyError} when the server does not want this client (`BANNED`, `TOKEN_INVALID` after several
   * tokens,
   * `CLOSED`), or `ABORTED` when `signal` fires first; then the client is idle again.
   * @example await client.connect({ signal: AbortSignal.timeout(10_000) });
   */
  connect({ signal }: CallOptions = {}): Promise<Session> {
    if (signal?.aborted) return Promise.reject(new ParleyError("ABORTED", "connect", { cause: signal.reason }));
    return new Promise((resolve, reject) => {
      const done = (): void => {
        unsubscribe();
        signal?.removeEventListener("abort", onAbort);
      };
      const look = (): void => {
        const state = this.connection.getSnapshot();
        if (state.status === "connected") {
          done();
          resolve(state.session);
        } else if (state.status === "closed") {
          done();
          reject(state.error ?? new ParleyError("CLOSED", "the client was closed"));
        }
      };
      const onAbort = (): void => {
        done();
        this.#connection.pause();
        reject(new ParleyError("ABORTED", "connect", { cause: signal?.reason }));
      };
      const unsubscribe = this.connection.subscribe(look);
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#connection.start();
      look();
    });
  }

  /** Ends everything: waiting requests fail with `CLOSED`, views stop. A closed client cannot connect again. */
  close(): void {
    this.#connection.stop(undefined);
  }

  /** A channel to act on. Nothing is sent before a method is called. */
  channel(id: string): Channel {
    return new Channel(id, {
      core: this.#core,
      view: (channelId, parentId) => this.#view(channelId, parentId),
    });
  }

  /** The user's channels with live unread counts; one list per client. */
  channelList(): ChannelList {
    return this.#list;
  }

  /** Presence of these users, live while somebody subscribes. @example client.presence(["alice"]).subscribe(show); */
  presence(userIds: readonly string[]): PresenceView {
    return new PresenceView(this.#presence, userIds);
  }

  /**
   * What the user wants to be seen as, on all devices. @example await client.setPresence({ status: "in a meeting" });
   */
  async setPresence(presence: SetPresence, options?: CallOptions): Promise<Presence> {
    return present((await this.#outbox.request("setPresence", presence, options)).items[0]);
  }

  /** Creates a channel; the user owns it. @throws {@link ParleyError} `CHANNEL_EXISTS`, `CHANNEL_TYPE_NOT_FOUND` */
  async createChannel(channel: CreateChannel, options?: CallOptions): Promise<ChannelRecord> {
    return present((await this.#outbox.request("createChannel", channel, options)).channel);
  }

  /**
   * Opens the direct conversation with these users, always the same one. @throws {@link ParleyError} `USER_NOT_FOUND`
   */
  async openDirect(userIds: readonly string[], options?: CallOptions): Promise<ChannelRecord> {
    return present((await this.#outbox.request("openDirect", { userIds }, options)).channel);
  }

  /** The user's channels, most recently active first. */
  listChannels(options?: CallOptions): AsyncIterableIterator<ChannelRecord> {
    return eachItem((cursor) => this.#outbox.request("listChannels", { cursor }, options));
  }

  /** Public channels that could be joined, by name. */
  browseChannels(prefix = "", options?: CallOptions): AsyncIterableIterator<ChannelRecord> {
    return eachItem((cursor) => this.#outbox.request("browseChannels", { cursor, prefix }, options));
  }

  /** Profiles by id; unknown ids are left out. */
  async getUsers(userIds: readonly string[], options?: CallOptions): Promise<readonly User[]> {
    return (await this.#outbox.request("getUsers", { userIds }, options)).users;
  }

  /** Changes the user's own profile; what is absent stays. */
  async updateMe(changes: UpdateMe, options?: CallOptions): Promise<User> {
    return present((await this.#outbox.request("updateMe", changes, options)).user);
  }

  /**
   * Any command of the contract, with the retries and the idempotency of all the others.
   * @example const { policies } = await client.request("getLimits", {});
   */
  request<C extends CommandName>(command: C, input: InputOf<C>, options?: CallOptions): Promise<ResultOf<C>> {
    return this.#outbox.request(command, input, options);
  }

  /**
   * The events of a stream (`ch:CHANNEL` or `me:USER`), each exactly once and in order, for whoever keeps state of
   * their own.
   * With `since` they continue behind the position of a snapshot.
   * @returns what ends it
   * @example const stop = client.listen("ch:lobby", { start, event: (push) => log(push.event.kind), refused });
   */
  listen(stream: string, observer: StreamObserver, options?: ListenOptions): () => void {
    return this.#streams.listen(stream, observer, options);
  }

  /** What follows the connection, told in this order. */
  #follower(): ConnectionUser {
    return {
      hello: () => ({ ...this.#hello, resume: this.#streams.resume() }),
      connected: (link, result) => {
        this.#connected(link, result);
      },
      disconnected: () => {
        this.#streams.disconnected();
        this.#presence.disconnected();
        this.#outbox.detach();
      },
      push: (push) => {
        this.#push(push);
      },
      positions: (streams) => {
        this.#streams.positions(streams);
      },
      closed: (error) => {
        this.#closed(error);
      },
    };
  }

  #connected(link: Link, result: HelloResult): void {
    const { sessionId: id, user, tenant, roles, limits } = result;
    if (user) this.#session.set({ id, user, tenant, roles, limits });
    this.#streams.connected(link, result.streams);
    this.#presence.connected(link);
    this.#outbox.attach(link);
  }

  #push(push: Push): void {
    if (push.event.kind === "presenceChanged") this.#presence.push(push);
    else this.#streams.push(push);
    if (push.event.kind === "userUpdated") this.#userUpdated(push.event.body.user);
  }

  #userUpdated(user: User | undefined): void {
    const session = this.#session.getSnapshot();
    if (session && user?.id === session.user.id) this.#session.set({ ...session, user });
  }

  #closed(error: ParleyError): void {
    this.#outbox.close(error);
    this.#list.end();
    for (const view of [...this.#views.values()]) view.end();
  }

  #view(channelId: string, parentId: string | undefined): ChannelView {
    const key = `${channelId}/${parentId ?? ""}`;
    const known = this.#views.get(key);
    if (known) return known;
    const view: ChannelView = new ChannelView(this.#core, channelId, parentId, () => {
      if (this.#views.get(key) === view) this.#views.delete(key);
    });
    this.#views.set(key, view);
    return view;
  }
}
