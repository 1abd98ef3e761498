import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const START_MS = 90_000;
const STOP_MS = 30_000;
const OUTPUT_MAX = 20_000;

/** The real server on a data folder of its own; it can be killed and started again on the same folder and port. */
export class Server {
  readonly #command = process.env["PARLEY_COMMAND"] ?? fileURLToPath(new URL("../../../parley", import.meta.url));
  readonly #data: string;
  #process: ChildProcess | undefined;
  url = "";

  private constructor(data: string) {
    this.#data = data;
  }

  static async start(): Promise<Server> {
    const server = new Server(await mkdtemp(join(tmpdir(), "parley-e2e-")));
    await server.start();
    return server;
  }

  /** Resolves with the ready line. A second start takes the port of the first. */
  async start(): Promise<void> {
    const port = this.url === "" ? "0" : new URL(this.url).port;
    const child = spawn(this.#command, ["up", "--data", this.#data, "--http", port], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    let output = "";
    this.url = await new Promise<string>((resolve, reject) => {
      const fail = (why: string): void => {
        reject(new Error(`${why}\n${output}`));
      };
      const timer = setTimeout(fail, START_MS, "the server was not ready in time");
      const read = (chunk: Buffer): void => {
        output = (output + chunk.toString()).slice(-OUTPUT_MAX);
        const ready = /ready (http:\/\/\S+)/.exec(output)?.[1];
        if (ready === undefined) return;
        clearTimeout(timer);
        resolve(ready);
      };
      child.stdout.on("data", read);
      child.stderr.on("data", read);
      child.once("exit", (code) => {
        clearTimeout(timer);
        fail(`the server ended with ${code ?? "a signal"}`);
      });
    });
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  async stop(): Promise<void> {
    await this.#end("SIGTERM");
    await rm(this.#data, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) =>
      child.once("exit", () => {
        resolve();
      }),
    );
    child.kill(signal);
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    await ended;
    clearTimeout(timer);
  }
}
