import { describe, expect, it } from "vitest";
import { World } from "./support/world.js";

const ignore = (): void => undefined;

describe("channel list", () => {
  async function listing() {
    const world = new World();
    world.server.post("a", "bob", "a1");
    world.server.post("b", "bob", "b1");
    const client = await world.connected("alice");
    const list = client.channelList();
    list.subscribe(ignore);
    await world.clock.advance(10);
    const unread = (): Record<string, number> =>
      Object.fromEntries(list.getSnapshot().channels.map((channel) => [channel.id, channel.own?.unread ?? -1]));
    return { world, client, list, unread };
  }

  it("counts unread messages live", async () => {
    const { world, list, unread } = await listing();
    expect(unread()).toEqual({ a: 1, b: 1 });
    world.server.post("a", "bob", "a2");
    world.server.post("a", "carol", "a3");
    await world.clock.advance(10);
    expect(unread()).toEqual({ a: 3, b: 1 });
    expect(list.getSnapshot().totals).toEqual({ messages: 4, mentions: 0, channels: 2 });
  });

  it("is cleared by the user's own message and by a marker that moved on another device", async () => {
    const { world, unread } = await listing();
    world.server.post("a", "alice", "mine, from the phone");
    world.server.room("b").markers.set("alice", 1);
    world.server.tell("me:alice", {
      stream: "me:alice",
      epoch: "e1",
      readMarkerMoved: { channelId: "b", readOffset: "1" },
    });
    await world.clock.advance(10);
    expect(unread()).toEqual({ a: 0, b: 0 });
  });

  it("reads a channel again when an unread message is deleted", async () => {
    const { world, unread } = await listing();
    world.server.room("a").messages.pop();
    world.server.append("ch:a", { messageDeleted: { messageId: "m1", messageOffset: "1" } });
    await world.clock.advance(10);
    expect(unread()).toEqual({ a: 0, b: 1 });
  });

  it("takes in and lets go channels as the user's stream says", async () => {
    const { world, list } = await listing();
    world.server.post("c", "bob", "c1");
    world.server.append("me:alice", { channelAdded: { channel: world.server.channel("c", "alice") } });
    world.server.append("me:alice", { channelRemoved: { channelId: "a", reason: "left" } });
    world.server.append("me:alice", { invited: { channel: { id: "d" }, by: "bob" } });
    await world.clock.advance(10);
    expect(
      list
        .getSnapshot()
        .channels.map((channel) => channel.id)
        .sort(),
    ).toEqual(["b", "c"]);
    expect(list.getSnapshot().invitations.map((channel) => channel.id)).toEqual(["d"]);
  });

  it("is right again after it was away", async () => {
    const { world, unread } = await listing();
    world.net.cut();
    for (let i = 0; i < 5; i++) world.server.post("b", "bob", `away${i}`);
    await world.clock.advance(2_000);
    expect(unread()).toEqual({ a: 1, b: 6 });
  });

  it("is right again after its streams started over", async () => {
    const { world, unread } = await listing();
    world.net.cut();
    world.server.newEpoch("a");
    world.server.post("a", "bob", "new epoch");
    await world.clock.advance(2_000);
    expect(unread()).toEqual({ a: 2, b: 1 });
  });
});

describe("presence", () => {
  it("watches while somebody looks, once per user, and again on a new connection", async () => {
    const world = new World();
    const client = await world.connected("alice");
    const one = client.presence(["bob", "carol"]);
    const two = client.presence(["bob"]);
    const stops = [one.subscribe(ignore), two.subscribe(ignore)];
    await world.clock.advance(10);
    expect(one.getSnapshot()["bob"]?.state).toBe("ONLINE");
    expect(world.server.received.filter(({ name }) => name === "watchPresence").map(({ input }) => input)).toEqual([
      { userIds: ["bob", "carol"] },
    ]);
    for (const socket of world.server.peers.keys()) {
      socket.send({ push: { stream: "pres:bob", presenceChanged: { presences: [{ userId: "bob", state: "AWAY" }] } } });
    }
    await world.clock.advance(10);
    expect(two.getSnapshot()["bob"]?.state).toBe("AWAY");
    const before = one.getSnapshot();
    for (const socket of world.server.peers.keys()) {
      socket.send({ push: { stream: "pres:bob", presenceChanged: { presences: [{ userId: "bob", state: "AWAY" }] } } });
    }
    await world.clock.advance(10);
    expect(one.getSnapshot()).toBe(before);
    world.net.cut();
    await world.clock.advance(1_000);
    expect(world.server.count("watchPresence")).toBe(2);
    for (const stop of stops) stop();
    await world.clock.advance(10);
    expect(world.server.count("unwatchPresence")).toBe(1);
  });

  it("refuses to watch more than its bound", async () => {
    const world = new World();
    const client = await world.connected("alice", { limits: { watchedUsersMax: 1 } });
    const view = client.presence(["bob", "carol"]);
    expect(() => view.subscribe(ignore)).toThrow(/WATCH_LIMIT/);
  });
});

describe("typing", () => {
  it("is told once per interval, and its end only when it was told", async () => {
    const world = new World();
    const client = await world.connected("alice");
    const lobby = client.channel("lobby");
    lobby.stopTyping();
    for (let i = 0; i < 50; i++) {
      lobby.typing();
      await world.clock.advance(100);
    }
    lobby.stopTyping();
    await world.clock.advance(10);
    const told = world.server.received.filter(({ name }) => name === "setTyping");
    expect(told.map(({ input }) => input["typing"])).toEqual([true, true, false]);
    expect(told.every(({ id }) => id === 0)).toBe(true);
  });
});
