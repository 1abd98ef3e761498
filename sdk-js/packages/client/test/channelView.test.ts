import { describe, expect, it } from "vitest";
import type { ChannelView, ChannelViewSnapshot } from "../src/index.js";
import { Refused } from "./support/simServer.js";
import { World } from "./support/world.js";

const textsOf = (view: ChannelView): readonly string[] =>
  view
    .getSnapshot()
    .entries.map(({ message, state }) => (state === "sent" ? message.text : `${message.text}:${state}`));

const ignore = (): void => undefined;

/** Alice looking at the lobby, in which bob wrote `count` messages. */
async function looking(count: number, seed = 1) {
  const world = new World(seed);
  for (let i = 1; i <= count; i++) world.server.post("lobby", "bob", `t${i}`);
  const client = await world.connected("alice");
  const view = client.channel("lobby").view();
  const stop = view.subscribe(ignore);
  await world.clock.advance(100);
  return { world, client, view, stop };
}

describe("view", () => {
  it("shows the newest page and what happens from there", async () => {
    const { world, view } = await looking(3);
    expect(view.getSnapshot()).toMatchObject({ status: "ready", hasOlder: false, hasNewer: false, unread: 3 });
    world.server.post("lobby", "bob", "t4");
    await world.clock.advance(10);
    expect(textsOf(view)).toEqual(["t1", "t2", "t3", "t4"]);
    expect(view.getSnapshot().unread).toBe(4);
  });

  it("is the same view for everybody while it is in use, and another one afterwards", async () => {
    const { world, client, view, stop } = await looking(1);
    expect(client.channel("lobby").view()).toBe(view);
    stop();
    await world.clock.advance(4_000);
    expect(client.channel("lobby").view()).toBe(view);
    await world.clock.advance(60_000);
    expect(client.channel("lobby").view()).not.toBe(view);
    expect(world.server.count("unsubscribe")).toBe(2); // the channel and the user's own stream
  });

  it("keeps a snapshot until something changes, and unchanged entries whatever else does", async () => {
    const { world, view } = await looking(2);
    const before = view.getSnapshot();
    expect(view.getSnapshot()).toBe(before);
    world.server.tell("ch:lobby", { stream: "ch:lobby", epoch: "e1", typing: { userId: "bob", typing: true } });
    await world.clock.advance(10);
    const after = view.getSnapshot();
    expect(after).not.toBe(before);
    expect(after.entries).toBe(before.entries);
  });

  it("tells again of typing once its own message is sent, however soon", async () => {
    const { world, client, view } = await looking(1);
    const lobby = client.channel("lobby");
    for (const text of ["first", "second"]) {
      lobby.typing();
      lobby.typing();
      view.send(text);
      await world.clock.advance(10);
    }
    expect(world.server.count("setTyping")).toBe(2);
  });

  it("loads older pages, each once, and jumps into the past and back", async () => {
    const { world, view } = await looking(200);
    expect(view.getSnapshot().entries).toHaveLength(50);
    await Promise.all([view.loadOlder(), view.loadOlder(), world.clock.advance(10)]);
    expect(view.getSnapshot().entries).toHaveLength(100);
    await Promise.all([view.jumpTo({ offset: 40 }), world.clock.advance(10)]);
    expect(view.getSnapshot()).toMatchObject({ hasOlder: true, hasNewer: true });
    expect(textsOf(view)).toContain("t40");
    world.server.post("lobby", "bob", "new");
    await world.clock.advance(10);
    expect(textsOf(view)).not.toContain("new");
    while (view.getSnapshot().hasNewer) await Promise.all([view.loadNewer(), world.clock.advance(10)]);
    const offsets = view.getSnapshot().entries.map((entry) => entry.message.offset);
    expect(offsets).toEqual(Array.from({ length: offsets.length }, (_, i) => 201 - offsets.length + 1 + i));
    await Promise.all([view.jumpTo({ offset: 3 }), world.clock.advance(10)]);
    await Promise.all([view.jumpToLatest(), world.clock.advance(10)]);
    expect(textsOf(view).at(-1)).toBe("new");
  });

  it("lets the oldest go beyond its bound and loads them again", async () => {
    const world = new World();
    const client = await world.connected("alice", { limits: { timelineMax: 60 } });
    const view = client.channel("lobby").view();
    view.subscribe(ignore);
    await world.clock.advance(10);
    for (let i = 1; i <= 100; i++) world.server.post("lobby", "bob", `t${i}`);
    await world.clock.advance(10);
    expect(view.getSnapshot()).toMatchObject({ hasOlder: true });
    expect(textsOf(view)).toHaveLength(60);
    await Promise.all([view.loadOlder(), world.clock.advance(10)]);
    expect(view.getSnapshot().entries.map((entry) => entry.message.offset)).toEqual(
      Array.from({ length: textsOf(view).length }, (_, i) => 100 - textsOf(view).length + 1 + i),
    );
    expect(textsOf(view).length).toBeGreaterThan(60);
  });

  it("applies edits, deletes, reactions and pins to what is shown", async () => {
    const { world, view } = await looking(3);
    const counts = [{ kind: "👍", count: 2 }];
    world.server.append("ch:lobby", {
      messageEdited: { message: { id: "m1", channelId: "lobby", offset: "1", text: "edited" } },
    });
    world.server.append("ch:lobby", { messageDeleted: { messageId: "m2", messageOffset: "2" } });
    world.server.append("ch:lobby", { messageDeleted: { messageId: "m3", messageOffset: "3", hard: true } });
    world.server.append("ch:lobby", {
      reactionAdded: { messageId: "m1", reaction: { kind: "👍", userId: "alice" }, counts },
    });
    world.server.append("ch:lobby", { messagePinned: { messageId: "m1" } });
    await world.clock.advance(10);
    const [first, second, ...others] = view.getSnapshot().entries.map((entry) => entry.message);
    expect(first).toMatchObject({ text: "edited", reactions: counts, ownReactions: ["👍"], pinned: true });
    expect(second).toMatchObject({ text: "", id: "m2" });
    expect(second?.deletedAt).toBeInstanceOf(Date);
    expect(others).toEqual([]);
  });

  it("shows who types, until they stop, write, or are not heard of any more", async () => {
    const { world, view } = await looking(1);
    const types = (userId: string, typing = true): void => {
      world.server.tell("ch:lobby", { stream: "ch:lobby", epoch: "e1", typing: { userId, typing } });
    };
    for (const user of ["alice", "bob", "carol", "dan"]) types(user);
    await world.clock.advance(10);
    expect(view.getSnapshot().typing).toEqual(["bob", "carol", "dan"]);
    types("carol", false);
    world.server.post("lobby", "bob", "there");
    await world.clock.advance(10);
    expect(view.getSnapshot().typing).toEqual(["dan"]);
    await world.clock.advance(8_000);
    expect(view.getSnapshot().typing).toEqual([]);
  });

  it("moves the read marker once for many calls", async () => {
    const { world, view } = await looking(5);
    for (let i = 0; i < 10; i++) view.markRead();
    await world.clock.advance(10);
    expect(view.getSnapshot()).toMatchObject({ unread: 0, readOffset: 5 });
    view.markRead();
    await world.clock.advance(10);
    expect(world.server.count("markRead")).toBe(1);
  });

  it("reads everything again when the stream cannot be continued", async () => {
    const { world, view } = await looking(2);
    const statuses: ChannelViewSnapshot["status"][] = [];
    view.subscribe(() => statuses.push(view.getSnapshot().status));
    world.net.cut();
    world.server.newEpoch("lobby");
    world.server.post("lobby", "bob", "t3");
    await world.clock.advance(1_000);
    expect(textsOf(view)).toEqual(["t1", "t2", "t3"]);
    expect(statuses).toContain("stale");
    expect(statuses.at(-1)).toBe("ready");
  });

  it("fails by name, and recovers on reload", async () => {
    const world = new World();
    let hidden = true;
    world.server.before = (name) => {
      if (name === "getChannel" && hidden) throw new Refused(40401, "CHANNEL_NOT_FOUND", "NEVER");
    };
    const client = await world.connected("alice");
    const view = client.channel("lobby").view();
    view.subscribe(ignore);
    await world.clock.advance(10);
    expect(view.getSnapshot()).toMatchObject({ status: "failed", error: { code: "CHANNEL_NOT_FOUND" } });
    hidden = false;
    view.reload();
    await world.clock.advance(10);
    expect(view.getSnapshot().status).toBe("ready");
  });
});

describe("optimistic send", () => {
  it("shows at once, keeps its key, and becomes the stored message", async () => {
    const { world, view } = await looking(1);
    const key = view.send("mine");
    expect(textsOf(view)).toEqual(["t1", "mine:pending"]);
    await world.clock.advance(10);
    expect(textsOf(view)).toEqual(["t1", "mine"]);
    expect(view.getSnapshot().entries.at(-1)).toMatchObject({ key, state: "sent", message: { offset: 2 } });
    expect(view.getSnapshot().unread).toBe(0);
  });

  it("leaves the view once stored when it belongs to a thread", async () => {
    const { world, view } = await looking(1);
    view.send({ text: "reply", parentId: "m1" });
    expect(textsOf(view)).toEqual(["t1", "reply:pending"]);
    await world.clock.advance(10);
    expect(textsOf(view)).toEqual(["t1"]);
  });

  it("is paired by its id when the event comes but the answer does not", async () => {
    const { world, view } = await looking(0);
    world.server.replies = (name) => name !== "sendMessage";
    view.send("mine");
    await world.clock.advance(10);
    expect(textsOf(view)).toEqual(["mine"]);
    await world.clock.advance(200_000);
    expect(textsOf(view)).toEqual(["mine"]);
  });

  it("waits for the connection and is stored behind what was sent meanwhile", async () => {
    const { world, view } = await looking(0);
    world.net.faults.refuse = () => true;
    world.net.cut();
    view.send("from the tunnel");
    world.server.post("lobby", "bob", "meanwhile");
    await world.clock.advance(5_000);
    expect(textsOf(view)).toEqual(["from the tunnel:pending"]);
    world.net.faults.refuse = () => false;
    await world.clock.advance(31_000);
    expect(textsOf(view)).toEqual(["meanwhile", "from the tunnel"]);
  });

  it("is shown as failed when refused, and can be retried with the same id or discarded", async () => {
    const { world, view } = await looking(0);
    let frozen = true;
    world.server.before = (name) => {
      if (name === "sendMessage" && frozen) throw new Refused(40302, "CHANNEL_FROZEN", "NEVER");
    };
    const key = view.send("one");
    const other = view.send("two");
    await world.clock.advance(10);
    expect(textsOf(view)).toEqual(["one:failed", "two:failed"]);
    expect(view.getSnapshot().entries[0]?.error?.code).toBe("CHANNEL_FROZEN");
    frozen = false;
    view.discard(other);
    view.retry(key);
    expect(textsOf(view)).toEqual(["one:pending"]);
    await world.clock.advance(10);
    expect(textsOf(view)).toEqual(["one"]);
    const ids = world.server.received
      .filter((command) => command.input["text"] === "one")
      .map(({ input }) => input["clientId"]);
    expect(new Set(ids).size).toBe(1);
  });

  it("keeps its view alive until it is stored", async () => {
    const { world, view, stop } = await looking(0);
    world.net.faults.refuse = () => true;
    world.net.cut();
    view.send("last words");
    stop();
    await world.clock.advance(20_000);
    world.net.faults.refuse = () => false;
    await world.clock.advance(60_000);
    expect(world.server.room("lobby").messages.map((message) => message["text"])).toEqual(["last words"]);
  });

  it("is bounded", async () => {
    const world = new World();
    const client = await world.connected("alice", { limits: { pendingSendsMax: 2 } });
    const view = client.channel("lobby").view();
    view.send("a");
    view.send("b");
    expect(() => view.send("c")).toThrow(/QUEUE_FULL/);
  });
});
