import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from "playwright-core";

const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const quiet = [
  "--no-sandbox",
  "--disable-dev-shm-usage",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What one awaited condition may take on a slow machine. */
const PATIENCE_MS = 45_000;

/** A headless Chromium with a profile of its own that nobody else uses. */
/** For pages with a camera and a microphone: made up, granted, and reachable on loopback. */
export const fakeMedia = [
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  "--autoplay-policy=no-user-gesture-required",
  "--allow-loopback-in-peer-connection",
  "--disable-features=WebRtcHideLocalIpsWithMdns",
];

export function launch(more: readonly string[] = []): Promise<Browser> {
  const executablePath = process.env["CHROMIUM"] ?? browsers.find(existsSync);
  if (executablePath === undefined) throw new Error("no Chromium found: install it, or set CHROMIUM to its path");
  return chromium.launch({ executablePath, args: [...quiet, ...more] });
}

/** Refusals of the content security policy and failures of the page; a server that is down is none of these. */
const isServerDown = (text: string): boolean => /ERR_CONNECTION|WebSocket connection|ERR_INTERNET/.test(text);

const require = createRequire(import.meta.url);
const axeSource = readFile(require.resolve("axe-core/axe.min.js"), "utf8");

/** Somebody in front of a page of their own. */
export class Person {
  readonly problems: string[] = [];

  private constructor(
    readonly name: string,
    readonly page: Page,
  ) {
    page.setDefaultTimeout(PATIENCE_MS);
    page.on("pageerror", (error) => this.problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" && !isServerDown(message.text())) this.problems.push(message.text());
    });
  }

  static async open(browser: Browser, url: string, name: string, options: BrowserContextOptions = {}): Promise<Person> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const person = new Person(name, await context.newPage());
    await person.page.goto(url);
    return person;
  }

  async joinAsGuest(): Promise<void> {
    await this.page.getByLabel("Your name").fill(this.name);
    await this.page.getByRole("button", { name: "Join as guest" }).click();
    await this.page.getByRole("navigation", { name: "Conversations" }).waitFor();
  }

  async createChannel(name: string, topic = ""): Promise<void> {
    await this.page.getByRole("button", { name: "Create a channel" }).click();
    await this.page.getByLabel("Name", { exact: true }).fill(name);
    await this.page.getByLabel("Topic (optional)").fill(topic);
    await this.page.getByRole("button", { name: "Create channel", exact: true }).click();
    await this.page.getByRole("heading", { name, level: 1 }).waitFor();
  }

  async joinChannel(name: string): Promise<void> {
    await this.page.getByRole("button", { name: "Browse channels" }).click();
    await this.page.getByLabel("Name begins with").fill(name);
    await this.page.getByRole("button", { name: `Join ${name}` }).click();
    await this.page.getByRole("heading", { name, level: 1 }).waitFor();
  }

  async openChannel(name: string): Promise<void> {
    await this.row(name).click();
    await this.page.getByRole("heading", { name, level: 1 }).waitFor();
  }

  async setStatus(text: string): Promise<void> {
    await this.page.getByRole("button", { name: /Your menu/ }).click();
    await this.chooseInMenu("Set a status…");
    await this.page.getByLabel("Status", { exact: true }).fill(text);
    await this.page.getByRole("button", { name: "Save status" }).click();
    await this.page.getByRole("dialog").waitFor({ state: "detached" });
  }

  async say(text: string): Promise<void> {
    const box = this.page.getByRole("textbox", { name: /^Message / });
    await box.fill(text);
    await box.press("Enter");
  }

  /** The channel's line in the list. */
  row(name: string): Locator {
    return this.page.getByRole("navigation", { name: "Conversations" }).getByRole("link", { name });
  }

  message(text: string): Locator {
    return this.page.getByRole("feed", { name: "Messages" }).getByRole("article").filter({ hasText: text });
  }

  async sees(text: string): Promise<void> {
    await this.message(text).first().waitFor();
  }

  /** Presses a button of a message's own bar. */
  async act(text: string, action: string): Promise<void> {
    await this.message(text).first().hover();
    await this.message(text).first().getByRole("button", { name: action }).click();
  }

  async chooseInMenu(item: string): Promise<void> {
    await this.page.getByRole("menuitem", { name: item }).click();
  }

  /** Colours that were on their way to another theme have arrived; what moves for ever is not waited for. */
  async settled(): Promise<void> {
    await this.page.evaluate(async () => {
      const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
      await frame(); // the new styles begin their transitions
      const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
      await Promise.allSettled(transitions.map(({ finished }) => finished));
      await frame();
    });
  }

  /** What axe-core finds wrong with the page as it is now, one line each. */
  async violations(): Promise<readonly string[]> {
    await this.page.evaluate(await axeSource);
    return this.page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
      interface Violation {
        readonly id: string;
        readonly nodes: readonly { readonly html: string }[];
      }
      const { violations } = await axe.run();
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
    });
  }
}
