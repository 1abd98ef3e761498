import type { Clock } from "../base/clock.js";
import { ParleyError } from "../base/errors.js";
import { defaultLimits } from "../base/limits.js";
import type { ParleyClient } from "../client.js";
import { SnapshotSync, type SnapshotUser } from "../streams/snapshotSync.js";
import type { JoinResult, ParticipantLeftCause, Push, Room as RoomRecord, TrackIntent } from "../wire/types.js";
import type { RoomLimits } from "./limits.js";
import { Newest } from "./newest.js";
import { PathKeeper } from "./path.js";
import { Peer, type PeerSetup } from "./peer.js";
import { emptySeat, nextRoster, nextSeat, seatOf, type Roster, type SeatState } from "./state.js";

/** These refusals say that one is no longer in the room. */
const GONE: ReadonlySet<string> = new Set([
  "PARTICIPANT_NOT_FOUND",
  "NOT_IN_ROOM",
  "ROOM_NOT_FOUND",
  "STREAM_NOT_FOUND",
  "STALE",
]);

/** What a {@link Stay} needs from around it. */
export interface StaySetup {
  readonly client: ParleyClient;
  readonly clock: Clock;
  readonly random: () => number;
  readonly limits: RoomLimits;
  readonly roomId: string;
  readonly peer: Omit<PeerSetup, "changed">;
  readonly changed: () => void;
  /** The place is lost, and another may be had. */
  readonly lost: () => void;
  /** Out for good. */
  readonly over: (cause: ParticipantLeftCause | undefined, error?: ParleyError) => void;
}

/** One place in a room, from one join until it is left or lost: a connection, two streams, one id. */
export class Stay {
  readonly peer: Peer;
  roster: Roster = { participants: [], speakers: [] };
  seat: SeatState = emptySeat;
  selfId = "";
  readonly #setup: StaySetup;
  readonly #path: PathKeeper;
  readonly #encode = new Newest(() => this.#applyDemands());
  #stops: (() => void)[] = [];
  #ended = false;

  constructor(setup: StaySetup) {
    this.#setup = setup;
    this.#path = new PathKeeper({
      ...setup,
      restart: () => this.#restart(),
      isGone: (failure) => failure instanceof ParleyError && GONE.has(failure.code),
      lost: () => {
        this.#lost();
      },
    });
    this.peer = new Peer({
      ...setup.peer,
      changed: (state) => {
        this.#path.state(state);
        this.#changed();
      },
    });
  }

  /** Asks for the place. Fails as the server refuses; then there is nothing to leave. */
  async enter(
    intents: () => readonly TrackIntent[],
    region: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<RoomRecord> {
    const { client, roomId } = this.#setup;
    const offer = await this.peer.offer();
    const joined = await client.request("joinRoom", { roomId, offer, tracks: intents(), region }, { signal });
    this.selfId = joined.self?.id ?? "";
    if (this.selfId === "" || !joined.room) throw new ParleyError("BAD_SERVER", "join: nobody was let in");
    this.roster = { participants: joined.participants, speakers: [] };
    if (this.#ended) return joined.room;
    this.#listen(joined);
    await this.peer.answer(joined.answer);
    this.#path.expect();
    return joined.room;
  }

  /** Lets go of everything here; the server is told by whoever leaves. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#path.end();
    for (const stop of this.#stops) stop();
    this.peer.close();
  }

  #listen({ position }: JoinResult): void {
    const { client, roomId } = this.#setup;
    const roster = this.#sync(this.#rosterUser());
    const seat = this.#sync(this.#seatUser());
    this.#stops = [
      client.listen(`call:${roomId}`, roster, { since: position }),
      client.listen(`call:${roomId}.${this.selfId}`, seat),
      () => {
        roster.stop();
      },
      () => {
        seat.stop();
      },
    ];
  }

  #sync<S>(user: SnapshotUser<S>): SnapshotSync<S> {
    const { clock, random, limits } = this.#setup;
    return new SnapshotSync({ clock, random, limits: { ...defaultLimits, ...limits } }, user);
  }

  #rosterUser(): SnapshotUser<Roster> {
    const { client, roomId } = this.#setup;
    return {
      load: async (signal) => {
        const { participants } = await client.request("getRoom", { roomId }, { signal });
        return { state: { participants, speakers: [] }, position: undefined };
      },
      stale: () => undefined,
      show: (roster) => {
        this.roster = roster;
        if (roster.participants.some(({ id }) => id === this.selfId)) this.#changed();
        else this.#lost();
      },
      apply: (push) => {
        this.#rosterEvent(push);
      },
      failed: (error) => {
        this.#refused(error);
      },
    };
  }

  #seatUser(): SnapshotUser<SeatState> {
    const { client, roomId } = this.#setup;
    return {
      load: async (signal) => {
        const participantId = this.selfId;
        const { seat } = await client.request("getSeat", { roomId, participantId }, { signal });
        return { state: seat ? seatOf(seat) : emptySeat, position: undefined };
      },
      stale: () => undefined,
      show: (seat) => {
        this.#seatIs(seat);
      },
      apply: (push) => {
        this.#seatIs(nextSeat(this.seat, push));
      },
      failed: (error) => {
        this.#refused(error);
      },
    };
  }

  #rosterEvent(push: Push): void {
    if (this.#ended) return;
    const { event } = push;
    this.roster = nextRoster(this.roster, push);
    if (event.kind === "roomClosed") this.#setup.over("ROOM_CLOSED");
    else if (event.kind === "participantLeft" && event.body.participantId === this.selfId) this.#out(event.body.cause);
    else this.#changed();
  }

  #out(cause: ParticipantLeftCause): void {
    if (cause === "NODE_LOST" || cause === "MEDIA_LOST") this.#lost();
    else this.#setup.over(cause);
  }

  #seatIs(seat: SeatState): void {
    this.seat = seat;
    void this.#encode.request().catch(() => undefined); // a connection that closes meanwhile encodes nothing anyway
    this.#changed();
  }

  /** Layers that nobody watches are not encoded. */
  async #applyDemands(): Promise<void> {
    for (const kind of ["CAMERA", "SCREEN"] as const) {
      const top = this.seat.demands[this.trackId(this.peer.midOf(kind))];
      if (top !== undefined && !this.#ended) await this.peer.encodeUpTo(kind, top);
    }
  }

  /** The id of the caller's own track in this section. */
  trackId(mid: string): string {
    return `${this.selfId}/${mid}`;
  }

  async #restart(): Promise<void> {
    const { client, roomId } = this.#setup;
    const offer = await this.peer.offer(true);
    const { answer } = await client.request("restartIce", { roomId, participantId: this.selfId, offer });
    if (!this.#ended) await this.peer.answer(answer);
  }

  #refused(error: ParleyError): void {
    if (this.#ended) return;
    if (GONE.has(error.code)) this.#lost();
    else this.#setup.over(undefined, error);
  }

  #changed(): void {
    if (!this.#ended) this.#setup.changed();
  }

  #lost(): void {
    if (!this.#ended) this.#setup.lost();
  }
}
