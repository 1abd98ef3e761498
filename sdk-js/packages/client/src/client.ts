import type { CallOptions, ClientOptions } from "./base/options.js";
import type { Observable } from "./base/observable.js";
import type { Channel } from "./channel.js";
import type { ConnectionState, Session } from "./connection/state.js";
import type { ChannelList, PresenceView } from "./views/views.js";
import type {
  ChannelRecord,
  CommandName,
  CreateChannel,
  InputOf,
  Presence,
  ResultOf,
  SetPresence,
  UpdateMe,
  User,
} from "./wire/types.js";

/**
 * One user's connection to Parley.
 * @example
 * const client = new ParleyClient({ url: location.origin, token: () => fetchToken() });
 * await client.connect();
 * const channel = await client.createChannel({ name: "Lobby", public: true });
 * await client.channel(channel.id).send("hello");
 */
export declare class ParleyClient {
  /** What the connection is doing. */
  readonly connection: Observable<ConnectionState>;

  constructor(options: ClientOptions);

  /** The session of the present connection, or of the last one. */
  get session(): Session | undefined;

  /** Connects and stays connected; resolves with the first session, rejects when the server does not want this client. */
  connect(options?: CallOptions): Promise<Session>;

  /** Ends everything: waiting requests fail with `CLOSED`, views stop. A closed client cannot connect again. */
  close(): void;

  /** A channel to act on. Nothing is sent before a method is called. */
  channel(id: string): Channel;

  /** The user's channels with live unread counts; one list per client. */
  channelList(): ChannelList;

  /** Presence of these users, live while somebody subscribes. */
  presence(userIds: readonly string[]): PresenceView;

  /** What the user wants to be seen as, on all devices. */
  setPresence(presence: SetPresence, options?: CallOptions): Promise<Presence>;

  /** Creates a channel; the user owns it. */
  createChannel(channel: CreateChannel, options?: CallOptions): Promise<ChannelRecord>;

  /** Opens the direct conversation with these users, always the same one. */
  openDirect(userIds: readonly string[], options?: CallOptions): Promise<ChannelRecord>;

  /** The user's channels, most recently active first. */
  listChannels(options?: CallOptions): AsyncIterableIterator<ChannelRecord>;

  /** Public channels that could be joined, by name. */
  browseChannels(prefix?: string, options?: CallOptions): AsyncIterableIterator<ChannelRecord>;

  /** Profiles by id; unknown ids are left out. */
  getUsers(userIds: readonly string[], options?: CallOptions): Promise<readonly User[]>;

  /** Changes the user's own profile. */
  updateMe(changes: UpdateMe, options?: CallOptions): Promise<User>;

  /** Any command of the contract, with the retries and the idempotency of all the others. */
  request<C extends CommandName>(command: C, input: InputOf<C>, options?: CallOptions): Promise<ResultOf<C>>;
}
