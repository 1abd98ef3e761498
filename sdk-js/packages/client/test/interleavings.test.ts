import { describe, expect, it } from "vitest";
import type { ParleyClient } from "../src/index.js";
import { seeded, seedsForThisRun } from "./support/seeds.js";
import { World } from "./support/world.js";

const USERS = ["alice", "bob", "carol"];

/** Three people write through a network that delays, doubles, loses and cuts, against a server that changes epochs. */
async function storm(seed: number) {
  const chance = seeded(seed);
  let calmed = false;
  const world = new World(seed, {
    delayMs: () => 1 + chance() * 80,
    refuse: () => !calmed && chance() < 0.3,
    duplicate: () => !calmed && chance() < 0.1,
    lose: () => !calmed && chance() < 0.05,
  });
  const people = USERS.map((user) => follow(world.client(user), user));
  for (const { client } of people) void client.connect();
  for (let step = 0; step < 120; step++) {
    const dice = chance();
    const person = people[Math.floor(chance() * people.length)]!;
    if (dice < 0.6) person.view.send(`${person.user}-${step}`);
    else if (dice < 0.75) world.net.cut(chance() < 0.5 ? 1006 : 4508);
    else if (dice < 0.78) world.server.newEpoch("lobby");
    else if (dice < 0.85) void person.view.loadOlder().catch(() => undefined);
    await world.clock.advance(chance() * 400);
    for (const { offsets } of people) expect(offsets).toEqual([...new Set(offsets)]);
  }
  calmed = true;
  await world.clock.advance(200_000);
  return { world, people };
}

/** A client with its view, and the offsets its own listener saw since the last start. */
function follow(client: ParleyClient, user: string) {
  const offsets: number[] = [];
  client.listen("ch:lobby", {
    start: () => {
      offsets.length = 0;
    },
    event: (push) => offsets.push(push.offset),
    refused: () => undefined,
  });
  const view = client.channel("lobby").view();
  view.subscribe(() => undefined);
  const list = client.channelList();
  list.subscribe(() => undefined);
  return { client, user, view, list, offsets };
}

describe("whatever the network does", () => {
  it.each(seedsForThisRun())("SEED=%i: nothing is lost, doubled or out of order", async (seed) => {
    const { world, people } = await storm(seed);
    const stored = world.server.room("lobby").messages;
    const texts = stored.map((message) => message["text"]);
    expect(new Set(texts).size).toBe(texts.length);
    for (const { client, user, view, list, offsets } of people) {
      const { entries, status, unread } = view.getSnapshot();
      expect(status).toBe("ready");
      const shown = entries.map(({ message }) => message.text);
      expect(shown).toEqual(texts.slice(-shown.length));
      expect(entries.every(({ state }) => state === "sent")).toBe(true);
      expect(offsets).toEqual(Array.from({ length: offsets.length }, (_, i) => texts.length - offsets.length + 1 + i));
      const truth = world.server.channel("lobby", user)["own"] as { unread: number };
      expect(unread).toBe(truth.unread);
      expect(list.getSnapshot().channels[0]?.own?.unread).toBe(truth.unread);
      client.close();
    }
  });
});
