import type { Message, TimelineEntry } from "@parley/client";
import { describe, expect, it } from "vitest";
import { readersOf } from "../conversation/useScope.js";
import { rowsOf } from "./rows.js";

const entry = (offset: number, authorId: string, at: string, more: Partial<Message> = {}): TimelineEntry => ({
  key: `k${offset}`,
  state: "sent",
  error: undefined,
  message: {
    id: `m${offset}`,
    channelId: "c",
    offset,
    authorId,
    clientId: "",
    text: "x",
    parentId: "",
    alsoInChannel: false,
    mentions: [],
    reactions: [],
    version: 0,
    pinned: false,
    ownReactions: [],
    kind: "",
    createdAt: new Date(`2026-03-01T${at}:00`),
    ...more,
  },
});

describe("rowsOf", () => {
  it("groups what one author says closely", () => {
    const rows = rowsOf(
      [entry(1, "a", "10:00"), entry(2, "a", "10:02"), entry(3, "b", "10:03"), entry(4, "b", "10:20")],
      undefined,
      "me",
    );
    expect(rows.map(({ isContinued }) => isContinued)).toEqual([false, true, false, false]);
  });

  it("begins each day with a line", () => {
    const nextDay = entry(2, "a", "00:01", { createdAt: new Date("2026-03-02T00:01:00") });
    const rows = rowsOf([entry(1, "a", "23:59"), nextDay], undefined, "me");
    expect(rows.map(({ day }) => day !== undefined)).toEqual([true, true]);
  });

  it("draws one line above the first message of others behind the marker", () => {
    const rows = rowsOf(
      [entry(1, "a", "10:00"), entry(2, "me", "10:01"), entry(3, "a", "10:02"), entry(4, "a", "10:03")],
      1,
      "me",
    );
    expect(rows.map(({ isFirstUnread }) => isFirstUnread)).toEqual([false, false, true, false]);
  });
});

describe("readersOf", () => {
  it("shows each reader once, at the newest message they have read, and never at their own", () => {
    const entries = [entry(1, "a", "10:00"), entry(5, "me", "10:01"), entry(9, "b", "10:02")];
    const receipt = (userId: string, readOffset: number) => ({ userId, readOffset, deliveredOffset: 0 });
    const receipts = { x: receipt("x", 7), b: receipt("b", 9), z: receipt("z", 0) };
    expect(readersOf(entries, receipts)).toEqual({ k5: ["x"] });
  });
});
