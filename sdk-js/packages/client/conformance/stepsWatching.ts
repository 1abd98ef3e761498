import type { EventName, PresenceState } from "../src/index.js";
import type { Person } from "./person.js";
import { asJson, expand } from "./person.js";
import { mismatch, type Json } from "./match.js";
import type { Step } from "./scenario.js";
import type { Action } from "./steps.js";
import type { World } from "./world.js";

const QUIET_MS = 300;

/** Streams are kept under the name that steps use: the channel's, or "me" and "pres". */
const nameOf = (step: Step): string => step.optionalText("stream") ?? step.text("channel");

function streamOf(world: World, step: Step): string {
  const stream = step.text("stream");
  if (stream.startsWith("call:")) return stream;
  if (stream === "me") return `me:${world.person(step).client.session?.user.id ?? ""}`;
  return `ch:${world.channelId(step.text("channel"))}`;
}

const usersOf = (world: World, step: Step): readonly string[] => step.list("users").map((name) => world.userId(name));

export const watchingSteps: Readonly<Record<string, Action>> = {
  subscribe: (world, step) => {
    const person = world.person(step);
    return person.collect(nameOf(step), streamOf(world, step), step.list("events") as readonly EventName[]);
  },
  unsubscribe: (world, step) => {
    world.person(step).collection(nameOf(step)).stop();
    return Promise.resolve({});
  },
  events: (world, step, signal) => take(world.person(step), nameOf(step), expand(step.values("events")), signal),
  resync: (world, step, signal) =>
    take(world.person(step), nameOf(step), [{ type: "resync", reason: step.text("reason") }], signal),
  noEvents: async (world, step) => {
    await new Promise((quiet) => setTimeout(quiet, step.number("forMs") ?? QUIET_MS));
    const came = world.person(step).unused(nameOf(step), step.list("types"));
    if (came.length > 0) throw new Error(`${came.length} such events came: ${JSON.stringify(came).slice(0, 300)}`);
  },
  timeline: (world, step, signal) => timeline(world, step, signal),
  watch: async (world, step, signal) => {
    const person = world.person(step);
    person.watch(usersOf(world, step));
    await person.await(() => mismatch(step.value("expect") ?? {}, seen(world, step)), signal);
    return seen(world, step);
  },
  seen: (world, step) => Promise.resolve(seen(world, step)),
  unwatch: (world, step) => {
    const key = [...usersOf(world, step)].sort().join();
    world.person(step).watches.get(key)?.stop();
    return Promise.resolve({});
  },
  presence: (world, step, signal) =>
    world.person(step).client.request("queryPresence", { userIds: usersOf(world, step) }, { signal }),
  setPresence: (world, step, signal) => {
    const state = step.optionalText("state") as PresenceState | undefined;
    return world.person(step).client.setPresence({ state, status: step.optionalText("status") }, { signal });
  },
  settle: async (world, step) => {
    await Promise.all(world.person(step).detached.splice(0));
  },
};

const seen = (world: World, step: Step): Json =>
  asJson({ items: usersOf(world, step).map((user) => world.person(step).presence(user)) });

async function take(
  person: Person,
  name: string,
  patterns: ReturnType<typeof expand>,
  signal: AbortSignal,
): Promise<void> {
  let wrong: unknown;
  await person.await(() => {
    try {
      return person.take(name, patterns);
    } catch (error) {
      wrong = error; // an event that does not match ends the wait
      return undefined;
    }
  }, signal);
  if (wrong instanceof Error) throw wrong;
}

/** Opens the SDK's live view at first use, and waits until it shows what it should. */
async function timeline(world: World, step: Step, signal: AbortSignal): Promise<void> {
  const person = world.person(step);
  const name = step.text("channel");
  let view = person.views.get(name);
  if (!view) {
    view = person.client.channel(world.channelId(name)).view();
    view.subscribe(person.changed);
    person.views.set(name, view);
  }
  const texts = step.list("texts");
  const states = step.value("states") === undefined ? texts.map(() => "sent") : step.list("states");
  const wanted = JSON.stringify(texts.map((text, i) => [text, states[i]]));
  const opened = view;
  await person.await(() => {
    const { entries, status } = opened.getSnapshot();
    const shown = JSON.stringify(entries.map(({ message, state }) => [message.text, state]));
    return shown === wanted && status !== "loading" ? undefined : `${status}, shows ${shown}`;
  }, signal);
}
