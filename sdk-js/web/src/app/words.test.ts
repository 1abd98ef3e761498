import { errorCodes, ParleyError, type ParleyErrorName } from "@parley/client";
import { describe, expect, it } from "vitest";
import { formatRoute, parseRoute } from "./route.js";
import { words } from "./words.js";

describe("words", () => {
  it.each(Object.keys(errorCodes))("says %s as a sentence without the name of the code", (name) => {
    const text = words(new ParleyError(name as ParleyErrorName, "x"));
    expect(text).toMatch(/^[A-Z].*[.]$/);
    expect(text).not.toContain("_");
  });

  it("says how long to wait and which reference to give", () => {
    expect(words(new ParleyError("SLOW_MODE", "x", { afterMs: 2_300 }))).toContain("Try again in 3 seconds.");
    expect(words(new ParleyError("INTERNAL", "x", { ref: "ab12" }))).toContain("Reference: ab12");
  });
});

describe("route", () => {
  it.each(["#/", "#/c/lobby", "#/c/lobby/members", "#/c/lobby/pins", "#/c/lobby/thread/m.1", "#/room/r-1"])(
    "reads back %s",
    (hash) => {
      expect(formatRoute(parseRoute(hash))).toBe(hash);
    },
  );
  it.each(["", "#", "#/x/y", "#/c/", "#/c/%E0%A4%A"])("takes '%s' for the start", (hash) => {
    expect(parseRoute(hash).channelId).toBeUndefined();
  });
});
