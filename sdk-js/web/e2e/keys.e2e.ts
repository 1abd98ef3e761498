import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch, Person } from "./person.js";
import { Server } from "./server.js";

const STOPS_MAX = 40;

let server: Server;
let browser: Browser;

beforeAll(async () => {
  server = await Server.start();
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Resolves when `target` has the focus. */
const hasFocus = (target: Locator): Promise<void> =>
  expect.poll(() => target.evaluate((element) => element === document.activeElement), { timeout: 45_000 }).toBe(true);

/** Resolves when the message with this text, or something in it, has the focus. */
const focusIsAt = (page: Page, text: string): Promise<void> =>
  expect
    .poll(() => page.evaluate(() => document.activeElement?.closest("article")?.textContent ?? "none"), {
      timeout: 45_000,
    })
    .toContain(text);

/** Presses `key` until `target` has the focus, which must be within reach. */
async function walkTo(person: Person, target: Locator, key: "Tab" | "Shift+Tab"): Promise<void> {
  for (let stops = 0; stops < STOPS_MAX; stops++) {
    await person.page.keyboard.press(key);
    const isThere = (await target.count()) > 0 && (await target.evaluate((it) => it === document.activeElement));
    if (isThere) return;
  }
  throw new Error(`${key} does not lead to ${String(target)}`);
}

describe("with keys alone somebody", () => {
  it("signs in, makes a channel, writes, reacts, edits, replies in a thread and is back where they were", async () => {
    const carol = await Person.open(browser, server.url, "Carol Shaw");
    const { page } = carol;
    const { keyboard } = page;
    await page.getByLabel("Your name").waitFor();
    await walkTo(carol, page.getByLabel("Your name"), "Tab");
    await keyboard.type("Carol Shaw");
    await keyboard.press("Enter");
    const create = page.getByRole("button", { name: "Create a channel" });
    await create.waitFor();
    await walkTo(carol, create, "Tab");
    await keyboard.press("Enter");
    await hasFocus(page.getByLabel("Name", { exact: true }));
    await keyboard.type("keys");
    await keyboard.press("Enter");

    const box = page.getByRole("textbox", { name: /^Message / });
    await hasFocus(box);
    for (const text of ["first", "second"]) {
      await keyboard.type(text);
      await keyboard.press("Enter");
      await carol.message(text).waitFor();
    }

    await walkTo(carol, carol.message("second"), "Shift+Tab");
    await keyboard.press("ArrowUp");
    const first = carol.message("first");
    await hasFocus(first);
    await walkTo(carol, first.getByRole("button", { name: "Add a reaction" }), "Tab");
    await keyboard.press("Enter");
    await hasFocus(page.getByRole("button", { name: "thumbs up" }));
    await keyboard.press("ArrowRight");
    await keyboard.press("ArrowRight");
    await hasFocus(page.getByRole("button", { name: "heart" }));
    await keyboard.press("Enter");
    await first.getByRole("button", { name: "❤️, 1" }).waitFor();
    await hasFocus(first.getByRole("button", { name: "Add a reaction" }));

    await walkTo(carol, first.getByRole("button", { name: "More actions" }), "Tab");
    await keyboard.press("Enter");
    await hasFocus(page.getByRole("menuitem", { name: "Edit" }));
    await keyboard.press("Enter");
    await hasFocus(box);
    await keyboard.type(" of all");
    await keyboard.press("Enter");
    const edited = carol.message("first of all");
    await edited.getByText("(edited)").waitFor();

    await walkTo(carol, carol.page.getByRole("article").first(), "Shift+Tab");
    const reply = edited.getByRole("button", { name: "Reply in thread" });
    await walkTo(carol, reply, "Tab");
    await keyboard.press("Enter");
    const thread = page.getByRole("complementary", { name: "Thread" });
    await hasFocus(thread.getByRole("heading", { name: "Thread" }));
    await walkTo(carol, thread.getByRole("textbox", { name: "Reply" }), "Tab");
    await keyboard.type("a reply");
    await keyboard.press("Enter");
    await thread.getByText("a reply").waitFor();
    await keyboard.press("Escape");
    await thread.waitFor({ state: "detached" });
    await focusIsAt(page, "first of all");

    // Who asks for the thread and has gone on before it shows is back at the message all the same.
    await walkTo(carol, reply, "Tab");
    await box.evaluate((it) => {
      (document.activeElement as HTMLElement).click();
      it.focus();
    });
    await hasFocus(thread.getByRole("heading", { name: "Thread" }));
    await keyboard.press("Escape");
    await thread.waitFor({ state: "detached" });
    await focusIsAt(page, "first of all");
    expect(carol.problems).toEqual([]);
  });
});
