// Chromium pages in a room, with a made-up camera and microphone and the JavaScript SDK as it was built.
// Orders come line by line, and each is answered by one line of JSON; ends with its input.
//   codecs                 -> {codecs}: the video codecs that this build of Chromium sends
//   encode CODEC           -> {frames}: a short moving picture, encoded; null when this build does not encode it
//   join ROOM CODEC        -> {joined}: all pages are let in
//   view HEIGHT            -> {told}: all pages show everybody this high
//   read                   -> {views}: what each page receives of everybody, and what it sends
//   picture FOLDER         -> {taken}: a picture of each page
//   leave                  -> {left}
// usage: node pages.mjs URL NAME=TOKEN...   with PARLEY_ROOT set
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { join, normalize } from "node:path";

const PATIENCE_MS = 60_000;
const ENTER_MS = 30_000;
const [url, ...people] = process.argv.slice(2);
const root = process.env.PARLEY_ROOT;
const sdk = join(root, "sdk-js/packages/client/dist");
const { chromium } = createRequire(join(root, "sdk-js/web/package.json"))("playwright-core");
const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? browsers.find(existsSync),
  args: [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--allow-loopback-in-peer-connection",
    // A page that did not come over the network may not open sockets to loopback otherwise.
    "--disable-features=WebRtcHideLocalIpsWithMdns,LocalNetworkAccessChecks",
  ],
});
try {
  await obey();
} finally {
  await browser.close();
}

async function obey() {
  const pages = await Promise.all(people.map(open));
  answer({ ready: pages.length });
  const each = (act) => Promise.all(pages.map(act));
  const orders = {
    codecs: async () => ({ codecs: await pages[0].evaluate(() => window.codecs()) }),
    encode: async (codec) => ({ frames: await pages[0].evaluate((name) => window.encode(name), codec) }),
    join: async (roomId, codec) => ({
      joined: await each((page) => page.evaluate((how) => window.join(how), { roomId, codec })),
    }),
    view: async (height) => ({ told: await each((page) => page.evaluate((it) => window.view(it), Number(height))) }),
    read: async () => ({ views: await each((page) => page.evaluate(() => window.read())) }),
    picture: async (folder) => ({
      taken: await each((page, index) => page.screenshot({ path: join(folder, `${index}.png`) })),
    }),
    leave: async () => ({ left: await each((page) => page.evaluate(() => window.leave())) }),
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const [order, ...words] = line.split(" ");
    const { taken, ...result } = await orders[order](...words);
    answer(taken ? { taken: taken.length } : result);
  }
}

/** A page of the server's own origin, whose content is ours: the SDK needs nothing else. */
async function open(person) {
  const [name, token] = person.split("=", 2);
  const context = await browser.newContext({ viewport: { width: 640, height: 480 } });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on("pageerror", (error) => process.stderr.write(`${name}: ${error.message}\n`));
  await page.route(`${url}/calls/**`, serve);
  await page.goto(`${url}/calls/page.html`);
  await page.waitForFunction(() => window.enter !== undefined);
  await page.evaluate((who) => window.enter(who), { url, name, token, mostMs: ENTER_MS });
  return page;
}

async function serve(route) {
  const path = normalize(new URL(route.request().url()).pathname).slice("/calls/".length);
  const isSdk = path.startsWith("sdk/");
  const file = isSdk ? join(sdk, path.slice("sdk/".length)) : join(import.meta.dirname, path);
  await route.fulfill({
    body: await readFile(file),
    contentType: path.endsWith(".html") ? "text/html" : "text/javascript",
  });
}

function answer(body) {
  process.stdout.write(`${JSON.stringify(body)}\n`);
}
