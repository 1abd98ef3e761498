// The TypeScript client in chaos: sends its part, keeps what it sees of every channel, and has its sockets killed.
// Orders come line by line as JSON: {"send":COUNT}, {"kill":true}, {"views":{CHANNEL:OFFSET}}. It tells, a line of JSON
// each: "ready", each "ack", "sent" after the last one, "killed", "views", and what "failed". Ends with its input.
// usage: node scripter.mjs URL TOKEN SEED CHANNEL...   with PARLEY_ROOT set and the client library built
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [url, token, seed, ...channelIds] = process.argv.slice(2);
const library = join(process.env.PARLEY_ROOT, "sdk-js/packages/client");
const { ParleyClient, ParleyError } = await import(pathToFileURL(join(library, "dist/index.js")).href);
const { WebSocket } = createRequire(join(library, "package.json"))("ws");

const LANES = 4;
/** One in so many acknowledged sends is repeated with its client id, as a client that forgot would. */
const REPEATED_ONE_IN = 10;
/** How long one send may be tried, by the library and again by us. */
const SEND_MS = 300_000;
/** How long the views may take to catch up at the end. */
const OVERTAKE_MS = 180_000;
const TIMELINE_MAX = 100_000;

const tell = (what, body) => process.stdout.write(`${JSON.stringify({ what, ...body })}\n`);
const sockets = new Set();

/** A socket whose connection can be reset. */
class MortalSocket extends WebSocket {
  constructor(...given) {
    super(...given);
    this.once("upgrade", ({ socket }) => {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
    });
  }
}

/** What was seen of one channel: event by event, and as the view that an app would show. */
class Watched {
  problems = [];
  resyncs = -1; // the first start is none
  #head = 0;
  #heard = () => undefined;

  constructor(client, channelId) {
    this.channelId = channelId;
    this.view = client.channel(channelId).view();
    this.view.subscribe(() => this.#heard());
    let begun;
    this.started = new Promise((resolve) => (begun = resolve));
    client.listen(`ch:${channelId}`, {
      start: ({ position }) => {
        this.resyncs += 1;
        this.#head = position.offset;
        begun();
        this.#heard();
      },
      event: ({ offset }) => {
        if (offset === 0) return;
        if (offset !== this.#head + 1) this.problems.push(`offset ${offset} after ${this.#head}`);
        this.#head = offset;
        this.#heard();
      },
      refused: (error) => this.problems.push(`refused: ${error.message}`),
    });
  }

  /** What is shown, once it reaches to the stream's head and the last message. */
  async overtaken({ head, last }) {
    const deadline = performance.now() + OVERTAKE_MS;
    const isThere = ({ status, entries }) =>
      status === "ready" &&
      this.#head >= head &&
      (entries.at(-1)?.message.offset ?? 0) >= last &&
      entries.every(({ state }) => state === "sent");
    while (!isThere(this.view.getSnapshot())) {
      if (performance.now() > deadline) {
        this.problems.push(`saw ${this.#head} of ${head}; the view is ${this.view.getSnapshot().status}`);
        break;
      }
      await new Promise((resolve) => {
        this.#heard = resolve;
        setTimeout(resolve, 1_000);
      });
    }
    while (this.view.getSnapshot().hasOlder) await this.view.loadOlder();
    const messages = this.view.getSnapshot().entries.map(({ message: { id, offset, text } }) => ({ id, offset, text }));
    return { problems: this.problems, resyncs: this.resyncs, messages };
  }
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function dice(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Is patient: a rate limit is waited out, everything else is the library's own business. */
async function send(channelId, text, clientId) {
  const signal = AbortSignal.timeout(SEND_MS);
  for (;;) {
    try {
      return await client.channel(channelId).send({ text }, { clientId, signal });
    } catch (error) {
      if (!(error instanceof ParleyError) || error.retry !== "after" || signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.max(error.afterMs, 100)));
    }
  }
}

async function sendAll(count) {
  const chance = dice(Number(BigInt(seed) & 0xffffffffn));
  let next = 0;
  const lane = async () => {
    while (next < count) {
      next += 1;
      const clientId = `ts-${next}`;
      const text = `message ${next} in TypeScript`;
      const channel = channelIds[Math.floor(chance() * channelIds.length)];
      const { message } = await send(channel, text, clientId);
      const ack = { channel, clientId, text, id: message.id, offset: message.offset };
      tell("ack", { ack });
      if (chance() * REPEATED_ONE_IN >= 1) continue;
      const again = await send(channel, text, clientId);
      const isSame = again.duplicate && again.message.id === message.id && again.message.offset === message.offset;
      tell("repeated", { isSame, ack });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  tell("sent");
}

async function views(heads) {
  const views = {};
  for (const each of watched) views[each.channelId] = await each.overtaken(heads[each.channelId]);
  tell("views", { views });
}

function kill() {
  const count = sockets.size;
  for (const socket of sockets) socket.resetAndDestroy();
  tell("killed", { count });
}

const failed = (error) => tell("failed", { error: String(error) });

const client = new ParleyClient({
  url,
  token: () => token,
  WebSocket: MortalSocket,
  limits: { timelineMax: TIMELINE_MAX, sendTimeoutMs: SEND_MS },
});
await client.connect();
const watched = channelIds.map((id) => new Watched(client, id));
await Promise.all(watched.map(({ started }) => started));
tell("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  if (order.send) sendAll(order.send).catch(failed);
  else if (order.views) views(order.views).catch(failed);
  else if (order.kill) kill();
}
client.close();
