// Somebody in front of the real web app: signs in with a token, writes with the composer, and reads what is shown.

/** What one awaited condition may take on a slow machine. */
const PATIENCE_MS = 120_000;
/** Messages under way at a time: few enough for the app, enough for some to be on their way when the server dies. */
const UNDER_WAY_MAX = 8;
const WHEEL_PX = 600;
/** Turns of the wheel from the end to the beginning; a thousand messages take about two hundred. */
const TURNS_MAX = 5_000;
const BYTES_EACH = 500;
const LATIN = "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor ";

export class AppPage {
  #page;
  #name;
  #problems = [];
  #wasDisturbed = false;

  constructor(page, name) {
    this.#page = page;
    this.#name = name;
  }

  /** Signs in and opens the channel as a person would. */
  static async open(browser, { url, token, name, channel }) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const self = new AppPage(await context.newPage(), name);
    const page = self.#page;
    page.setDefaultTimeout(PATIENCE_MS);
    page.on("pageerror", (error) => self.#problems.push(`failed: ${error.message}`));
    await page.goto(url);
    await page.getByRole("tab", { name: "With a token" }).click();
    await page.getByLabel("Access token").fill(token);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("navigation", { name: "Conversations" }).getByRole("link", { name: channel }).click();
    await page.getByRole("heading", { name: channel, level: 1 }).waitFor();
    await self.#box.waitFor();
    // A reload would forget this.
    await page.evaluate(() => Object.assign(window, { isTheFirstLoad: true }));
    await page.exposeFunction("sayDisturbed", () => {
      self.#wasDisturbed = true;
    });
    await page.evaluate(tellWhenDisturbed);
    return self;
  }

  get #box() {
    return this.#page.getByRole("textbox", { name: /^Message / });
  }

  get #isUnderWay() {
    return this.#page.locator('article[data-id=""]');
  }

  /** Types the beginning of each message, pastes the rest, and presses Enter; ends when none is under way any more. */
  async write(count) {
    const page = this.#page;
    for (let number = 1; number <= count; number++) {
      await page.waitForFunction(
        (most) => document.querySelectorAll('article[data-id=""]').length < most,
        UNDER_WAY_MAX,
      );
      const head = `${this.#name} ${number} `;
      await this.#box.pressSequentially(head);
      await page.keyboard.insertText(`${LATIN.repeat(7).slice(0, BYTES_EACH - head.length - 1)}.`);
      await this.#box.press("Enter");
    }
    await this.#isUnderWay.first().waitFor({ state: "detached" });
    return count;
  }

  /** All that the page shows, once it shows the message at `offset`: from the end back to the beginning. */
  async read(offset) {
    const page = this.#page;
    await page.locator(`article[data-offset="${offset}"]`).waitFor({ state: "attached" });
    await page.getByTestId("connection").waitFor({ state: "detached" });
    await page.getByRole("feed", { name: "Messages" }).hover();
    let shown = await page.evaluate(visibleRows);
    for (let turn = 0; !shown.isBeginning; turn++) {
      if (turn === TURNS_MAX) throw new Error(`${this.#name} does not get to the beginning`);
      await page.mouse.wheel(0, -WHEEL_PX);
      const next = await page.evaluate(visibleRows);
      shown = { isBeginning: next.isBeginning, rows: this.#joined(next.rows, shown.rows) };
    }
    const isFirstLoad = await page.evaluate(() => window.isTheFirstLoad === true);
    if (!isFirstLoad) this.#problems.push("was loaded again");
    if (!this.#wasDisturbed) this.#problems.push("did not notice that the server was gone");
    return { name: this.#name, problems: this.#problems, shown: shown.rows };
  }

  async picture(file) {
    const toLatest = this.#page.getByRole("button", { name: "Jump to latest" });
    if (await toLatest.isVisible()) await toLatest.click();
    await toLatest.waitFor({ state: "detached" });
    await this.#page.screenshot({ path: file });
  }

  /** Rows further up and rows seen before, which must overlap and agree where they do. */
  #joined(above, below) {
    const at = above.findIndex(({ id }) => id === below[0].id);
    if (at < 0) {
      this.#problems.push(`shows nothing between ${above.at(-1)?.offset} and ${below[0].offset}`);
      return [...above, ...below];
    }
    const overlap = above.slice(at);
    const differs = overlap.findIndex(({ id }, index) => id !== below[index]?.id);
    if (differs >= 0) this.#problems.push(`shows ${overlap[differs].id} where another was before`);
    return [...above.slice(0, at), ...below];
  }
}

/** In the page: says when the app tells its user that the connection is gone. */
function tellWhenDisturbed() {
  const observer = new MutationObserver(() => {
    if (!document.querySelector("[data-testid=connection]")) return;
    observer.disconnect();
    window.sayDisturbed();
  });
  observer.observe(document.body, { childList: true, subtree: true });
}

/** In the page, once it has painted: the rows in the document, and whether the first of all is among them. */
async function visibleRows() {
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  const feed = document.querySelector("[role=feed]");
  const rows = [...feed.querySelectorAll("article")].map((row) => ({
    id: row.dataset.id,
    offset: Number(row.dataset.offset),
    text: row.querySelector("[data-testid=message-text]")?.textContent ?? "",
  }));
  return { rows, isBeginning: feed.parentElement.parentElement.scrollTop === 0 && feed.style.paddingTop === "0px" };
}
