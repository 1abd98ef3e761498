// Runs in the page: one client, what it saw event by event, and the view that an app would show.
import { ParleyClient } from "./client/index.js";

const { token, channel, name } = window.setup;
const text = (number) => `${name} ${number} `.padEnd(500, "lorem ipsum ");
const events = [];
const problems = [];
let starts = 0;
let head = 0;
let arrived = () => {};

function brief({ id, offset, clientId, text: body }) {
  return { id, offset, clientId, bytes: body.length };
}

function shown() {
  const { status, entries } = view.getSnapshot();
  const sent = entries.every((entry) => entry.state === "sent");
  return { done: status === "ready" && sent, messages: entries.map(({ message }) => brief(message)) };
}

window.parley = {
  ready: false,

  /** Sends so many messages, four under way at a time; resolves when all are acknowledged. */
  async send(count) {
    let next = 0;
    const lane = async () => {
      while (next < count) {
        next += 1;
        await room.send(text(next));
      }
    };
    await Promise.all([lane(), lane(), lane(), lane()]);
    return count;
  },

  /** What this page has seen, once it has seen everything up to `offset`. */
  async view(offset) {
    const deadline = performance.now() + 60_000;
    while (head < offset || !shown().done || shown().messages.at(-1)?.offset !== events.at(-1)?.offset) {
      if (performance.now() > deadline) {
        problems.push(`saw only ${head} of ${offset}; the view is ${view.getSnapshot().status}`);
        break;
      }
      await new Promise((resolve) => {
        arrived = resolve;
        setTimeout(resolve, 1_000);
      });
    }
    return { problems, starts, events, shown: shown().messages };
  },
};

const client = new ParleyClient({ url: location.origin, token: () => token });
await client.connect();
const room = client.channel(channel);
const view = room.view();
view.subscribe(() => arrived());
client.listen(`ch:${channel}`, {
  start({ position, lost }) {
    starts += 1;
    head = position.offset;
    if (lost !== "NOT_LOST") problems.push(`lost its place: ${lost}`);
    window.parley.ready = true;
  },
  event(push) {
    if (push.offset === 0) return;
    if (push.offset !== head + 1) problems.push(`offset ${push.offset} after ${head}`);
    head = push.offset;
    if (push.event.kind === "messageCreated") events.push(brief(push.event.body.message));
    arrived();
  },
  refused(error) {
    problems.push(`refused: ${error.message}`);
  },
});
