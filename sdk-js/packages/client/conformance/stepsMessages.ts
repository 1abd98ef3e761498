import type { Channel, ChannelView, GetHistory, SendReceipt } from "../src/index.js";
import { textOf } from "./match.js";
import type { Step } from "./scenario.js";
import type { Action } from "./steps.js";
import type { World } from "./world.js";

/** Sends on their way at once; the SDK's own bound is higher. */
const AT_ONCE = 100;

/** How many messages a flood sends before it looks at the server again. */
const FLOOD_BATCH = 10;

/** The n-th text of a step that sends several. */
const padded = (step: Step, n: number): string => `${step.text("prefix")}-${n}`.padEnd(step.number("bytes") ?? 0, ".");

const channelOf = (world: World, step: Step): Channel =>
  world.person(step).client.channel(world.channelId(step.text("channel")));

const messageId = (world: World, step: Step, field = "message"): string => world.messageId(step.text(field));

export const messageSteps: Readonly<Record<string, Action>> = {
  send: async (world, step, signal) => {
    const draft = {
      text: step.text("text"),
      parentId: messageId(world, step, "parent"),
      quotedId: messageId(world, step, "quoted"),
      mentions: step.list("mentions").map((name) => world.userId(name)),
      ...(step.flag("alsoInChannel") ? { alsoInChannel: true } : {}),
      ...(step.value("custom") === undefined ? {} : { custom: step.value("custom") as Record<string, never> }),
    };
    const view = world.person(step).views.get(step.text("channel"));
    if (view) return throughView(view, draft, signal);
    const clientId = step.optionalText("clientId");
    const receipt: SendReceipt = await channelOf(world, step).send(draft, {
      signal,
      ...(clientId ? { clientId } : {}),
    });
    return { ...receipt.message, duplicate: receipt.duplicate };
  },
  sendMany: async (world, step, signal) => {
    const channel = channelOf(world, step);
    const count = step.number("count") ?? 0;
    for (let from = 1; from <= count; from += AT_ONCE) {
      const numbers = Array.from({ length: Math.min(AT_ONCE, count - from + 1) }, (_, i) => from + i);
      await Promise.all(numbers.map((n) => channel.send(padded(step, n), { signal })));
    }
  },
  flood: async (world, step, signal) => {
    const channel = channelOf(world, step);
    const code = step.number("code") ?? 0;
    const before = await world.closes(code);
    for (let count = FLOOD_BATCH; ; count += FLOOD_BATCH) {
      const numbers = Array.from({ length: FLOOD_BATCH }, (_, i) => count - i);
      await Promise.all(numbers.map((n) => channel.send(padded(step, n), { signal })));
      if ((await world.closes(code)) > before) return { count };
    }
  },
  edit: (world, step, signal) => {
    const version = step.number("version");
    const options = { signal, ...(version === undefined ? {} : { version }) };
    return channelOf(world, step).edit(messageId(world, step), step.text("text"), options);
  },
  delete: (world, step, signal) =>
    channelOf(world, step).deleteMessage(messageId(world, step), { signal, hard: step.flag("hard") ?? false }),
  react: (world, step, signal) => channelOf(world, step).react(messageId(world, step), step.text("kind"), { signal }),
  unreact: (world, step, signal) =>
    channelOf(world, step).unreact(messageId(world, step), step.text("kind"), { signal }),
  pin: (world, step, signal) => channelOf(world, step).pin(messageId(world, step), { signal }),
  unpin: (world, step, signal) => channelOf(world, step).unpin(messageId(world, step), { signal }),
  message: (world, step, signal) => channelOf(world, step).message(messageId(world, step), { signal }),
  versions: async (world, step, signal) => ({
    items: await channelOf(world, step).versions(messageId(world, step), { signal }),
  }),
  pins: async (world, step, signal) => ({ items: await channelOf(world, step).pins({ signal }) }),
  reactions: async (world, step, signal) => ({
    items: await all(channelOf(world, step).reactions(messageId(world, step), { signal })),
  }),
  history: (world, step, signal) => {
    const input: GetHistory = {
      channelId: world.channelId(step.text("channel")),
      limit: step.number("limit"),
      direction: step.optionalText("newer") || step.text("direction") === "FORWARD" ? "FORWARD" : "BACKWARD",
      parentId: messageId(world, step, "parent"),
      aroundMessageId: messageId(world, step, "aroundMessage"),
      aroundOffset: step.number("aroundOffset"),
      cursor: cursorOf(world, step),
    };
    return world.person(step).client.request("getHistory", input, { signal });
  },
  historyAll: async (world, step, signal) => {
    const parent = messageId(world, step, "parent");
    const pageSize = step.number("limit");
    const messages = channelOf(world, step).history({
      signal,
      direction: step.text("direction") === "FORWARD" ? "forward" : "backward",
      ...(pageSize === undefined ? {} : { pageSize }),
      ...(parent === "" ? {} : { threadOf: parent }),
    });
    return { items: await all(messages) };
  },
};

export async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const read: T[] = [];
  for await (const item of items) read.push(item);
  return read;
}

function cursorOf(world: World, step: Step): string {
  const older = step.optionalText("older");
  const newer = step.optionalText("newer");
  if (older !== undefined) return textOf(world.kept(older)["prev"]);
  return newer === undefined ? "" : textOf(world.kept(newer)["next"]);
}

/** With a view open, sends are optimistic: the entry shows at once, and what becomes of it is the result. */
function throughView(
  view: ChannelView,
  draft: Parameters<ChannelView["send"]>[0],
  signal: AbortSignal,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const key = view.send(draft);
    const look = (): void => {
      const entry = view.getSnapshot().entries.find((one) => one.key === key);
      if (entry?.state === "pending") return;
      unsubscribe();
      if (entry?.error) reject(entry.error);
      else resolve(entry?.message);
    };
    const unsubscribe = view.subscribe(look);
    signal.addEventListener("abort", () => {
      reject(new Error("the send is still pending"));
    });
    look();
  });
}
