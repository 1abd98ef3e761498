import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch, Person } from "./person.js";
import { Server } from "./server.js";

let server: Server;
let browser: Browser;
let ada: Person;
let bob: Person;
const channel = `harbour-${Date.now().toString(36)}`;

beforeAll(async () => {
  server = await Server.start();
  browser = await launch();
  ada = await Person.open(browser, server.url, "Ada Lovelace");
  bob = await Person.open(browser, server.url, "Bob Hope");
  await ada.joinAsGuest();
  await bob.joinAsGuest();
  await ada.createChannel(channel);
  await bob.joinChannel(channel);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

describe("two people in a channel", () => {
  it("see each other's messages at once", async () => {
    await ada.say("Hello from **Ada**");
    await bob.sees("Hello from Ada");
    await bob.say("And from Bob");
    await ada.sees("And from Bob");
  });

  it("see who is typing", async () => {
    // The line lasts six seconds: it is awaited while Bob types, not after.
    const seen = ada.page.getByText("Bob Hope is typing…").waitFor();
    await bob.page.getByRole("textbox", { name: /^Message / }).pressSequentially("well, let me see");
    await seen;
    await bob.page.getByRole("textbox", { name: /^Message / }).fill("");
    await ada.page.getByText("Bob Hope is typing…").waitFor({ state: "detached" });
  });

  it("see edits, which Up begins and Enter saves", async () => {
    const box = ada.page.getByRole("textbox", { name: /^Message / });
    await ada.say("A tpyo");
    await bob.sees("A tpyo");
    await box.press("ArrowUp");
    await box.fill("A typo, mended");
    await box.press("Enter");
    await bob.sees("A typo, mended");
    await bob.message("A typo, mended").getByText("(edited)").waitFor();
  });

  it("see reactions and join in", async () => {
    await bob.act("A typo, mended", "Add a reaction");
    await bob.page.getByRole("button", { name: "party" }).click();
    await ada.message("A typo, mended").getByRole("button", { name: "🎉, 1" }).click();
    await bob.message("A typo, mended").getByRole("button", { name: "🎉, 2" }).waitFor();
  });

  it("talk in a thread", async () => {
    await bob.act("A typo, mended", "Reply in thread");
    const reply = bob.page.getByRole("textbox", { name: "Reply" });
    await reply.fill("Thank you");
    await reply.press("Enter");
    await ada
      .message("A typo, mended")
      .getByRole("button", { name: /1 reply/ })
      .click();
    const thread = ada.page.getByRole("complementary", { name: "Thread" });
    await thread.getByText("Thank you").waitFor();
    await thread.getByRole("textbox", { name: "Reply" }).fill("Any time");
    await thread.getByRole("textbox", { name: "Reply" }).press("Enter");
    await bob.page.getByRole("complementary", { name: "Thread" }).getByText("Any time").waitFor();
    for (const { page } of [ada, bob]) await page.getByRole("button", { name: "Close thread" }).click();
  });

  it("quote, pin and delete", async () => {
    await bob.act("Hello from Ada", "Quote");
    await bob.say("Quoting you");
    await ada
      .message("Quoting you")
      .getByRole("button", { name: /Quoted from/ })
      .waitFor();
    await ada.act("And from Bob", "More actions");
    await ada.chooseInMenu("Pin to channel");
    await bob.page.getByRole("button", { name: "Pinned messages (1)" }).waitFor();
    await ada.say("Not for long");
    await bob.sees("Not for long");
    await ada.act("Not for long", "More actions");
    await ada.chooseInMenu("Delete…");
    await ada.page.getByRole("button", { name: "Delete", exact: true }).click();
    await bob.sees("This message was deleted.");
  });

  it("see who has read", async () => {
    await bob.page.bringToFront();
    await bob.say("Did you see this?");
    await ada.page.bringToFront();
    await ada.sees("Did you see this?");
    await bob.page.getByText("Seen by Ada Lovelace").waitFor({ state: "attached" });
  });

  it("count what waits in another channel, a mention louder, and mark where reading ended", async () => {
    await ada.createChannel(`${channel}-quay`);
    await bob.say("You are away");
    const box = bob.page.getByRole("textbox", { name: /^Message / });
    await box.fill("");
    await box.pressSequentially("Look, @ada");
    await bob.page.getByRole("option", { name: /Ada Lovelace/ }).waitFor();
    await box.press("Enter");
    await box.press("Enter");
    await ada.row(channel).first().getByText("@1").waitFor();
    await ada.row(channel).first().click();
    await ada.page.getByTestId("new-messages").waitFor();
    await ada.message("Look, @Ada Lovelace").waitFor();
    await ada.page.getByTestId("unread").waitFor({ state: "detached" });
  });

  it("see each other come and go", async () => {
    await ada.page.getByRole("button", { name: /^Members/ }).click();
    const line = ada.page.getByTestId("member").filter({ hasText: "Bob Hope" });
    await line.getByText("Online").waitFor();
    for (const [choice, seen] of [
      ["Away", "Away"],
      ["Invisible", "Offline"],
      ["Online", "Online"],
    ] as const) {
      await bob.page.getByRole("button", { name: /Your menu/ }).click();
      await bob.page.getByRole("menuitemradio", { name: choice }).click();
      await bob.page.keyboard.press("Escape");
      await line.getByText(seen).waitFor();
    }
    await ada.page.getByRole("button", { name: "Close members" }).click();
  });
});

describe("a page", () => {
  it("lives on when the server is killed and comes back, and sends what was written meanwhile", async () => {
    await server.kill();
    await ada.page.getByTestId("connection").waitFor();
    await ada.say("Written in the dark");
    await server.start();
    await bob.sees("Written in the dark");
    await bob.say("The light is back");
    await ada.sees("The light is back");
    await ada.page.getByTestId("connection").waitFor({ state: "detached" });
    expect(await ada.message("Written in the dark").count()).toBe(1);
  });

  it("is the same after a reload", async () => {
    await ada.page.reload();
    await ada.sees("Written in the dark");
  });

  it("says in words why a token is refused", async () => {
    const dave = await Person.open(browser, server.url, "Dave");
    await dave.page.getByRole("tab", { name: "With a token" }).click();
    await dave.page.getByLabel("Access token").fill("nonsense");
    await dave.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await dave.page.getByText("The server does not accept this token.").first().waitFor();
  });

  it("met no refusal of the content security policy and no failure of its own", () => {
    expect([...ada.problems, ...bob.problems]).toEqual([]);
  });
});
