import { Backoff } from "../base/backoff.js";
import { asParleyError, ParleyError } from "../base/errors.js";
import { Store, type Observable } from "../base/observable.js";
import type { ParticipantLeftCause, Room as RoomRecord, TrackKind } from "../wire/types.js";
import { Newest } from "./newest.js";
import { KINDS } from "./peer.js";
import { digest, type Counters, type RoomStats, type SectionOwner } from "./stats.js";
import { Stay, type StaySetup } from "./stay.js";
import type { JoinOptions, LocalTrack, RemoteTrack, RoomSnapshot, RoomStatus, RoomView } from "./types.js";

/** What a {@link Room} needs from around it. */
export type RoomSetup = Omit<StaySetup, "changed" | "lost" | "over">;

/** Refusals of a join that another try may not meet. */
const isPassing = ({ code, retry }: ParleyError): boolean => retry !== "never" || code === "NOT_CONFIRMED";

/**
 * A room that one is in. It follows the room's life by itself: a lost socket keeps the media, a broken path is replaced,
 * a lost node means another join; `selfId` changes then, and nothing else has to be done.
 */
export class Room implements Observable<RoomSnapshot> {
  readonly id: string;
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => RoomSnapshot;
  readonly #setup: RoomSetup;
  readonly #options: JoinOptions;
  readonly #media = new Map<TrackKind, MediaStreamTrack>();
  readonly #muted = new Set<TrackKind>();
  readonly #store: Store<RoomSnapshot>;
  readonly #backoff: Backoff;
  readonly #tellTracks = new Newest(() => this.#setTracks());
  readonly #tellView = new Newest(() => this.#sendView());
  readonly #unwatch: () => void;
  #stay: Stay;
  #record: RoomRecord;
  #status: RoomStatus | undefined;
  #view: RoomView | undefined;
  #counters: Counters = new Map();
  #cancelView: () => void = () => undefined;
  #cancelRejoin: () => void = () => undefined;

  /** Joins; the room is there once this side is let in, media follows at once. @internal */
  static async join(setup: RoomSetup, options: JoinOptions): Promise<Room> {
    const holder: { room?: Room } = {};
    const early: { lost: boolean } = { lost: false };
    const stay = new Stay({
      ...setup,
      changed: () => holder.room?.update(),
      lost: () => {
        if (holder.room) holder.room.rejoin();
        else early.lost = true;
      },
      over: (cause, error) => holder.room?.close(cause, error),
    });
    const media = options.tracks ?? {};
    try {
      await stay.peer.sendAll(media);
      const intents = () => stay.peer.intents((kind) => media[kind] === undefined);
      const record = await stay.enter(intents, options.region, options.signal);
      holder.room = new Room(setup, options, stay, record);
    } catch (error) {
      stay.end();
      throw error;
    }
    if (early.lost) holder.room.rejoin();
    return holder.room;
  }

  private constructor(setup: RoomSetup, options: JoinOptions, stay: Stay, record: RoomRecord) {
    this.id = record.id;
    this.#setup = setup;
    this.#options = options;
    this.#stay = stay;
    this.#record = record;
    this.#backoff = new Backoff(setup.limits.backoffFirstMs, setup.limits.backoffCapMs, setup.random);
    for (const kind of KINDS) {
      const track = options.tracks?.[kind];
      if (track) this.#media.set(kind, track);
    }
    this.#store = new Store(this.#read(undefined));
    this.subscribe = this.#store.subscribe;
    this.getSnapshot = this.#store.getSnapshot;
    this.#unwatch = setup.client.connection.subscribe(() => {
      const state = setup.client.connection.getSnapshot();
      if (state.status === "closed") this.close(undefined, state.error);
    });
  }

  /**
   * Sends `track` as this kind from now on, or nothing. The track stays the caller's: whoever opened it stops it.
   * @throws {@link ParleyError} when the server does not hear of it; this side sends it all the same.
   * @example await room.send("SCREEN", (await openScreen()).video);
   */
  async send(kind: TrackKind, track: MediaStreamTrack | undefined): Promise<void> {
    this.#requireOpen();
    if (track) this.#media.set(kind, track);
    else this.#media.delete(kind);
    this.#muted.delete(kind);
    this.update();
    await this.#stay.peer.send(kind, track);
    await this.#tellTracks.request();
  }

  /** Sends silence or black as this kind, and says so to the others; or goes on. */
  async setMuted(kind: TrackKind, muted: boolean): Promise<void> {
    this.#requireOpen();
    const track = this.#media.get(kind);
    if (track) track.enabled = !muted;
    if (muted) this.#muted.add(kind);
    else this.#muted.delete(kind);
    this.update();
    await this.#tellTracks.request();
  }

  /** Says what is shown, and how large. Cheap to call at every change of the layout: the newest is sent after a moment. */
  setView(view: RoomView): void {
    this.#view = view;
    this.#cancelView();
    this.#cancelView = this.#setup.clock.after(this.#setup.limits.viewDelayMs, () => {
      void this.#tellView.request().catch(() => undefined); // said again after the next change, and after a join
    });
  }

  /** What flows now, with rates since the call before. */
  async stats(): Promise<RoomStats> {
    const report = await this.#stay.peer.connection.getStats();
    const owners = this.#owners();
    const { stats, counters } = digest(report, (mid) => owners.get(mid), this.#counters);
    this.#counters = counters;
    return stats;
  }

  /** Leaves. Media stops at once; resolves when the server knows, or after a short while. Never fails. */
  async leave(): Promise<void> {
    if (this.#status === "closed") return;
    const { clock, client, limits, roomId } = this.#setup;
    const { selfId } = this.#stay;
    this.close("LEFT");
    const patience = new AbortController();
    const cancel = clock.after(limits.leaveTimeoutMs, () => {
      patience.abort();
    });
    await client
      .request("leaveRoom", { roomId, participantId: selfId }, { signal: patience.signal })
      .catch(() => undefined); // the node notices that media ended
    cancel();
  }

  /** @internal */
  update(): void {
    if (this.#status === "closed") return;
    if (this.#stay.peer.connection.connectionState === "connected") this.#backoff.reset();
    this.#store.set(this.#read(this.#store.getSnapshot()));
  }

  /** Out: by oneself, by others, or for a reason that trying again does not change. @internal */
  close(cause: ParticipantLeftCause | undefined, error?: ParleyError): void {
    if (this.#status === "closed") return;
    this.#status = "closed";
    this.#cancelView();
    this.#cancelRejoin();
    this.#unwatch();
    this.#stay.end();
    this.#store.set({ ...this.#read(this.#store.getSnapshot()), status: "closed", tracks: [], cause, error });
  }

  /** The place is lost: asks for another, with the same media. @internal */
  rejoin(): void {
    if (this.#status !== undefined) return; // closed, or under way
    this.#status = "rejoining";
    this.#stay.end();
    this.update();
    this.#rejoinLater();
  }

  #rejoinLater(waitMs = 0): void {
    if (this.#backoff.attempts >= this.#setup.limits.rejoinsMax) {
      this.close("MEDIA_LOST", new ParleyError("UNAVAILABLE", "the room cannot be reached"));
      return;
    }
    const delayMs = Math.max(waitMs, this.#backoff.attempts === 0 ? 0 : this.#backoff.nextMs());
    if (this.#backoff.attempts === 0) this.#backoff.nextMs(); // the first try is at once, and counts
    this.#cancelRejoin = this.#setup.clock.after(delayMs, () => {
      void this.#tryRejoin();
    });
  }

  async #tryRejoin(): Promise<void> {
    const early = { lost: false };
    const stay: Stay = new Stay({
      ...this.#setup,
      changed: () => {
        if (this.#stay === stay) this.update();
      },
      lost: () => {
        early.lost = true;
        if (this.#stay === stay) this.rejoin();
      },
      over: (cause, error) => {
        if (this.#stay === stay) this.close(cause, error);
      },
    });
    try {
      await stay.peer.sendAll(Object.fromEntries(this.#media));
      const intents = () => stay.peer.intents((kind) => this.#isMuted(kind));
      const record = await stay.enter(intents, this.#options.region, undefined);
      if (this.#isClosed()) {
        await this.#leaveAgain(stay);
        return;
      }
      this.#record = record;
      this.#stay = stay;
      this.#status = undefined;
      this.#counters = new Map();
      this.update();
      if (this.#view) this.setView(this.#view);
      if (early.lost) this.rejoin(); // before it had begun
    } catch (thrown) {
      stay.end();
      const error = asParleyError(thrown);
      if (this.#isClosed()) return;
      if (isPassing(error)) this.#rejoinLater(error.afterMs);
      else this.close(undefined, error);
    }
  }

  /** Left while the join was under way. */
  async #leaveAgain(stay: Stay): Promise<void> {
    stay.end();
    const { client, roomId } = this.#setup;
    await client.request("leaveRoom", { roomId, participantId: stay.selfId }).catch(() => undefined);
  }

  async #setTracks(): Promise<void> {
    if (this.#status !== undefined) return; // the next join tells
    const { client, roomId } = this.#setup;
    const { peer, selfId: participantId } = this.#stay;
    const tracks = peer.intents((kind) => this.#isMuted(kind));
    await client.request("setTracks", { roomId, participantId, tracks });
  }

  async #sendView(): Promise<void> {
    if (this.#status !== undefined || !this.#view) return;
    const { client, roomId } = this.#setup;
    await client.request("setView", { ...this.#view, roomId, participantId: this.#stay.selfId });
  }

  #isMuted(kind: TrackKind): boolean {
    return this.#muted.has(kind) || !this.#media.has(kind);
  }

  #isClosed(): boolean {
    return this.#status === "closed";
  }

  #requireOpen(): void {
    if (this.#isClosed()) throw new ParleyError("NOT_IN_ROOM", "the room was left");
  }

  #owners(): ReadonlyMap<string, SectionOwner> {
    const stay = this.#stay;
    const owners = new Map<string, SectionOwner>(stay.seat.slots.map((slot) => [slot.mid, slot]));
    for (const kind of KINDS) {
      const mid = stay.peer.midOf(kind);
      owners.set(mid, { trackId: stay.trackId(mid), participantId: stay.selfId, kind });
    }
    return owners;
  }

  #read(old: RoomSnapshot | undefined): RoomSnapshot {
    const { roster, seat, selfId, peer } = this.#stay;
    return {
      status: this.#status ?? statusOf(peer.connection.connectionState),
      room: this.#record,
      selfId,
      ...roster,
      tracks: this.#tracks(old?.tracks ?? []),
      local: Object.fromEntries(KINDS.map((kind) => [kind, this.#local(kind)])) as Record<TrackKind, LocalTrack>,
      allocations: seat.allocations,
      cause: old?.cause,
      error: old?.error,
    };
  }

  #local(kind: TrackKind): LocalTrack {
    const id = this.#stay.trackId(this.#stay.peer.midOf(kind));
    return {
      kind,
      id,
      media: this.#media.get(kind),
      muted: this.#isMuted(kind),
      demand: this.#stay.seat.demands[id],
    };
  }

  /** The same object for what stays where it is, so that no video element is touched without need. */
  #tracks(old: readonly RemoteTrack[]): readonly RemoteTrack[] {
    const { seat, peer } = this.#stay;
    return seat.slots.flatMap((slot) => {
      const media = peer.slot(slot.mid);
      if (!media) return [];
      const known = old.find((it) => it.media === media && it.trackId === slot.trackId);
      return [known ?? { ...slot, media }];
    });
  }
}

function statusOf(state: RTCPeerConnectionState): RoomStatus {
  if (state === "connected") return "connected";
  return state === "disconnected" || state === "failed" ? "interrupted" : "connecting";
}
