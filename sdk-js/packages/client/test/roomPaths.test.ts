import { describe, expect, it } from "vitest";
import { digest } from "../src/rooms/stats.js";
import { fakeTrack } from "./support/fakePeer.js";
import { RoomWorld } from "./support/simRooms.js";
import { Refused } from "./support/simServer.js";

describe("a path that breaks", () => {
  it("is left alone when it comes back by itself", async () => {
    const sim = new RoomWorld();
    const room = await sim.join();
    sim.peer.is("disconnected");
    expect(room.getSnapshot().status).toBe("interrupted");
    await sim.world.clock.advance(1_000);
    sim.peer.is("connected");
    await sim.world.clock.advance(60_000);
    expect(sim.world.server.count("restartIce")).toBe(0);
    expect(room.getSnapshot().status).toBe("connected");
  });

  it.each(["disconnected", "failed"] as const)("when %s, is replaced with the same sections", async (state) => {
    const sim = new RoomWorld();
    await sim.join();
    sim.peer.is(state);
    await sim.world.clock.advance(3_000);
    expect(String(sim.last("restartIce")?.["offer"])).toMatch(/^restart\nm=audio sendonly/);
    expect(sim.peer.answers).toEqual(["answer", "restarted"]);
    sim.peer.is("connected");
    await sim.world.clock.advance(60_000);
    expect(sim.world.server.count("restartIce")).toBe(1);
    expect(sim.joins).toBe(1);
  });

  it("is joined anew when the node does not know the participant any more", async () => {
    const sim = new RoomWorld();
    const microphone = fakeTrack("audio");
    const room = await sim.join({ tracks: { MICROPHONE: microphone } });
    room.setView({ lastN: 4 });
    await sim.world.clock.advance(1_000);
    sim.world.server.before = (name) => {
      if (name === "restartIce") throw new Refused(40407, "PARTICIPANT_NOT_FOUND", "NEVER");
    };
    sim.peer.is("failed");
    await sim.world.clock.advance(3_000);
    sim.peer.is("connected");
    await sim.world.clock.advance(1_000);
    expect(sim.platform.peers.map(({ closed }) => closed)).toEqual([true, false]);
    expect(sim.peer.transceivers[0]!.sender.track).toBe(microphone);
    expect(room.getSnapshot()).toMatchObject({ status: "connected", selfId: "p2" });
    expect(sim.last("setView")).toMatchObject({ lastN: 4, participantId: "p2" });
  });

  it("is joined anew after some restarts in vain, and given up after some joins", async () => {
    const sim = new RoomWorld();
    const room = await sim.join();
    sim.peer.is("failed");
    await sim.world.clock.advance(60_000);
    expect(sim.joins).toBeGreaterThan(1);
    await sim.world.clock.advance(900_000);
    expect(room.getSnapshot()).toMatchObject({ status: "closed", error: { code: "UNAVAILABLE" } });
    expect(sim.world.clock.pending).toBeLessThan(10);
    const { joins } = sim;
    await sim.world.clock.advance(900_000);
    expect(sim.joins).toBe(joins);
  });
});

describe("a place that is lost", () => {
  it.each(["NODE_LOST", "MEDIA_LOST"])("by %s is taken again, with the mutes of before", async (cause) => {
    const sim = new RoomWorld();
    const room = await sim.join({ tracks: { MICROPHONE: fakeTrack("audio"), CAMERA: fakeTrack("video") } });
    void room.setMuted("MICROPHONE", true);
    await sim.world.clock.advance(500);
    await sim.roomEvent({ participantLeft: { participantId: "p1", cause } });
    await sim.world.clock.advance(1_000);
    expect(sim.joins).toBe(2);
    expect(sim.last("joinRoom")?.["tracks"]).toContainEqual({ mid: "0", kind: "MICROPHONE", muted: true });
    expect(sim.last("joinRoom")?.["tracks"]).toContainEqual({ mid: "1", kind: "CAMERA", muted: false });
    expect(room.getSnapshot().selfId).toBe("p2");
  });

  it("is asked for again while no node is free, not when the room has ended", async () => {
    const sim = new RoomWorld();
    const room = await sim.join();
    let refusal = new Refused(50303, "NO_MEDIA_NODE", "AFTER", 60_000);
    sim.world.server.before = (name) => {
      if (name === "joinRoom") throw refusal;
    };
    await sim.roomEvent({ participantLeft: { participantId: "p1", cause: "NODE_LOST" } });
    await sim.world.clock.advance(20_000);
    expect(room.getSnapshot().status).toBe("rejoining");
    refusal = new Refused(40406, "ROOM_NOT_FOUND", "NEVER");
    await sim.world.clock.advance(200_000);
    expect(room.getSnapshot()).toMatchObject({ status: "closed", error: { code: "ROOM_NOT_FOUND" } });
  });

  it.each([
    [{ participantLeft: { participantId: "p1", cause: "REMOVED" } }, "REMOVED"],
    [{ roomClosed: { by: "eve" } }, "ROOM_CLOSED"],
  ])("by others stays lost: %j", async (event, cause) => {
    const sim = new RoomWorld();
    const room = await sim.join();
    await sim.roomEvent(event);
    await sim.world.clock.advance(60_000);
    expect(room.getSnapshot()).toMatchObject({ status: "closed", cause });
    expect(sim.peer.closed).toBe(true);
    expect(sim.joins).toBe(1);
  });
});

describe("a lost socket", () => {
  it("keeps the media and catches up with who came, and with the seat", async () => {
    const sim = new RoomWorld();
    const room = await sim.join();
    sim.world.net.cut();
    sim.world.server.append("call:r1", { participantJoined: { participant: sim.person("bob") } });
    sim.seat = { slots: [{ mid: "8", trackId: "bob/1", participantId: "bob", kind: "CAMERA" }] };
    sim.world.server.newEpoch("call:r1.p1");
    await sim.world.clock.advance(60_000);
    expect(room.getSnapshot().participants.map(({ id }) => id)).toEqual(["p1", "bob"]);
    expect(room.getSnapshot().tracks).toMatchObject([{ trackId: "bob/1" }]);
    expect(sim.platform.peers).toHaveLength(1);
    expect(sim.peer.offers).toBe(1);
  });

  it("joins anew when the room went on without this participant", async () => {
    const sim = new RoomWorld();
    await sim.join();
    sim.world.net.cut();
    sim.participants.length = 0;
    sim.world.server.newEpoch("call:r1");
    await sim.world.clock.advance(20_000);
    expect(sim.joins).toBe(2);
  });
});

describe("statistics", () => {
  const owner = (mid: string) =>
    mid === "8" ? { trackId: "bob/1", participantId: "bob", kind: "CAMERA" as const } : undefined;
  const at = (timestamp: number, bytesReceived: number, packetsReceived: number, packetsLost: number) =>
    new Map<string, Record<string, unknown>>([
      ["in", { type: "inbound-rtp", mid: "8", timestamp, bytesReceived, packetsReceived, packetsLost, codecId: "c" }],
      ["other", { type: "inbound-rtp", mid: "9", timestamp }],
      ["c", { type: "codec", mimeType: "video/VP8" }],
      ["p", { type: "candidate-pair", nominated: true, state: "succeeded", currentRoundTripTime: 0.02 }],
    ]);

  it("tell rates between two reports, by whom they are of", () => {
    const first = digest(at(1_000, 0, 0, 0), owner, new Map());
    expect(first.stats.tracks).toMatchObject([{ trackId: "bob/1", bitrateBps: 0, codec: "VP8", direction: "in" }]);
    const { stats } = digest(at(3_000, 250_000, 90, 10), owner, first.counters);
    expect(stats.tracks).toMatchObject([{ bitrateBps: 1_000_000, lossRatio: 0.1 }]);
    expect(stats.rttMs).toBe(20);
  });
});
