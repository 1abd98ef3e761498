// Chromium pages with the web app as the server serves it: each writes its part and reads what it shows.
// Orders come line by line: "write COUNT...", one count for each page, and "read OFFSET"; each is answered by one line
// of JSON. Ends with its input.
// usage: node pages.mjs URL CHANNEL PICTURES NAME=TOKEN...   with PARLEY_ROOT set
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { AppPage } from "./appPage.mjs";

const [url, channel, pictures, ...people] = process.argv.slice(2);
const { chromium } = createRequire(join(process.env.PARLEY_ROOT, "sdk-js/web/package.json"))("playwright-core");
const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? browsers.find(existsSync),
  args: [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
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
  for await (const line of createInterface({ input: process.stdin })) {
    const [order, ...numbers] = line.split(" ");
    if (order === "write") {
      answer({ written: await Promise.all(pages.map((page, index) => page.write(Number(numbers[index])))) });
    } else if (order === "read") {
      const views = await Promise.all(pages.map((page) => page.read(Number(numbers[0]))));
      for (const [index, page] of pages.entries()) await page.picture(join(pictures, `${views[index].name}.png`));
      answer({ views });
    } else throw new Error(`unknown order ${line}`);
  }
}

function open(person) {
  const [name, token] = person.split("=", 2);
  return AppPage.open(browser, { url, token, name, channel });
}

function answer(body) {
  process.stdout.write(`${JSON.stringify(body)}\n`);
}
