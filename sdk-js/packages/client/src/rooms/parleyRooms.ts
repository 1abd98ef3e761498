import { systemClock } from "../base/clock.js";
import { ParleyError } from "../base/errors.js";
import type { CallOptions } from "../base/options.js";
import type { ParleyClient } from "../client.js";
import { present } from "../present.js";
import type { CreateRoom, ListRooms, Room as RoomRecord, RoomResult } from "../wire/types.js";
import { defaultRoomLimits } from "./limits.js";
import { browserPlatform } from "./peer.js";
import { Room } from "./room.js";
import type { JoinOptions, RoomsOptions } from "./types.js";

/** Receive slots unless told otherwise. */
const SLOTS = { video: 12, audio: 4 };

/**
 * Rooms of many, with audio and video over a media node.
 * @example
 * const rooms = new ParleyRooms(client);
 * const { id } = await rooms.create({ name: "Stand-up" });
 * const room = await rooms.join(id, { tracks: { MICROPHONE: await openMicrophone() } });
 */
export class ParleyRooms {
  readonly #client: ParleyClient;
  readonly #options: RoomsOptions;

  constructor(client: ParleyClient, options: RoomsOptions = {}) {
    this.#client = client;
    this.#options = options;
  }

  /** Creates a room. @throws {@link ParleyError} `ROOM_EXISTS`, `NOT_A_MEMBER` of the channel that it is for */
  async create(room: CreateRoom = {}, options?: CallOptions): Promise<RoomRecord> {
    return present((await this.#client.request("createRoom", room, options)).room);
  }

  /** A room and who is in it. @throws {@link ParleyError} `ROOM_NOT_FOUND` */
  get(roomId: string, options?: CallOptions): Promise<RoomResult> {
    return this.#client.request("getRoom", { roomId }, options);
  }

  /** The caller's rooms, or those of a channel; newest first. */
  async list(filter: ListRooms = {}, options?: CallOptions): Promise<readonly RoomRecord[]> {
    return (await this.#client.request("listRooms", filter, options)).rooms;
  }

  /** Ends a room for everybody. @throws {@link ParleyError} `FORBIDDEN`, `ROOM_NOT_FOUND` */
  async close(roomId: string, options?: CallOptions): Promise<void> {
    await this.#client.request("closeRoom", { roomId }, options);
  }

  /** Takes somebody else out. @throws {@link ParleyError} `FORBIDDEN` */
  async remove(roomId: string, participantId: string, options?: CallOptions): Promise<void> {
    await this.#client.request("removeParticipant", { roomId, participantId }, options);
  }

  /**
   * Joins with one offer that holds all that may ever be sent or received; nobody's coming negotiates again.
   * @throws {@link ParleyError} `ROOM_NOT_FOUND`, `ROOM_FULL`, `NO_MEDIA_NODE`, `NOT_A_MEMBER`, `PAYLOAD_TOO_LARGE`
   */
  join(roomId: string, options: JoinOptions = {}): Promise<Room> {
    if (options.signal?.aborted) return Promise.reject(new ParleyError("ABORTED", "join", { cause: options.signal }));
    const limits = { ...defaultRoomLimits, ...this.#options.limits };
    const slots = { ...SLOTS, ...options.slots };
    const setup = {
      client: this.#client,
      clock: this.#options.clock ?? systemClock,
      random: this.#options.random ?? Math.random,
      limits,
      roomId,
      peer: {
        platform: this.#options.platform ?? browserPlatform,
        rtc: this.#options.rtc ?? {},
        codec: options.codec ?? "VP8",
        videoSlots: slots.video,
        audioSlots: slots.audio,
        offerBytesMax: limits.offerBytesMax,
      },
    } as const;
    return Room.join(setup, options);
  }
}
