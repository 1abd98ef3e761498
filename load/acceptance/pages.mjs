// Chromium pages with the client library, at the server's own address: each sends its part and keeps what it sees.
// Orders come line by line: "send COUNT" and "views HEAD"; each is answered by one line of JSON. Ends with its input.
// usage: node pages.mjs URL CHANNEL TOKEN...   with PARLEY_ROOT set
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { join } from "node:path";

const [url, channel, ...tokens] = process.argv.slice(2);
const root = process.env.PARLEY_ROOT;
const { chromium } = createRequire(join(root, "sdk-js/web/package.json"))("playwright-core");
const library = join(root, "sdk-js/packages/client/dist");
const place = "/acceptance/";
const html = `<!doctype html><title>acceptance</title><script type="module" src="${place}page.js"></script>`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
const pages = await Promise.all(tokens.map((token, index) => open(token, index)));
answer({ ready: pages.length });
for await (const line of createInterface({ input: process.stdin })) {
  const [order, number] = line.split(" ");
  if (order === "send") answer({ sent: await all((page) => page.evaluate((n) => parley.send(n), Number(number))) });
  else if (order === "views")
    answer({ views: await all((page) => page.evaluate((n) => parley.view(n), Number(number))) });
  else throw new Error(`unknown order ${line}`);
}
await browser.close();

function answer(body) {
  process.stdout.write(`${JSON.stringify(body)}\n`);
}

function all(act) {
  return Promise.all(pages.map(act));
}

/** A page whose files come from the repository, so that its origin is the server's. */
async function open(token, index) {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(60_000);
  page.on("pageerror", (error) => {
    process.stderr.write(`page ${index}: ${error.message}\n`);
  });
  await page.addInitScript((setup) => Object.assign(window, { setup }), { token, channel, name: `page-${index}` });
  await page.route(`**${place}**`, async (route) => {
    const path = new URL(route.request().url()).pathname.slice(place.length);
    if (path === "") return route.fulfill({ contentType: "text/html", body: html });
    const file = path === "page.js" ? join(import.meta.dirname, "page.js") : join(library, path.replace("client/", ""));
    return route.fulfill({ contentType: "text/javascript", body: await readFile(file, "utf8") });
  });
  await page.goto(url + place);
  await page.waitForFunction(() => window.parley?.ready);
  return page;
}
