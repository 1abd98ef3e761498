import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch, Person } from "./person.js";
import { Server } from "./server.js";

/** Pictures to look at; not kept in the repository. */
const pictures = fileURLToPath(new URL("../target/screenshots/", import.meta.url));
const sizes = { wide: { width: 1280, height: 800 }, narrow: { width: 360, height: 740 } } as const;
const MESSAGES = 400;
const RENDERED_MAX = 120;

let server: Server;
let browser: Browser;

beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  server = await Server.start();
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  it.each(["wide", "narrow"] as const)("nothing on a %s page is against the rules of accessibility", async (size) => {
    const name = `look-${colorScheme}-${size}`;
    const eve = await Person.open(browser, server.url, "Eve Moneypenny", { viewport: sizes[size], colorScheme });
    const { page } = eve;
    const look = async (state: string): Promise<void> => {
      await page.screenshot({ path: `${pictures}${state}-${size}-${colorScheme}.png` });
      expect(await eve.violations(), state).toEqual([]);
    };
    await page.getByLabel("Your name").waitFor();
    await look("sign-in");
    await eve.joinAsGuest();
    await look("start");
    await eve.createChannel(name);
    await look("empty");
    await eve.say("Some **bold** words, `code`, and https://example.org");
    await eve.say("```\nlet answer = 42;\n```");
    await eve.message("answer").waitFor();
    await eve.act("Some bold words", "Add a reaction");
    await look("emoji");
    await page.getByRole("button", { name: "heart" }).click();
    await eve.message("Some bold words").getByRole("button", { name: /^❤️/ }).waitFor();
    await eve.act("Some bold words", "More actions");
    await page.getByRole("menuitem", { name: "Edit" }).waitFor();
    await look("menu");
    await page.keyboard.press("Escape");
    await look("busy");
    await page.getByRole("button", { name: /^Members/ }).click();
    await page.getByTestId("member").first().waitFor();
    await look("members");
    await page.getByRole("button", { name: "Close members" }).click();
    await eve.act("Some bold words", "Reply in thread");
    await page.getByRole("textbox", { name: "Reply" }).waitFor();
    await look("thread");
    expect(eve.problems).toEqual([]);
  });
});

describe("a long conversation", () => {
  it("scrolls back to its beginning with few rows in the document and without a jump", async () => {
    const frank = await Person.open(browser, server.url, "Frank");
    await frank.joinAsGuest();
    await frank.createChannel("long");
    for (let number = 1; number <= MESSAGES; number++) await frank.say(`number ${number} of many`);
    await frank.message(`number ${MESSAGES} of many`).waitFor();
    await frank.page.reload();
    await frank.message(`number ${MESSAGES} of many`).waitFor();
    await frank.page.getByRole("feed", { name: "Messages" }).hover();
    const seen = new Set<number>();
    for (let turns = 0; turns < 200 && !seen.has(1); turns++) {
      const shown = await frank.page.getByRole("article").allTextContents();
      expect(shown.length).toBeLessThan(RENDERED_MAX);
      for (const text of shown) seen.add(Number(/number (\d+) of/.exec(text)?.[1]));
      await frank.page.mouse.wheel(0, -700);
      await frank.page.waitForTimeout(30); // the wheel is animated
    }
    expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: MESSAGES }, (_, index) => index + 1));
    await frank.page.getByRole("button", { name: "Jump to latest" }).click();
    await frank.message(`number ${MESSAGES} of many`).waitFor();
  });
});
