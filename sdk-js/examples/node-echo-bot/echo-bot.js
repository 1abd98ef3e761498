// A bot that answers every message in a public channel.
//
//   npm ci && npm run build                              (in sdk-js, once)
//   TOKEN=$(./parley token --user echo-bot) node sdk-js/examples/node-echo-bot/echo-bot.js http://127.0.0.1:8080 lobby
//
// Without TOKEN it signs in as a guest. Write in the channel from the web page, and it answers; stop the server and
// start it again, and it goes on where it was.
import { createGuest, ParleyClient, ParleyError } from "@parley/client";
import { WebSocket } from "ws";

const [url = "http://127.0.0.1:8080", channelId = "lobby"] = process.argv.slice(2);

const token = process.env.TOKEN ?? (await createGuest({ url, name: "Echo" })).token;
const client = new ParleyClient({ url, token: () => token, WebSocket });
client.connection.subscribe(() => console.log("connection:", client.connection.getSnapshot().status));

const { user } = await client.connect({ signal: AbortSignal.timeout(10_000) });
const channel = client.channel(channelId);
await channel.join().catch(createOrStay);

client.listen(`ch:${channelId}`, {
  start: () => console.log(`listening to ${channelId} as ${user.id}`),
  event: ({ event }) => {
    if (event.kind !== "messageCreated") return;
    const { message } = event.body;
    if (!message || message.authorId === user.id || message.text === "") return;
    // One id per message that is answered: whatever is retried, it is answered once.
    channel
      .send({ text: `echo: ${message.text}`, quotedId: message.id }, { clientId: `echo-${message.id}` })
      .catch((error) => console.error("not answered:", error.message));
  },
  refused: (error) => {
    console.error("may not listen:", error.message);
    process.exitCode = 1;
    client.close();
  },
});

process.on("SIGINT", () => client.close());

async function createOrStay(error) {
  if (error instanceof ParleyError && error.code === "ALREADY_MEMBER") return;
  if (!(error instanceof ParleyError) || error.code !== "CHANNEL_NOT_FOUND") throw error;
  await client.createChannel({ id: channelId, name: channelId, public: true });
}
