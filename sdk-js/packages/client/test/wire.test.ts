import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { decodeFrames, encodeCommand, exceedsBytes } from "../src/connection/frames.js";
import { errorCodes, fieldRules } from "../src/index.js";
import { DecodeError } from "../src/wire/json.js";

interface Generator {
  readonly generateWire: () => Promise<Record<string, string>>;
}

describe("generated code", () => {
  it("is what the contract gives (else: npm run generate)", async () => {
    const path = new URL("../scripts/generate-wire.mjs", import.meta.url).href;
    const { generateWire } = (await import(path)) as Generator;
    const files = await generateWire();
    expect(Object.keys(files)).toHaveLength(3);
    for (const [name, text] of Object.entries(files)) {
      const checkedIn = await readFile(new URL(`../src/wire/${name}`, import.meta.url), "utf8");
      expect(checkedIn === text, `${name} is stale`).toBe(true);
    }
  });

  it("knows what every code means and what fields may hold", () => {
    expect(errorCodes.RATE_LIMITED).toMatchObject({ code: 42900, retry: "after" });
    expect(fieldRules.SendMessage.text).toEqual({ maxBytes: 16384 });
  });
});

describe("frames", () => {
  it("fills in defaults, reads 64-bit integers from strings and numbers, and times as dates", () => {
    const message = { id: "m1", offset: "1187", createdAt: "2026-01-02T03:04:05.678Z" };
    const push = { stream: "ch:c", epoch: "e", offset: 7, messageCreated: { message } };
    const [frame] = decodeFrames(JSON.stringify({ push }));
    expect(frame).toMatchObject({
      kind: "push",
      body: {
        offset: 7,
        event: {
          kind: "messageCreated",
          body: { message: { offset: 1187, text: "", reactions: [], createdAt: new Date(1_767_323_045_678) } },
        },
      },
    });
  });

  it("keeps what it does not know harmless: frames, events, fields and enum values of a newer server", () => {
    const frames = decodeFrames(
      JSON.stringify([
        { telegram: {} },
        { push: { stream: "ch:c", offset: "3", messageSung: { melody: 1 }, mood: "blue" } },
        { push: { stream: "pres:u", presenceChanged: { presences: [{ userId: "u", state: "DREAMING" }] } } },
      ]),
    );
    expect(frames).toMatchObject([
      { body: { offset: 3, event: { kind: "unknown" } } },
      { body: { event: { body: { presences: [{ state: "OFFLINE" }] } } } },
    ]);
  });

  it.each([
    "",
    "{",
    "7",
    '"x"',
    '[{"push":7}]',
    '{"push":{"offset":"many"}}',
    '{"reply":{"id":{}}}',
    '{"push":{"at":"noon"}}',
  ])("refuses %s", (text) => {
    expect(() => decodeFrames(text)).toThrow(DecodeError);
  });

  it("leaves out what is not given, and the id of a command that wants no reply", () => {
    expect(encodeCommand(0, "setTyping", { channelId: "c", typing: true }, undefined)).toBe(
      '{"cmd":{"setTyping":{"channelId":"c","typing":true}}}',
    );
  });

  it("counts bytes, not characters", () => {
    expect(exceedsBytes("ä".repeat(10), 20)).toBe(false);
    expect(exceedsBytes("ä".repeat(10), 19)).toBe(true);
  });
});
