import { readFileSync } from "node:fs";
import { ParleyRooms } from "../src/rooms/index.js";
import { FOLDER, type Step } from "./scenario.js";
import type { Action } from "./steps.js";
import type { World } from "./world.js";

/** What clients without media join with: the scenarios of rooms are about what people are told. */
const offer = readFileSync(new URL("offer.sdp", FOLDER), "utf8");
/** The sections of the offer that send. */
const tracks = [
  { mid: "0", kind: "MICROPHONE", muted: false },
  { mid: "1", kind: "CAMERA", muted: false },
] as const;

const roomsOf = (world: World, step: Step): ParleyRooms => new ParleyRooms(world.person(step).client);
const roomOf = (world: World, step: Step): string => world.roomId(step.text("room"));

/** The step's room and participant, as commands name them. */
const seatOf = (world: World, step: Step) => ({
  roomId: roomOf(world, step),
  participantId: step.text("participant"),
});

export const roomSteps: Readonly<Record<string, Action>> = {
  createRoom: (world, step, signal) => {
    const [room, channel] = [step.optionalText("room"), step.optionalText("channel")];
    const input = {
      id: room === undefined ? "" : world.roomId(room),
      channelId: channel === undefined ? "" : world.channelId(channel),
      name: step.text("name"),
      participantLimit: step.number("limit") ?? 0,
    };
    return roomsOf(world, step).create(input, { signal });
  },
  rooms: async (world, step, signal) => {
    const channelId = world.channelId(step.text("channel"));
    return { items: await roomsOf(world, step).list({ channelId }, { signal }) };
  },
  room: (world, step, signal) => roomsOf(world, step).get(roomOf(world, step), { signal }),
  closeRoom: (world, step, signal) => roomsOf(world, step).close(roomOf(world, step), { signal }),
  joinRoom: (world, step, signal) => {
    const input = { roomId: roomOf(world, step), offer: step.optionalText("text") ?? offer, tracks };
    return world.person(step).client.request("joinRoom", input, { signal });
  },
  leaveRoom: (world, step, signal) => world.person(step).client.request("leaveRoom", seatOf(world, step), { signal }),
  mute: async (world, step, signal) => {
    const input = { ...seatOf(world, step), tracks: [{ mid: "0", kind: "MICROPHONE", muted: true }] } as const;
    return (await world.person(step).client.request("setTracks", input, { signal })).participant;
  },
  removeFromRoom: (world, step, signal) =>
    roomsOf(world, step).remove(roomOf(world, step), step.text("participant"), { signal }),
  seat: async (world, step, signal) =>
    (await world.person(step).client.request("getSeat", seatOf(world, step), { signal })).seat,
};
