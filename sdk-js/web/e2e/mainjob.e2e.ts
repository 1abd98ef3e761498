import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

/** The small form of `./parley soak mainjob`. */
const MESSAGES = 60;
const TIMEOUT_MS = 220_000;
const root = fileURLToPath(new URL("../../../", import.meta.url));
let folder: string;

interface Result {
  readonly stored: number;
  readonly histories: readonly { readonly whose: string; readonly equalToTheLog: boolean }[];
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parley-mainjob-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Runs a program in the folder of the load drivers; rejects with what it said when it fails or takes too long. */
async function run(command: string, words: readonly string[]): Promise<void> {
  const env = { ...process.env, PARLEY_ROOT: root, PARLEY_AS_BUILT: "1" };
  const program = spawn(command, words, { cwd: join(root, "load"), env, timeout: TIMEOUT_MS });
  let said = "";
  for (const stream of [program.stdout, program.stderr]) stream.on("data", (text: Buffer) => (said += text.toString()));
  await new Promise<void>((resolve, reject) => {
    program.once("error", reject);
    program.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(said));
    });
  });
}

it("two pages and a Go client end with the same history though the server is killed half way", async () => {
  const json = join(folder, "result.json");
  const program = join(folder, "acceptance");
  await run("go", ["build", "-o", program, "./acceptance"]);
  await run(program, ["-messages", `${MESSAGES}`, "-json", json, "-pictures", folder]);
  const { stored, histories } = JSON.parse(await readFile(json, "utf8")) as Result;
  expect(stored).toBe(MESSAGES);
  expect(histories.map(({ whose }) => whose)).toEqual(["the stored log", "the Go client", "ada's page", "bob's page"]);
  expect(histories.every(({ equalToTheLog }) => equalToTheLog)).toBe(true);
});
