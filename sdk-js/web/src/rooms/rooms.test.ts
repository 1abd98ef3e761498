import { describe, expect, it } from "vitest";
import { columnsFor, tileWidth } from "./grid.js";
import { bitrate, qualityOf } from "./quality.js";

describe("the grid", () => {
  it.each([
    [1, 1_400, 700, 1],
    [2, 1_400, 700, 2],
    [4, 1_400, 700, 2],
    [6, 1_400, 700, 3],
    [9, 1_400, 700, 3],
    [2, 370, 640, 1],
    [4, 370, 640, 1],
    [6, 370, 640, 2],
  ])("of %i in %i x %i has %i columns", (count, width, height, columns) => {
    expect(columnsFor(count, width, height)).toBe(columns);
    expect(tileWidth(count, columns, width, height)).toBeGreaterThan(100);
  });
});

describe("quality in words", () => {
  it("tells the size and what holds it back", () => {
    const allocation = { trackId: "a/1", bitrateBps: 0 };
    expect(qualityOf({ ...allocation, layer: 0, reason: "BANDWIDTH" }, "CAMERA")).toEqual({
      grade: "Low",
      why: "your connection allows no more",
      isHeldBack: true,
    });
    expect(qualityOf({ ...allocation, layer: -1, reason: "HIDDEN" }, "CAMERA").grade).toBe("Paused");
    expect(qualityOf({ ...allocation, layer: 0, reason: "BEST" }, "SCREEN").grade).toBe("Full");
  });

  it("tells bit rates as people do", () => {
    expect([bitrate(640_400), bitrate(1_240_000)]).toEqual(["640 kbit/s", "1.2 Mbit/s"]);
  });
});
