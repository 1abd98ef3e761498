import { ParleyRooms, type JoinOptions, type Room } from "../../src/rooms/index.js";
import { FakePlatform, type FakePeer } from "./fakePeer.js";
import type { Json } from "./simServer.js";
import { World } from "./world.js";

export const ROOM = "r1";
export const ROSTER = `call:${ROOM}`;

/** One user in a room of a server that tests own. */
export class RoomWorld {
  readonly world = new World();
  readonly platform = new FakePlatform();
  readonly participants: Json[] = [];
  joins = 0;
  seat: Json = {};

  constructor() {
    const { extra } = this.world.server;
    const record = { id: ROOM, name: "Stand-up", participantLimit: 50 };
    extra["createRoom"] = () => ({ room: record });
    extra["getRoom"] = () => ({ room: record, participants: this.participants });
    extra["listRooms"] = () => ({ rooms: [record] });
    extra["joinRoom"] = (_, input) => {
      const self = this.person(`p${(this.joins += 1)}`, input["tracks"] as Json[]);
      this.participants.push(self);
      const head = this.world.server.append(ROSTER, { participantJoined: { participant: self } });
      const position = { epoch: this.world.server.room(ROSTER).epoch, offset: String(head) };
      return { room: record, self, answer: "answer", participants: this.participants, position };
    };
    extra["restartIce"] = () => ({ answer: "restarted" });
    extra["getSeat"] = () => ({ seat: this.seat });
    for (const name of ["setTracks", "setView", "leaveRoom"]) extra[name] = () => ({});
  }

  person(id: string, tracks: readonly Json[] = []): Json {
    const named = tracks.map((track) => ({ ...track, id: `${id}/${String(track["mid"])}` }));
    return { id, userId: id, name: id.toUpperCase(), state: "CONNECTED", tracks: named };
  }

  get rooms(): Promise<ParleyRooms> {
    return this.world
      .connected("ann")
      .then(
        (client) => new ParleyRooms(client, { platform: this.platform, clock: this.world.clock, random: () => 0.5 }),
      );
  }

  async join(options: JoinOptions = {}): Promise<Room> {
    const rooms = await this.rooms;
    const joining = rooms.join(ROOM, options);
    await this.world.clock.advance(1_000);
    const room = await joining;
    this.peer.is("connected");
    await this.world.clock.advance(1_000);
    return room;
  }

  get peer(): FakePeer {
    return this.platform.newest;
  }

  /** The last input of this command. */
  last(name: string): Json | undefined {
    return this.world.server.received.findLast((command) => command.name === name)?.input;
  }

  /** An ephemeral event of the newest seat. */
  async seatEvent(event: Json): Promise<void> {
    const stream = `${ROSTER}.p${this.joins}`;
    this.world.server.tell(stream, { stream, epoch: "e1", offset: "0", ...event });
    await this.world.clock.advance(500);
  }

  async roomEvent(event: Json): Promise<void> {
    this.world.server.append(ROSTER, event);
    await this.world.clock.advance(500);
  }
}
