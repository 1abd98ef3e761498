import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fakeMedia, launch, Person } from "./person.js";
import { Server } from "./server.js";

/** Pictures to look at; not kept in the repository. */
const pictures = fileURLToPath(new URL("../target/screenshots/", import.meta.url));
const PATIENCE_MS = 60_000;
const names = ["Eve Moneypenny", "Ada Lovelace", "Grace Hopper", "Linus"] as const;
const looks = [
  { size: "wide", colorScheme: "light", viewport: { width: 1440, height: 900 } },
  { size: "wide", colorScheme: "dark", viewport: { width: 1440, height: 900 } },
  { size: "narrow", colorScheme: "light", viewport: { width: 390, height: 844 } },
  { size: "narrow", colorScheme: "dark", viewport: { width: 390, height: 844 } },
] as const;

let server: Server;
let browser: Browser;
let people: readonly Person[];

beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  server = await Server.start();
  browser = await launch(fakeMedia);
  people = await Promise.all(names.map((name) => Person.open(browser, server.url, name)));
  for (const person of people) await person.joinAsGuest();
  await people[0]!.createChannel("quay");
  for (const person of people.slice(1)) await person.joinChannel("quay");
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

async function meet(person: Person): Promise<void> {
  await person.page.getByRole("button", { name: "Meet", exact: true }).click();
  await person.page.getByRole("button", { name: "Turn the camera off" }).waitFor();
  await person.page.getByRole("button", { name: "Join now" }).click();
  await person.page.getByTestId("room-status").waitFor();
}

/** Frames that this page has shown of each other person's picture, as the video elements count them. */
const framesSeen = ({ page }: Person): Promise<readonly number[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLVideoElement>("[data-testid=tile]:not([data-track='']) video")].map(
      (video) => video.getVideoPlaybackQuality().totalVideoFrames,
    ),
  );

async function everybodySees(count: number): Promise<void> {
  for (const person of people.slice(0, count)) {
    await expect
      .poll(async () => (await framesSeen(person)).filter((frames) => frames > 10).length, { timeout: PATIENCE_MS })
      .toBe(count - 1);
  }
}

async function look(state: string): Promise<void> {
  const { page } = people[0]!;
  for (const { size, colorScheme, viewport } of looks) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await people[0]!.settled();
    await page.screenshot({ path: `${pictures}room-${state}-${size}-${colorScheme}.png` });
    expect.soft(await people[0]!.violations(), `${state} ${size} ${colorScheme}`).toEqual([]);
  }
  await page.setViewportSize(looks[0].viewport);
}

describe("people in one room", () => {
  it("two see each other", async () => {
    await people[0]!.page.getByRole("button", { name: "Meet", exact: true }).click();
    await people[0]!.page.getByRole("button", { name: "Turn the camera off" }).waitFor();
    await look("door");
    await people[0]!.page.getByRole("button", { name: "Join now" }).click();
    await people[0]!.page.getByTestId("room-status").waitFor();
    await meet(people[1]!);
    await everybodySees(2);
  });

  it("four see each other", async () => {
    await meet(people[2]!);
    await meet(people[3]!);
    await everybodySees(4);
    await look("four");
  });

  it("a mute and a pin show, and statistics can be read", async () => {
    const [eve, ada] = people as readonly [Person, Person];
    await ada.page.getByRole("button", { name: "Mute", exact: true }).click();
    await eve.page.getByLabel("Ada Lovelace", { exact: true }).getByText("Muted").waitFor();
    await eve.page.getByRole("button", { name: "Pin Ada Lovelace" }).click();
    await eve.page.getByRole("button", { name: "Unpin Ada Lovelace" }).waitFor();
    await look("pinned");
    await eve.page.getByRole("button", { name: "Statistics", exact: true }).click();
    await eve.page.getByRole("heading", { name: "Ada Lovelace’s camera" }).waitFor();
    await look("statistics");
    await eve.page.getByRole("button", { name: "Close statistics" }).click();
  });

  it("whoever leaves is gone for the others", async () => {
    const [eve, , , linus] = people as readonly [Person, Person, Person, Person];
    await linus.page.getByRole("button", { name: "Leave" }).click();
    await linus.page.getByRole("heading", { name: "You left the meeting" }).waitFor();
    await eve.page.getByLabel("Linus", { exact: true }).waitFor({ state: "detached" });
    await everybodySees(3);
    expect(people.flatMap(({ problems }) => problems)).toEqual([]);
  });
});
