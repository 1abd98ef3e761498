import { describe, expect, it } from "vitest";
import type { ListenOptions, ParleyClient, StreamStart } from "../src/index.js";
import { World } from "./support/world.js";

/** What one listener saw: "start@2:NOT_LOST" or offsets. */
function listen(client: ParleyClient, stream: string, options?: ListenOptions) {
  const seen: (number | string)[] = [];
  const stop = client.listen(
    stream,
    {
      start: ({ position, lost }: StreamStart) => seen.push(`start@${position.offset}:${lost}`),
      event: (push) => seen.push(push.offset),
      refused: (error) => seen.push(error.code),
    },
    options,
  );
  return { seen, stop };
}

describe("listen", () => {
  it("starts at the present and sees each event once", async () => {
    const world = new World();
    const client = await world.connected("alice");
    world.server.post("lobby", "bob", "before");
    const { seen } = listen(client, "ch:lobby");
    await world.clock.advance(10);
    world.server.post("lobby", "bob", "one");
    world.server.post("lobby", "bob", "two");
    await world.clock.advance(10);
    expect(seen).toEqual(["start@1:NOT_LOST", 2, 3]);
  });

  it("gets what it missed after a reconnect", async () => {
    const world = new World();
    const client = await world.connected("alice");
    const { seen } = listen(client, "ch:lobby");
    await world.clock.advance(10);
    world.server.post("lobby", "bob", "one");
    await world.clock.advance(10);
    world.net.cut();
    world.server.post("lobby", "bob", "two");
    world.server.post("lobby", "bob", "three");
    await world.clock.advance(1_000);
    world.server.post("lobby", "bob", "four");
    await world.clock.advance(10);
    expect(seen).toEqual(["start@0:NOT_LOST", 1, 2, 3, 4]);
    expect(world.server.count("subscribe")).toBe(1); // the resume went with hello
  });

  it("drops duplicates", async () => {
    const world = new World();
    world.net.faults.duplicate = () => true;
    const client = await world.connected("alice");
    const { seen } = listen(client, "ch:lobby");
    await world.clock.advance(10);
    for (let i = 0; i < 5; i++) world.server.post("lobby", "bob", `t${i}`);
    await world.clock.advance(10);
    expect(seen).toEqual(["start@0:NOT_LOST", 1, 2, 3, 4, 5]);
  });

  it("notices a hole and fetches what is missing, in order", async () => {
    const world = new World();
    const client = await world.connected("alice");
    const { seen } = listen(client, "ch:lobby");
    await world.clock.advance(10);
    world.server.post("lobby", "bob", "one");
    world.net.faults.lose = () => true;
    world.server.post("lobby", "bob", "two");
    world.server.post("lobby", "bob", "three");
    world.net.faults.lose = () => false;
    world.server.post("lobby", "bob", "four");
    world.server.post("lobby", "bob", "five");
    await world.clock.advance(10);
    expect(seen).toEqual(["start@0:NOT_LOST", 1, 2, 3, 4, 5]);
  });

  it("asks for what is missing when only the server's position tells", async () => {
    const world = new World();
    const client = await world.connected("alice");
    const { seen } = listen(client, "ch:lobby");
    await world.clock.advance(10);
    world.net.faults.lose = () => true;
    world.server.post("lobby", "bob", "one");
    const positions = { streams: [{ stream: "ch:lobby", position: { epoch: "e1", offset: "1" } }] };
    for (const socket of world.server.peers.keys()) socket.send({ ctl: { positions } });
    await world.clock.advance(10);
    expect(seen).toEqual(["start@0:NOT_LOST", 1]);
  });

  it("starts over when the epoch changed, live or while it was away", async () => {
    const world = new World();
    const client = await world.connected("alice");
    const { seen } = listen(client, "ch:lobby");
    await world.clock.advance(10);
    world.server.post("lobby", "bob", "one");
    world.server.newEpoch("lobby");
    world.server.post("lobby", "bob", "two");
    await world.clock.advance(10);
    expect(seen).toEqual(["start@0:NOT_LOST", 1, "start@2:EPOCH_CHANGED"]);
    world.net.cut();
    world.server.newEpoch("lobby");
    await world.clock.advance(1_000);
    world.server.post("lobby", "bob", "three");
    await world.clock.advance(10);
    expect(seen.slice(3)).toEqual(["start@2:EPOCH_CHANGED", 3]);
  });

  it("lets a second listener start where the stream is, and unsubscribes with the last", async () => {
    const world = new World();
    const client = await world.connected("alice");
    const first = listen(client, "ch:lobby");
    await world.clock.advance(10);
    world.server.post("lobby", "bob", "one");
    await world.clock.advance(10);
    const second = listen(client, "ch:lobby");
    await world.clock.advance(10);
    world.server.post("lobby", "bob", "two");
    await world.clock.advance(10);
    expect(second.seen).toEqual(["start@1:NOT_LOST", 2]);
    first.stop();
    await world.clock.advance(10);
    expect(world.server.count("unsubscribe")).toBe(0);
    second.stop();
    await world.clock.advance(10);
    expect(world.server.count("unsubscribe")).toBe(1);
  });

  it("reports positions in batches, each once", async () => {
    const world = new World();
    const client = await world.connected("alice");
    listen(client, "ch:lobby");
    listen(client, "ch:other");
    await world.clock.advance(10);
    world.server.post("lobby", "bob", "one");
    world.server.post("lobby", "bob", "two");
    world.server.post("other", "bob", "three");
    await world.clock.advance(12_000);
    expect(world.server.acks).toEqual([
      {
        streams: [
          { stream: "ch:lobby", position: { epoch: "e1", offset: 2 } },
          { stream: "ch:other", position: { epoch: "e1", offset: 1 } },
        ],
      },
    ]);
  });

  it("moves silently over what its filter leaves out, and widens for a second listener", async () => {
    const world = new World();
    const client = await world.connected("alice");
    const deleted = { messageDeleted: { messageId: "m1" } };
    const { seen } = listen(client, "ch:lobby", { events: ["messageDeleted"] });
    await world.clock.advance(10);
    world.server.post("lobby", "bob", "one");
    world.server.append("ch:lobby", deleted);
    await world.clock.advance(10);
    world.net.cut();
    world.server.post("lobby", "bob", "three");
    world.server.append("ch:lobby", deleted);
    await world.clock.advance(1_000);
    expect(seen).toEqual(["start@0:NOT_LOST", 2, 4]);
    expect(world.server.count("subscribe")).toBe(1);
    const all = listen(client, "ch:lobby");
    await world.clock.advance(10);
    world.server.post("lobby", "bob", "five");
    world.server.append("ch:lobby", deleted);
    await world.clock.advance(10);
    expect(seen).toEqual(["start@0:NOT_LOST", 2, 4, 6]);
    expect(all.seen).toEqual(["start@4:NOT_LOST", 5, 6]);
  });

  it("refuses more streams than its bound", async () => {
    const world = new World();
    const client = await world.connected("alice", { limits: { streamsMax: 1 } });
    listen(client, "ch:a");
    const { seen } = listen(client, "ch:b");
    await world.clock.advance(10);
    expect(seen).toEqual(["SUBSCRIPTION_LIMIT"]);
  });

  it("sees everything in order although a slow reader's socket was closed", async () => {
    const world = new World();
    const client = await world.connected("alice");
    const { seen } = listen(client, "ch:lobby");
    await world.clock.advance(10);
    for (let i = 0; i < 50; i++) {
      world.server.post("lobby", "bob", `t${i}`);
      if (i % 20 === 10) world.net.cut(4508);
      await world.clock.advance(200);
    }
    await world.clock.advance(20_000);
    expect(seen).toEqual(["start@0:NOT_LOST", ...Array.from({ length: 50 }, (_, i) => i + 1)]);
  });
});
