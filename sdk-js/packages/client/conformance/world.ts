import { setMaxListeners } from "node:events";
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { createGuest, ParleyError, type ClientOptions } from "../src/index.js";
import { isMap, mismatch, textOf, type Json, type JsonMap } from "./match.js";
import { asJson, Person } from "./person.js";
import { resolve, Step, type Scenario } from "./scenario.js";
import { actions } from "./steps.js";

/** Where the server is and what an operator can do to it. */
export interface Environment {
  readonly url: string;
  readonly hook: string;
}

const run = promisify(execFile);
const HOOK_TIMEOUT_MS = 120_000;
const LOOK_AGAIN_MS = 100;

/** One scenario being played. */
export class World {
  readonly people = new Map<string, Person>();
  readonly #environment: Environment;
  readonly #run = randomBytes(5).toString("hex");
  readonly #kept = new Map<string, Json>();
  readonly #userIds = new Map<string, string>();
  readonly #channelIds = new Map<string, string>();

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  async play(scenario: Scenario): Promise<void> {
    try {
      for (const [i, fields] of scenario.steps.entries()) await this.#step(i + 1, fields);
      for (const [name, person] of this.people) {
        try {
          person.check();
        } catch (error) {
          throw new Error(`in the end, ${name}`, { cause: error });
        }
      }
    } finally {
      for (const person of this.people.values()) person.close();
    }
  }

  person(step: Step): Person {
    const person = this.people.get(step.text("client"));
    if (!person) throw new Error(`${step.text("client")} is not connected`);
    return person;
  }

  userId(name: string): string {
    return name.startsWith("@") ? name : (this.#userIds.get(name) ?? `${name}-${this.#run}`);
  }

  channelId(name: string): string {
    return this.#channelIds.get(name) ?? `${name}-${this.#run}`;
  }

  /** Rooms are named as channels are, and never have an id of the server's. */
  roomId(name: string): string {
    return `${name}-${this.#run}`;
  }

  nameChannel(name: string, id: string): void {
    this.#channelIds.set(name, id);
  }

  /** The id of a kept message; a name under which nothing is kept stands for itself. */
  messageId(name: string): string {
    const kept = this.#kept.get(name);
    return isMap(kept) ? textOf(kept["id"]) : name;
  }

  kept(name: string): JsonMap {
    const value = this.#kept.get(name);
    if (!isMap(value)) throw new Error(`no result is kept as ${name}`);
    return value;
  }

  async hook(...args: readonly string[]): Promise<string> {
    const { stdout } = await run(this.#environment.hook, [...args], { timeout: HOOK_TIMEOUT_MS });
    return stdout.trim();
  }

  /** How many sockets the server has closed with this code, as its metrics tell. */
  async closes(code: number): Promise<number> {
    const metrics = await (await fetch(new URL("/metrics", this.#environment.url))).text();
    return Number(new RegExp(`^parley_gateway_closes_total\\{code="${code}"\\} (.*)$`, "m").exec(metrics)?.[1] ?? 0);
  }

  async connect(step: Step): Promise<Person> {
    const name = step.text("client");
    const userId = this.userId(step.optionalText("user") ?? name);
    this.#userIds.set(name, userId);
    const mint = (ttl: number): Promise<string> =>
      this.hook("token", userId, String(ttl), step.list("roles").join() || "-", step.text("tenant") || "-");
    let ttl = step.number("firstTtlSeconds");
    let fixed: Promise<string> | undefined;
    const token = (): Promise<string> => {
      const life = ttl ?? step.number("ttlSeconds") ?? 3_600;
      ttl = undefined;
      return step.flag("fixedToken") ? (fixed ??= mint(life)) : mint(life);
    };
    return this.#meet(name, token);
  }

  async guest(step: Step): Promise<Person> {
    const guest = await createGuest({ url: this.#environment.url, name: step.text("name") });
    this.#userIds.set(step.text("client"), guest.user?.id ?? "");
    return this.#meet(step.text("client"), () => guest.token);
  }

  async #meet(name: string, token: ClientOptions["token"]): Promise<Person> {
    this.people.get(name)?.close();
    const person = await Person.start(new URL(this.#environment.url), token);
    this.people.set(name, person);
    return person;
  }

  readonly #lookup = (reference: string): Json | undefined => {
    const [name = "", ...path] = reference.split(".");
    if (this.#kept.has(name) && path.length > 0) {
      let value = this.#kept.get(name);
      for (const part of path) value = isMap(value) ? value[part] : undefined;
      return value;
    }
    if (name === "i" || path.length > 0) return undefined;
    return this.#userIds.get(name) ?? this.#channelIds.get(name) ?? `${name}-${this.#run}`;
  };

  async #step(number: number, fields: JsonMap): Promise<void> {
    const step = new Step(resolve(fields, this.#lookup) as JsonMap);
    const playing = this.#attempt(step).catch((error: unknown) => {
      throw new Error(`step ${number} ${step.toString()}: ${String(error)}`, { cause: error });
    });
    if (!step.flag("detached")) return playing;
    playing.catch(() => undefined); // settle looks at it
    this.person(step).detached.push(playing);
    return undefined;
  }

  async #attempt(step: Step): Promise<void> {
    const signal = AbortSignal.timeout(step.withinMs);
    setMaxListeners(0, signal); // one step may make many requests at once
    for (;;) {
      const result = await this.#result(step, signal);
      const expected = step.value("expect");
      const wrong = expected === undefined ? undefined : mismatch(expected, result);
      if (wrong === undefined) {
        if (step.text("as") !== "") this.#kept.set(step.text("as"), result);
        return;
      }
      if (!step.flag("eventually") || signal.aborted) throw new Error(wrong);
      await new Promise((look) => setTimeout(look, LOOK_AGAIN_MS));
    }
  }

  /** The result, or with `error` in the step: the error, as patterns look at it. */
  async #result(step: Step, signal: AbortSignal): Promise<Json> {
    const action = actions[step.do];
    if (!action) throw new Error(`unknown step ${step.do}`);
    const wanted = step.do === "awaitState" ? "" : step.text("error");
    try {
      const result = asJson(await action(this, step, signal));
      if (wanted !== "") throw new Error(`succeeded instead of ${wanted}: ${JSON.stringify(result).slice(0, 300)}`);
      return result;
    } catch (error) {
      if (!(error instanceof ParleyError) || error.code !== wanted) throw error;
      const { code: name, number: code, retry, violations } = error;
      return asJson({ name, code, retry: retry.toUpperCase(), violations });
    }
  }
}
