import { describe, expect, it } from "vitest";
import { Refused } from "./support/simServer.js";
import { World } from "./support/world.js";

describe("send", () => {
  it("resolves with the stored message", async () => {
    const world = new World();
    const client = await world.connected("alice");
    const sent = client.channel("lobby").send("hello");
    await world.clock.advance(1);
    expect(await sent).toMatchObject({ message: { text: "hello", offset: 1, authorId: "alice" }, duplicate: false });
  });

  it("stores once when the answer is lost with the connection", async () => {
    const world = new World();
    const client = await world.connected("alice");
    let lost = true;
    world.server.replies = (name) => name !== "sendMessage" || !lost;
    const sent = client.channel("lobby").send("hello");
    await world.clock.advance(1);
    lost = false;
    world.net.cut();
    await world.clock.advance(2_000);
    expect(await sent).toMatchObject({ duplicate: true });
    expect(world.server.room("lobby").messages).toHaveLength(1);
  });

  it("keeps the order of sends over a reconnect", async () => {
    const world = new World();
    const client = await world.connected("alice");
    world.net.cut();
    const sends = ["a", "b", "c", "d"].map((text) => client.channel("lobby").send(text));
    await world.clock.advance(2_000);
    await Promise.all(sends);
    expect(world.server.room("lobby").messages.map((message) => message["text"])).toEqual(["a", "b", "c", "d"]);
  });

  it("says NOT_CONFIRMED when aborted after it left, ABORTED before", async () => {
    const world = new World();
    const client = await world.connected("alice");
    world.server.replies = () => false;
    const abort = new AbortController();
    const left = client.channel("lobby").send("hello", { signal: abort.signal });
    const seen = expect(left).rejects.toMatchObject({ code: "NOT_CONFIRMED" });
    await world.clock.advance(1);
    abort.abort();
    await seen;
    await expect(client.channel("lobby").send("x", { signal: abort.signal })).rejects.toMatchObject({
      code: "ABORTED",
    });
  });

  it("says NOT_CONFIRMED when no answer comes in time", async () => {
    const world = new World();
    const client = await world.connected("alice");
    world.server.replies = () => false;
    const sent = client.channel("lobby").send("hello");
    const seen = expect(sent).rejects.toMatchObject({ code: "NOT_CONFIRMED" });
    await world.clock.advance(120_000);
    await seen;
  });

  it("refuses what would not fit a frame, before it is sent", async () => {
    const world = new World();
    const client = await world.connected("alice");
    const sent = client.channel("lobby").send("ä".repeat(40_000));
    await expect(sent).rejects.toMatchObject({ code: "PAYLOAD_TOO_LARGE" });
    expect(world.server.count("sendMessage")).toBe(0);
  });
});

describe("request", () => {
  it("waits as long as the server asks, then succeeds", async () => {
    const world = new World();
    const client = await world.connected("alice");
    let refusals = 3;
    world.server.before = (name) => {
      if (name === "getMe" && refusals-- > 0) throw new Refused(42900, "RATE_LIMITED", "AFTER", 2_000);
    };
    const me = client.request("getMe", {});
    await world.clock.advance(5_999);
    expect(world.server.count("getMe")).toBe(3);
    await world.clock.advance(1);
    expect((await me).user?.id).toBe("alice");
  });

  it.each([
    ["NEVER", 40401, "CHANNEL_NOT_FOUND", 0],
    ["AFTER", 42900, "RATE_LIMITED", 60_000],
    ["AFTER", 42901, "SLOW_MODE", 3_000],
  ])("gives %s %i to the caller", async (retry, code, name, afterMs) => {
    const world = new World();
    const client = await world.connected("alice");
    world.server.before = () => {
      throw new Refused(code, name, retry, afterMs);
    };
    const refused = client.request("getMe", {});
    const seen = expect(refused).rejects.toMatchObject({ code: name, number: code, afterMs });
    await world.clock.advance(1);
    await seen;
  });

  it("gives up after the limit of retries", async () => {
    const world = new World();
    const client = await world.connected("alice");
    world.server.before = () => {
      throw new Refused(50300, "UNAVAILABLE", "AFTER", 100);
    };
    const refused = client.request("getMe", {});
    const seen = expect(refused).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await world.clock.advance(29_000);
    await seen;
    expect(world.server.count("getMe")).toBe(6);
  });

  it("goes elsewhere when the server is going away", async () => {
    const world = new World();
    const client = await world.connected("alice");
    let draining = true;
    world.server.before = (name) => {
      if (name === "getMe" && draining) throw new Refused(50302, "DRAINING", "RESUME");
    };
    const me = client.request("getMe", {});
    await world.clock.advance(100);
    draining = false;
    world.net.cut(4001);
    await world.clock.advance(1_000);
    expect((await me).user?.id).toBe("alice");
  });

  it("knows a code of a newer server by its number", async () => {
    const world = new World();
    const client = await world.connected("alice");
    world.server.before = () => {
      throw new Refused(40399, "NOT_ON_SUNDAYS", "NEVER");
    };
    const refused = client.request("getMe", {});
    const seen = expect(refused).rejects.toMatchObject({ code: "UNKNOWN", number: 40399 });
    await world.clock.advance(1);
    await seen;
  });

  it("fails with QUEUE_FULL at the bound, with UNAVAILABLE when there is no connection in time", async () => {
    const world = new World();
    const client = world.client("alice", { limits: { requestsMax: 2 } });
    const waiting = [client.request("getMe", {}), client.request("getMe", {})];
    const seen = Promise.all(waiting.map((one) => expect(one).rejects.toMatchObject({ code: "UNAVAILABLE" })));
    await expect(client.request("getMe", {})).rejects.toMatchObject({ code: "QUEUE_FULL" });
    await world.clock.advance(30_000);
    await seen;
  });

  it("sends every effect with a key of its own, and ids that rise", async () => {
    const world = new World();
    const keys: unknown[] = [];
    const ids: number[] = [];
    const receive = world.server.receive.bind(world.server);
    world.server.receive = (socket, frame) => {
      const cmd = frame["cmd"] as { id: number; key?: string; joinChannel?: object } | undefined;
      if (cmd) ids.push(cmd.id);
      if (cmd?.joinChannel) keys.push(cmd.key);
      receive(socket, frame);
    };
    const client = await world.connected("alice");
    await Promise.allSettled([
      client.channel("a").join(),
      client.channel("b").join(),
      client.request("getMe", {}),
      world.clock.advance(10),
    ]);
    expect(new Set(keys).size).toBe(2);
    expect(ids).toEqual([1, 2, 3, 4]);
  });
});

describe("history", () => {
  it("gives every message once, in both directions and from a place", async () => {
    const world = new World();
    const client = await world.connected("alice");
    for (let i = 1; i <= 25; i++) world.server.post("lobby", "bob", `t${i}`);
    const read = async (options: Parameters<ReturnType<typeof client.channel>["history"]>[0]): Promise<number[]> => {
      const offsets: number[] = [];
      for await (const message of client.channel("lobby").history({ pageSize: 4, ...options }))
        offsets.push(message.offset);
      return offsets;
    };
    const [back, forth, backFrom, forthFrom] = await Promise.all([
      read({}),
      read({ direction: "forward" }),
      read({ from: { offset: 9 } }),
      read({ direction: "forward", from: { offset: 9 } }),
      world.clock.advance(100),
    ]);
    const all = Array.from({ length: 25 }, (_, i) => i + 1);
    expect(forth).toEqual(all);
    expect(back).toEqual([...all].reverse());
    expect(backFrom).toEqual(all.slice(0, 9).reverse());
    expect(forthFrom).toEqual(all.slice(8));
  });
});
