import { describe, expect, it } from "vitest";
import { ParleyError, type ConnectionState, type TokenRequest } from "../src/index.js";
import { Refused } from "./support/simServer.js";
import { World } from "./support/world.js";

const statusOf = (client: { connection: { getSnapshot(): ConnectionState } }): string =>
  client.connection.getSnapshot().status;

describe("connect", () => {
  it("resolves with who the server says this is", async () => {
    const world = new World();
    const client = await world.connected("alice");
    expect(client.session?.user.id).toBe("alice");
    expect(statusOf(client)).toBe("connected");
  });

  it("is idle again when aborted, and can be called again", async () => {
    const world = new World();
    const client = world.client("alice");
    const abort = new AbortController();
    const connecting = client.connect({ signal: abort.signal });
    abort.abort(new Error("enough"));
    await expect(connecting).rejects.toMatchObject({ code: "ABORTED" });
    expect(statusOf(client)).toBe("idle");
    const again = client.connect();
    await world.clock.advance(10);
    expect((await again).user.id).toBe("alice");
  });

  it("spreads attempts by full jitter up to the cap while nothing answers", async () => {
    const world = new World(7);
    let refused = true;
    world.net.faults.refuse = () => refused;
    const client = world.client("alice");
    const waits: number[] = [];
    client.connection.subscribe(() => {
      const state = client.connection.getSnapshot();
      if (state.status === "waiting") waits.push(state.retryAtMs - world.clock.wallMs());
    });
    const session = client.connect();
    await world.clock.advance(600_000);
    expect(waits.length).toBeGreaterThan(20);
    waits.forEach((wait, i) => {
      expect(wait).toBeLessThanOrEqual(Math.min(30_000, 500 * 2 ** i));
    });
    expect(Math.max(...waits)).toBeGreaterThan(15_000);
    refused = false;
    await world.clock.advance(31_000);
    await session;
  });

  it("starts the back-off over only after 5 s of stability", async () => {
    const world = new World(3);
    const client = await world.connected("alice");
    const attempts: number[] = [];
    client.connection.subscribe(() => {
      const state = client.connection.getSnapshot();
      if (state.status === "waiting") attempts.push(state.attempt);
    });
    for (let i = 0; i < 3; i++) {
      world.net.cut();
      for (let ms = 0; statusOf(client) !== "connected" && ms < 60_000; ms += 10) await world.clock.advance(10);
    }
    await world.clock.advance(5_000);
    world.net.cut();
    expect(attempts).toEqual([1, 2, 3, 1]);
  });

  it("tries at once when the network is back", async () => {
    const world = new World();
    world.net.faults.refuse = () => true;
    const client = world.client("alice");
    void client.connect();
    await world.clock.advance(120_000);
    world.net.faults.refuse = () => false;
    const state = client.connection.getSnapshot();
    if (state.status === "waiting") world.wake();
    await world.clock.advance(10);
    expect(statusOf(client)).toBe("connected");
  });

  it("gives up when the token function never answers, and tries again", async () => {
    const world = new World();
    let asked = 0;
    const client = world.client("alice", {
      token: () => (++asked === 1 ? new Promise<string>(() => undefined) : "alice"),
    });
    const session = client.connect();
    await world.clock.advance(16_000);
    await session;
    expect(asked).toBe(2);
  });

  it("reports a failing token function and goes on", async () => {
    const world = new World();
    let fails = true;
    const client = world.client("alice", {
      token: () => {
        if (fails) throw new Error("identity provider is down");
        return "alice";
      },
    });
    const session = client.connect();
    await world.clock.advance(0);
    expect(client.connection.getSnapshot()).toMatchObject({ status: "waiting", error: { code: "TOKEN_PROVIDER" } });
    fails = false;
    await world.clock.advance(10_000);
    await session;
  });
});

describe("close codes", () => {
  it.each([1001, 1006, 1012, 1013, 4001, 4002, 4008, 4508, 4529, 4599])("comes back after %i", async (code) => {
    const world = new World();
    const client = await world.connected("alice");
    world.net.cut(code);
    expect(statusOf(client)).toBe("waiting");
    await world.clock.advance(1_000);
    expect(statusOf(client)).toBe("connected");
  });

  it.each([
    [4201, "BANNED"],
    [4202, "MALFORMED"],
    [4203, "CLOSED"],
    [4204, "FORBIDDEN"],
    [4299, "CLOSED"],
  ])("stays away after %i and says %s", async (code, name) => {
    const world = new World();
    const client = await world.connected("alice");
    const waiting = client.request("getMe", {});
    world.net.cut(code);
    await expect(waiting).rejects.toMatchObject({ code: name });
    expect(client.connection.getSnapshot()).toMatchObject({ status: "closed", error: { code: name } });
    await world.clock.advance(100_000);
    expect(world.net.opened).toBe(1);
  });

  it.each([
    [4101, "TOKEN_EXPIRED"],
    [4102, "TOKEN_REVOKED"],
  ])("comes back with another token after %i", async (code, name) => {
    const world = new World();
    const requests: TokenRequest[] = [];
    const client = await world.connected("alice", {
      token: (request) => {
        requests.push(request);
        return "alice";
      },
    });
    world.net.cut(code);
    await world.clock.advance(1_000);
    expect(statusOf(client)).toBe("connected");
    expect(requests.map((request) => request.refused?.code)).toEqual([undefined, name]);
  });

  it("gives up after two refused tokens in a row", async () => {
    const world = new World();
    world.server.before = (name) => {
      if (name === "hello") throw new Refused(40102, "TOKEN_INVALID", "REFRESH");
    };
    const client = world.client("alice");
    const session = client.connect();
    const seen = expect(session).rejects.toMatchObject({ code: "TOKEN_INVALID", number: 40102 });
    await world.clock.advance(200_000);
    await seen;
    expect(world.net.opened).toBe(2);
  });

  it("moves within the drain window, before the server closes", async () => {
    const world = new World(5);
    const client = await world.connected("alice");
    for (const socket of world.server.peers.keys()) {
      socket.send({ ctl: { drain: { reconnectAfterMinMs: 2_000, reconnectAfterMaxMs: 8_000 } } });
    }
    await world.clock.advance(1_999);
    expect(world.net.opened).toBe(1);
    await world.clock.advance(6_100);
    expect(world.net.opened).toBe(2);
    expect(statusOf(client)).toBe("connected");
  });

  it("keeps to the drain window when the server closes first", async () => {
    const world = new World(5);
    const client = await world.connected("alice");
    for (const socket of world.server.peers.keys()) {
      socket.send({ ctl: { drain: { reconnectAfterMinMs: 5_000, reconnectAfterMaxMs: 9_000 } } });
    }
    await world.clock.advance(1);
    world.net.cut(4001);
    world.wake(); // a wake-up must not shorten a time that the server chose
    await world.clock.advance(4_000);
    expect(statusOf(client)).toBe("waiting");
    await world.clock.advance(6_000);
    expect(statusOf(client)).toBe("connected");
  });
});

describe("heartbeat", () => {
  it("pings before the server's interval is over and survives while answered", async () => {
    const world = new World();
    await world.connected("alice");
    await world.clock.advance(300_000);
    expect(world.net.opened).toBe(1);
  });

  it("leaves a server that does not answer", async () => {
    const world = new World();
    await world.connected("alice");
    world.server.answersPings = false;
    await world.clock.advance(40_000);
    expect(world.net.opened).toBeGreaterThan(1);
  });

  it("answers the server's pings", async () => {
    const world = new World();
    await world.connected("alice");
    const pongs: unknown[] = [];
    const receive = world.server.receive.bind(world.server);
    world.server.receive = (socket, frame) => {
      if ("ctl" in frame) pongs.push(frame["ctl"]);
      receive(socket, frame);
    };
    for (const socket of world.server.peers.keys()) socket.send({ ctl: { ping: { n: 17 } } });
    await world.clock.advance(1);
    expect(pongs).toEqual([{ pong: { n: 17 } }]);
  });

  it("comes back after something that is not this protocol", async () => {
    const world = new World();
    const client = await world.connected("alice");
    for (const socket of world.server.peers.keys()) socket.send({ push: { offset: "many" } });
    await world.clock.advance(1_000);
    expect(world.net.opened).toBe(2);
    expect(statusOf(client)).toBe("connected");
  });
});

describe("token refresh", () => {
  it("replaces the token in band before it expires", async () => {
    const world = new World();
    world.server.tokenTtlMs = 600_000;
    await world.connected("alice");
    await world.clock.advance(480_000);
    expect(world.server.count("refresh")).toBe(1);
    expect(world.net.opened).toBe(1);
    await world.clock.advance(480_000);
    expect(world.server.count("refresh")).toBe(2);
  });

  it("asks at most once a second for a token that is about to expire, whatever the provider gives", async () => {
    const world = new World();
    world.server.tokenTtlMs = 1;
    await world.connected("alice");
    const before = world.server.count("refresh");
    await world.clock.advance(10_000);
    expect(world.server.count("refresh") - before).toBe(10);
  });
  it("tries a failed refresh again while the token lasts", async () => {
    const world = new World();
    world.server.tokenTtlMs = 100_000;
    let refusals = 2;
    world.server.before = (name) => {
      if (name === "refresh" && refusals-- > 0) throw new Refused(40102, "TOKEN_INVALID", "REFRESH");
    };
    await world.connected("alice");
    await world.clock.advance(95_000);
    expect(world.server.count("refresh")).toBe(3);
  });

  it("fetches a token and repeats a command that was refused for the old one", async () => {
    const world = new World();
    const client = await world.connected("alice");
    let expired = true;
    world.server.before = (name) => {
      if (name === "refresh") expired = false;
      if (name === "getMe" && expired) throw new Refused(40101, "TOKEN_EXPIRED", "REFRESH");
    };
    const me = client.request("getMe", {});
    await world.clock.advance(2_000);
    expect((await me).user?.id).toBe("alice");
  });
});

describe("close", () => {
  it("fails what waits, connects no more, and leaves no timer behind", async () => {
    const world = new World();
    const client = await world.connected("alice");
    world.server.replies = (name) => name !== "getMe";
    const waiting = client.request("getMe", {});
    const seen = expect(waiting).rejects.toBeInstanceOf(ParleyError);
    client.close();
    await seen;
    await expect(client.connect()).rejects.toMatchObject({ code: "CLOSED" });
    await world.clock.advance(100_000);
    expect(world.net.opened).toBe(1);
    expect(world.clock.pending).toBe(0);
  });
});
