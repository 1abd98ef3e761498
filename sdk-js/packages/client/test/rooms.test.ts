import { describe, expect, it } from "vitest";
import { fakeTrack } from "./support/fakePeer.js";
import { RoomWorld, ROOM, ROSTER } from "./support/simRooms.js";
import { Refused } from "./support/simServer.js";

const slot = (mid: string, trackId: string, kind = "CAMERA") => ({
  mid,
  trackId,
  participantId: trackId.split("/")[0],
  kind,
});

describe("joining a room", () => {
  it("offers four sections to send in and all slots at once", async () => {
    const sim = new RoomWorld();
    const camera = fakeTrack("video");
    const room = await sim.join({ tracks: { CAMERA: camera } });
    const { transceivers } = sim.peer;
    expect(transceivers.map(({ kind, direction }) => `${kind} ${direction}`)).toEqual([
      "audio sendonly",
      "video sendonly",
      "video sendonly",
      "audio sendonly",
      ...Array.from({ length: 4 }, () => "audio recvonly"),
      ...Array.from({ length: 12 }, () => "video recvonly"),
    ]);
    expect(transceivers[1]!.sender.parameters.encodings.map(({ rid }) => rid)).toEqual(["q", "h", "f"]);
    expect(transceivers[1]!.sender.track).toBe(camera);
    expect(sim.last("joinRoom")?.["tracks"]).toEqual([
      { mid: "0", kind: "MICROPHONE", muted: true },
      { mid: "1", kind: "CAMERA", muted: false },
      { mid: "2", kind: "SCREEN", muted: true },
      { mid: "3", kind: "SCREEN_AUDIO", muted: true },
    ]);
    expect(sim.peer.answers).toEqual(["answer"]);
    expect(room.getSnapshot()).toMatchObject({ status: "connected", selfId: "p1", room: { id: ROOM } });
  });

  it("prefers one profile of each codec, the wished one first, and keeps only what repairs it", async () => {
    const sim = new RoomWorld();
    await sim.join({ codec: "VP9" });
    expect(sim.peer.transceivers[1]!.preferences).toEqual([
      "video/VP9",
      "video/VP8",
      "video/H264",
      "video/AV1",
      "video/rtx",
    ]);
    expect(sim.peer.transceivers[0]!.preferences).toEqual([]);
  });

  it.each([
    [42909, "ROOM_FULL"],
    [50303, "NO_MEDIA_NODE"],
    [40406, "ROOM_NOT_FOUND"],
  ])("fails with %s %s and lets go of the connection", async (code, name) => {
    const sim = new RoomWorld();
    sim.world.server.before = (command) => {
      if (command === "joinRoom") throw new Refused(code, name, "NEVER");
    };
    const joining = (await sim.rooms).join(ROOM).catch((error: unknown) => error);
    await sim.world.clock.advance(1_000);
    expect(await joining).toMatchObject({ code: name });
    expect(sim.peer.closed).toBe(true);
  });

  it("refuses to send an offer that is larger than the contract allows", async () => {
    const sim = new RoomWorld();
    sim.platform.padding = 70_000;
    const joining = (await sim.rooms).join(ROOM).catch((error: unknown) => error);
    await sim.world.clock.advance(1_000);
    expect(await joining).toMatchObject({ code: "PAYLOAD_TOO_LARGE" });
    expect(sim.world.server.count("joinRoom")).toBe(0);
  });
});

describe("in a room", () => {
  it("shows who comes, speaks and goes", async () => {
    const sim = new RoomWorld();
    const room = await sim.join();
    await sim.roomEvent({ participantJoined: { participant: sim.person("bob") } });
    await sim.roomEvent({ participantUpdated: { participant: { ...sim.person("bob"), name: "Robert" } } });
    sim.world.server.tell(ROSTER, {
      stream: ROSTER,
      epoch: "e1",
      offset: "0",
      speakersChanged: { participantIds: ["bob"] },
    });
    await sim.world.clock.advance(100);
    expect(room.getSnapshot().participants.map(({ name }) => name)).toEqual(["P1", "Robert"]);
    expect(room.getSnapshot().speakers).toEqual(["bob"]);
    await sim.roomEvent({ participantLeft: { participantId: "bob", cause: "LEFT" } });
    expect(room.getSnapshot().participants).toHaveLength(1);
    expect(room.getSnapshot().speakers).toEqual([]);
  });

  it("maps slots to tracks, and keeps the same object for one that stays", async () => {
    const sim = new RoomWorld();
    sim.seat = { slots: [slot("8", "bob/1")] };
    const room = await sim.join();
    const [bob] = room.getSnapshot().tracks;
    expect(bob).toMatchObject({ trackId: "bob/1", media: sim.peer.transceivers[8]!.receiver.track });
    await sim.seatEvent({ slotsChanged: { slots: [slot("8", "bob/1"), slot("9", "cy/1")] } });
    expect(room.getSnapshot().tracks.map(({ trackId }) => trackId)).toEqual(["bob/1", "cy/1"]);
    expect(room.getSnapshot().tracks[0]).toBe(bob);
    await sim.seatEvent({ slotsChanged: { slots: [slot("8", "cy/1")] } });
    expect(room.getSnapshot().tracks).toMatchObject([{ trackId: "cy/1", mid: "8" }]);
  });

  it("shows what is received of each track and why not more", async () => {
    const sim = new RoomWorld();
    const room = await sim.join();
    const allocations = [{ trackId: "bob/1", layer: 1, reason: "BANDWIDTH", bitrateBps: "500000" }];
    await sim.seatEvent({ allocationsChanged: { allocations } });
    expect(room.getSnapshot().allocations["bob/1"]).toMatchObject({ layer: 1, reason: "BANDWIDTH" });
  });

  it.each([
    [2, [true, true, true]],
    [0, [true, false, false]],
    [-1, [false, false, false]],
  ])("encodes layers up to %i only", async (topLayer, active) => {
    const sim = new RoomWorld();
    const room = await sim.join({ tracks: { CAMERA: fakeTrack("video") } });
    await sim.seatEvent({ demandChanged: { demand: { trackId: "p1/1", topLayer } } });
    const { sender } = sim.peer.transceivers[1]!;
    expect(sender.parameters.encodings.map((encoding) => encoding.active)).toEqual(active);
    expect(room.getSnapshot().local.CAMERA.demand).toBe(topLayer);
    await sim.seatEvent({ demandChanged: { demand: { trackId: "p1/1", topLayer: 2 } } });
    expect(sender.parameters.encodings.every((encoding) => encoding.active)).toBe(true);
  });

  it.each([
    [1280, 720, [4, 2, 1]],
    [640, 480, [2, 1, 1]],
    [320, 240, [1, 1, 1]],
  ])(
    "sends a camera of %i x %i whole, though browsers leave out layers of small ones",
    async (width, height, scales) => {
      const sim = new RoomWorld();
      const room = await sim.join({ tracks: { CAMERA: fakeTrack("video", { width, height }) } });
      const { sender } = sim.peer.transceivers[1]!;
      const scale = () => sender.parameters.encodings.map((encoding) => encoding.scaleResolutionDownBy);
      expect(scale()).toEqual(scales);
      void room.send("CAMERA", fakeTrack("video", { width: 1920, height: 1080 }));
      await sim.world.clock.advance(500);
      expect(scale()).toEqual([4, 2, 1]);
    },
  );

  it("mutes, unmutes, and shares a screen without another offer", async () => {
    const sim = new RoomWorld();
    const microphone = fakeTrack("audio");
    const room = await sim.join({ tracks: { MICROPHONE: microphone } });
    void room.setMuted("MICROPHONE", true);
    await sim.world.clock.advance(500);
    expect(microphone.enabled).toBe(false);
    expect(sim.last("setTracks")?.["tracks"]).toContainEqual({ mid: "0", kind: "MICROPHONE", muted: true });
    void room.setMuted("MICROPHONE", false);
    const screen = fakeTrack("video");
    void room.send("SCREEN", screen);
    await sim.world.clock.advance(1_000);
    expect(sim.peer.transceivers[2]!.sender.track).toBe(screen);
    expect(sim.last("setTracks")?.["tracks"]).toContainEqual({ mid: "2", kind: "SCREEN", muted: false });
    void room.send("SCREEN", undefined);
    await sim.world.clock.advance(500);
    expect(sim.peer.transceivers[2]!.sender.track).toBeNull();
    expect(sim.peer.offers).toBe(1);
  });

  it("sends many changes of the view as one, the newest", async () => {
    const sim = new RoomWorld();
    const room = await sim.join();
    for (let height = 1; height <= 50; height++) room.setView({ defaultHeight: height });
    await sim.world.clock.advance(1_000);
    expect(sim.world.server.count("setView")).toBe(1);
    expect(sim.last("setView")).toMatchObject({ defaultHeight: 50, participantId: "p1" });
  });

  it("leaves, and nothing happens any more", async () => {
    const sim = new RoomWorld();
    const room = await sim.join();
    const leaving = room.leave();
    await sim.world.clock.advance(1_000);
    await leaving;
    expect(sim.last("leaveRoom")).toEqual({ roomId: ROOM, participantId: "p1" });
    expect(sim.peer.closed).toBe(true);
    expect(room.getSnapshot()).toMatchObject({ status: "closed", cause: "LEFT" });
    await expect(room.send("CAMERA", undefined)).rejects.toMatchObject({ code: "NOT_IN_ROOM" });
    await sim.world.clock.advance(60_000);
    expect(sim.joins).toBe(1);
  });
});
