import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch, Person } from "./person.js";
import { Server } from "./server.js";

/** Pictures to look at; not kept in the repository. */
const pictures = fileURLToPath(new URL("../target/screenshots/", import.meta.url));
const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } } as const;
const looks = [
  { size: "wide", scheme: "light" },
  { size: "wide", scheme: "dark" },
  { size: "narrow", scheme: "light" },
  { size: "narrow", scheme: "dark" },
] as const;

type Look = (typeof looks)[number];

const channel = "harbour-plans";
const ownChannel = "tea";
let server: Server;
let browser: Browser;
let eve: Person;
let everybody: readonly Person[];

beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  server = await Server.start();
  browser = await launch();
  everybody = await Promise.all(
    ["Eve Moneypenny", "Ada Lovelace", "Grace Brewster Murray Hopper", "Linus"].map((name) =>
      Person.open(browser, server.url, name),
    ),
  );
  for (const person of everybody) await person.joinAsGuest();
  eve = everybody[0]!;
  await setTheScene();
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Four people, two channels, a direct conversation; quotes, threads, reactions, mentions, pins, presence. */
async function setTheScene(): Promise<void> {
  const [, ada, grace, linus] = everybody as readonly [Person, Person, Person, Person];
  await ada.createChannel(channel, "Where the boats go, and when");
  for (const person of [eve, grace, linus]) await person.joinChannel(channel);
  await ada.say("Good morning! The **new quay** opens at 10:00, see https://example.org/harbour for the plan.");
  await ada.say("Bring `boots`.");
  await grace.sees("Bring boots");
  await grace.act("Good morning!", "Quote");
  await grace.say("Ten is late for the tide. Could we make it nine?");
  await linus.sees("Could we make it nine?");
  await linus.say("```\ntide(low) = 08:42\ntide(high) = 14:57\n```");
  await linus.say(
    "I looked it up. At low tide the slipway is dry for about two hours, so whoever brings the big boat should be " +
      "there by half past eight, and the others may take their time. _No need to hurry._",
  );
  await eve.sees("No need to hurry");
  for (const [person, text, emoji] of [
    [ada, "Could we make it nine?", "thumbs up"],
    [linus, "Could we make it nine?", "thumbs up"],
    [eve, "Could we make it nine?", "heart"],
    [grace, "Good morning!", "party"],
  ] as const) {
    await person.act(text, "Add a reaction");
    await person.page.getByRole("button", { name: emoji }).click();
  }
  await reply(ada, "Could we make it nine?", "Nine is fine with me");
  await reply(linus, "Could we make it nine?", "With me too, but I bring no coffee");
  await reply(eve, "Could we make it nine?", "I bring coffee for all");
  await ada.act("Good morning!", "More actions");
  await ada.chooseInMenu("Pin to channel");
  await mention(grace, "Eve Moneypenny", "can you bring the keys?");
  await eve.message("can you bring the keys?").waitFor();
  await eve.say("🔑");
  await ada.createChannel("weather");
  await eve.joinChannel("weather");
  await linus.joinChannel("weather");
  await linus.say("Gusts from the west tonight");
  await eve.sees("Gusts from the west");
  await writeTo(eve, "Ada Lovelace", "Are you there already?");
  await ada.row("Eve Moneypenny").waitFor();
  await eve.openChannel(channel);
  await mention(linus, "Eve Moneypenny", "the weather is yours", "weather");
  await grace.page.getByRole("button", { name: /Your menu/ }).click();
  await grace.page.getByRole("menuitemradio", { name: "Away" }).click();
  await grace.page.keyboard.press("Escape");
  await linus.setStatus("On the water until five");
  await eve.createChannel(ownChannel); // guests invite only to what is theirs
}

async function reply(person: Person, to: string, text: string): Promise<void> {
  await person.act(to, "Reply in thread");
  const box = person.page.getByRole("textbox", { name: "Reply" });
  await box.fill(text);
  await box.press("Enter");
  await person.page.getByRole("complementary", { name: "Thread" }).getByText(text).waitFor();
  await person.page.getByRole("button", { name: "Close thread" }).click();
}

async function mention(person: Person, name: string, text: string, where = channel): Promise<void> {
  await person.openChannel(where);
  const box = person.page.getByRole("textbox", { name: /^Message / });
  await box.pressSequentially(`@${name.slice(0, 3)}`);
  await person.page.getByRole("option", { name: new RegExp(name) }).waitFor();
  await box.press("Enter");
  await box.pressSequentially(text);
  await box.press("Enter");
}

async function writeTo(person: Person, name: string, text: string): Promise<void> {
  await person.page.getByRole("button", { name: "New direct message" }).click();
  await person.page.getByRole("dialog").getByText(name).click();
  await person.page.getByRole("dialog").getByRole("button", { name: "Open conversation" }).click();
  await person.page.getByRole("heading", { name, level: 1 }).waitFor();
  await person.say(text);
}

/** Takes a picture of the page as it is, and holds it against the rules of accessibility. */
async function look(state: string, { size, scheme }: Look): Promise<void> {
  await eve.page.screenshot({ path: `${pictures}scene-${state}-${size}-${scheme}.png` });
  expect.soft(await eve.violations(), state).toEqual([]);
}

async function dress({ size, scheme }: Look): Promise<void> {
  await eve.page.setViewportSize(sizes[size]);
  await eve.page.emulateMedia({ colorScheme: scheme });
}

describe.each(looks)("on a $size $scheme page", (as) => {
  it("a lively channel, its thread, members and pins are readable for everybody", async () => {
    await dress(as);
    const { page } = eve;
    await page.goto(`${server.url}#/`);
    await eve.row(channel).waitFor();
    await look("list", as);
    await eve.openChannel(channel);
    await eve.sees("can you bring the keys?");
    await look("channel", as);
    await eve
      .message("Could we make it nine?")
      .getByRole("button", { name: /3 replies/ })
      .click();
    await page.getByRole("complementary", { name: "Thread" }).getByText("I bring coffee for all").waitFor();
    await look("thread", as);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Members/ }).click();
    await page.getByText("On the water until five").waitFor();
    await look("members", as);
    await page.getByRole("button", { name: "Close members" }).click();
    await page.getByRole("button", { name: /^Pinned messages/ }).click();
    await page.getByRole("complementary", { name: "Pinned messages" }).getByText("new quay").waitFor();
    await look("pins", as);
    await page.getByRole("button", { name: "Close pinned messages" }).click();
  });

  it("every dialog and menu is too", async () => {
    await dress(as);
    const { page } = eve;
    const dialog = async (state: string, open: () => Promise<void>): Promise<void> => {
      await open();
      await page.getByRole("dialog").waitFor();
      await look(state, as);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    };
    await page.goto(`${server.url}#/`);
    for (const name of ["Create a channel", "Browse channels", "New direct message"])
      await dialog(name.toLowerCase().replaceAll(" ", "-"), () => page.getByRole("button", { name }).click());
    await page.getByRole("button", { name: /Your menu/ }).click();
    await page.getByRole("menuitem", { name: "Set a status…" }).waitFor();
    await look("own-menu", as);
    await dialog("status", () => eve.chooseInMenu("Set a status…"));
    await eve.openChannel(ownChannel);
    await dialog("invite", async () => {
      await page.getByRole("button", { name: "Channel menu" }).click();
      await eve.chooseInMenu("Invite people…");
    });
    await page.goto(`${server.url}#/`);
    await eve.openChannel(channel);
    await dialog("delete", async () => {
      await eve.act("🔑", "More actions");
      await eve.chooseInMenu("Delete…");
    });
  });
});

describe("a reader with keys alone", () => {
  it("skips the list of conversations with the first of all stops", async () => {
    const { page } = eve;
    await dress(looks[0]);
    await page.goto(`${server.url}#/`);
    await eve.openChannel(channel);
    const { hash } = new URL(page.url());
    const link = page.getByRole("link", { name: "Skip to the conversation" });
    const isFirst = await link.evaluate(
      (it) => document.querySelector("a, button, input, textarea, [tabindex='0']") === it,
    );
    expect(isFirst).toBe(true);
    await link.focus();
    await expect
      .poll(() => link.evaluate((it) => it.getBoundingClientRect().top), { timeout: 45_000 })
      .toBeGreaterThan(0);
    await look("skip", looks[0]);
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("conversation");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("main")?.id)).toBe("conversation");
    expect(new URL(page.url()).hash).toBe(hash);
  });
});

describe("while the server is away", () => {
  it("the page says so, readable in every look", async () => {
    await server.kill();
    await eve.page.getByTestId("connection").waitFor();
    for (const as of looks) {
      await dress(as);
      await eve.page.getByTestId("connection").waitFor();
      await look("reconnecting", as);
    }
    await server.start();
    await eve.page.getByTestId("connection").waitFor({ state: "detached" });
  });

  it("nothing of all this was a failure of the page's own", () => {
    expect(everybody.flatMap(({ problems }) => problems)).toEqual([]);
  });
});
