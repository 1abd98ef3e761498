import { readdirSync, readFileSync } from "node:fs";
import { isMap, type Json, type JsonMap } from "./match.js";

/** One step, its references replaced. */
export class Step {
  readonly #fields: JsonMap;

  constructor(fields: JsonMap) {
    this.#fields = fields;
  }

  get do(): string {
    return this.text("do");
  }

  get withinMs(): number {
    return this.number("withinMs") ?? 10_000;
  }

  value(name: string): Json | undefined {
    return this.#fields[name];
  }

  text(name: string): string {
    return this.optionalText(name) ?? "";
  }

  optionalText(name: string): string | undefined {
    const value = this.#fields[name];
    return typeof value === "string" ? value : undefined;
  }

  number(name: string): number | undefined {
    const value = this.#fields[name];
    return value === undefined || value === "" ? undefined : Number(value);
  }

  flag(name: string): boolean | undefined {
    const value = this.#fields[name];
    return typeof value === "boolean" ? value : undefined;
  }

  list(name: string): readonly string[] {
    return this.values(name).map(String);
  }

  values(name: string): readonly Json[] {
    const value = this.#fields[name];
    return Array.isArray(value) ? (value as readonly Json[]) : [];
  }

  toString(): string {
    return JSON.stringify(this.#fields).slice(0, 300);
  }
}

/** A scenario as it is in its file. */
export interface Scenario {
  readonly file: string;
  readonly name: string;
  /** It stops the server: nothing else is played meanwhile. */
  readonly alone: boolean;
  readonly steps: readonly JsonMap[];
}

/** Where the scenarios are. */
export const FOLDER = new URL("../../../../shared-schema/conformance/", import.meta.url);

export function scenarios(): readonly Scenario[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(".json"));
  return files.sort().map((file) => {
    const text = readFileSync(new URL(file, FOLDER), "utf8");
    const { name, alone = false, steps } = JSON.parse(text) as Omit<Scenario, "file" | "alone"> & { alone?: boolean };
    return { file, name, alone, steps };
  });
}

/** Replaces `{name}` and `{name.field}`; a string that is only a reference takes the type of its value. */
export function resolve(value: Json, lookup: (reference: string) => Json | undefined): Json {
  if (typeof value === "string") return resolveText(value, lookup);
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => resolve(item, lookup));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, lookup)]));
}

function resolveText(text: string, lookup: (reference: string) => Json | undefined): Json {
  const whole = /^\{([\w.]+)\}$/.exec(text)?.[1];
  const found = whole === undefined ? undefined : lookup(whole);
  if (found !== undefined) return found;
  return text.replace(/\{([\w.]+)\}/g, (all, reference: string) => {
    const value = lookup(reference);
    return typeof value === "string" || typeof value === "number" ? String(value) : all;
  });
}
