// The golden vectors of shared-schema, which the Java and Go tests read too.
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { decodeFrames, encodeCommand, encodeControl, type ClientControl } from "../src/connection/frames.js";
import { fieldRules } from "../src/index.js";
import { DecodeError } from "../src/wire/json.js";
import type { CommandName, InputOf } from "../src/wire/types.js";

type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json };

interface Vector {
  readonly name: string;
  readonly means?: string;
  readonly frames?: readonly string[];
  readonly from: "client" | "server";
  readonly json?: Json;
}

interface Name {
  readonly name: string;
  readonly value: string;
  readonly valid: boolean;
  readonly recoverable?: boolean;
}

const read = async <T>(name: string): Promise<T> =>
  JSON.parse(await readFile(new URL(`../../../../shared-schema/vectors/${name}`, import.meta.url), "utf8")) as T;

const { frames, spellings, messages } =
  await read<Record<"frames" | "spellings" | "messages", readonly Vector[]>>("frames.json");
const ids = await read<Record<"names" | "streams", readonly Name[]>>("ids.json");

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);

const isInteger = (value: unknown): value is string => typeof value === "string" && /^\d+$/.test(value);

const isTime = (value: unknown): value is string => typeof value === "string" && /^\d{4}-\d\d-\d\dT.*Z$/.test(value);

/** True when some 64-bit integer is more than a number holds exactly. */
const isBeyondNumbers = (json: unknown): boolean =>
  isInteger(json)
    ? !Number.isSafeInteger(Number(json))
    : typeof json === "object" && json !== null && Object.values(json).some(isBeyondNumbers);

/** The JSON with numbers and dates, as this library has them. */
function revived(json: unknown): unknown {
  if (isInteger(json)) return Number(json);
  if (isTime(json)) return new Date(json);
  if (Array.isArray(json)) return json.map(revived);
  return isObject(json) ? Object.fromEntries(Object.entries(json).map(([name, item]) => [name, revived(item)])) : json;
}

/**
 * Fails unless everything that is said in `wanted` is in `decoded`, where a choice is `{ kind, body }` instead of a
 * member.
 */
function expectHolds(decoded: unknown, wanted: unknown, path: string): void {
  if (Array.isArray(wanted)) {
    const items = decoded as readonly unknown[];
    expect(items, path).toHaveLength(wanted.length);
    for (const [index, item] of wanted.entries()) expectHolds(items[index], item, `${path}[${index}]`);
  } else if (isObject(wanted)) {
    if (!isObject(decoded)) throw new Error(`${path} is ${String(decoded)}`);
    for (const [name, item] of Object.entries(wanted))
      expectHolds(name in decoded ? decoded[name] : chosen(decoded, name), item, `${path}.${name}`);
  } else expect(decoded, path).toEqual(wanted);
}

/** The body of the choice that was made, if it is `name`. */
function chosen(decoded: Readonly<Record<string, unknown>>, name: string): unknown {
  for (const choice of [...Object.values(decoded), decoded])
    if (isObject(choice) && choice["kind"] === name) return choice["body"];
  return undefined;
}

const decoded = (vector: Vector) => decodeFrames(JSON.stringify(vector.json));

function named(name: string | undefined): Vector {
  const vector = frames.find((each) => each.name === name);
  if (!vector) throw new Error(`there is no frame "${name ?? ""}"`);
  return vector;
}

describe("golden frames of the server", () => {
  it.each(frames.filter(({ from }) => from === "server"))("$name", (vector) => {
    if (isBeyondNumbers(vector.json)) {
      expect(() => decoded(vector)).toThrow(DecodeError);
      return;
    }
    const [frame, ...more] = decoded(vector);
    expect(more).toEqual([]);
    expectHolds(frame, revived(vector.json), "frame");
  });

  it("some hold integers beyond 2^53, which are refused", () => {
    expect(frames.filter(({ from, json }) => from === "server" && isBeyondNumbers(json)).length).toBeGreaterThan(1);
  });
});

describe("golden spellings of the server", () => {
  const ofServer = spellings.filter(({ from, json }) => from === "server" && json !== undefined);
  it.each(ofServer)("$name", (vector) => {
    expect(decoded(vector)).toEqual(decoded(named(vector.means)));
  });
});

describe("golden messages of the server", () => {
  it.each(messages.filter(({ from }) => from === "server"))("$name", (vector) => {
    expect(decoded(vector)).toEqual(vector.frames?.flatMap((name) => decoded(named(name))));
  });
});

describe("golden frames of a client", () => {
  interface ClientFrame {
    readonly cmd?: Readonly<Record<string, unknown>>;
    readonly ctl?: ClientControl;
  }
  // This library's offsets are numbers, and it does not trace.
  const isWritten = ({ from, json }: Vector): boolean =>
    from === "client" && !isBeyondNumbers(json) && !JSON.stringify(json).includes('"traceparent"');

  it.each(frames.filter(isWritten))("$name", ({ json }) => {
    const { cmd, ctl } = json as ClientFrame;
    if (ctl) {
      expect(JSON.parse(encodeControl(revived(ctl) as ClientControl))).toEqual(revived(json));
      return;
    }
    const { id = 0, key, ...command } = cmd ?? {};
    const [[name, input] = ["", {}]] = Object.entries(command);
    const text = encodeCommand(
      id as number,
      name as CommandName,
      revived(input) as InputOf<CommandName>,
      key as string,
    );
    expect(revived(JSON.parse(text))).toEqual(revived(json));
  });
});

describe("golden names", () => {
  const isAllowed = (value: string, { pattern = "", maxLength = 0 }: { pattern?: string; maxLength?: number }) =>
    new RegExp(`^(?:${pattern})$`, "u").test(value) && value.length <= maxLength;

  it.each(ids.names)("$name", ({ value, valid }) => {
    expect(isAllowed(value, fieldRules.GetUsers.userIds)).toBe(valid);
  });

  // What cannot be recovered comes by other means than a subscription.
  it.each(ids.streams)("$name", ({ value, valid, recoverable = false }) => {
    expect(isAllowed(value, fieldRules.Subscribe.stream)).toBe(valid && recoverable);
  });
});
