import { describe, expect, it, vi } from "vitest";
import { rowAt, RowWindow } from "./rowWindow.js";

const HEIGHT = 600;

/** The parts of an element that the window uses; `scrollHeight` follows what it renders. */
function fakeFrame() {
  const listeners: (() => void)[] = [];
  return {
    scrollTop: 0,
    clientHeight: HEIGHT,
    scrollHeight: HEIGHT,
    addEventListener: (_: string, listener: () => void) => listeners.push(listener),
    removeEventListener: () => undefined,
    scrollTo(top: number) {
      this.scrollTop = top;
      for (const listener of listeners) listener();
    },
  };
}

function world(count: number, rowHeight: number) {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe = () => undefined;
      disconnect = () => undefined;
    },
  );
  const frame = fakeFrame();
  const window = new RowWindow();
  window.attach(frame as unknown as HTMLElement, { offsetTop: 0 } as HTMLElement);
  let keys = Array.from({ length: count }, (_, index) => `k${index}`);
  const render = () => {
    const range = window.range(keys);
    for (const key of keys.slice(range.first, range.last)) window.measured(key, rowHeight);
    const settled = window.range(keys);
    frame.scrollHeight = settled.before + (settled.last - settled.first) * rowHeight + settled.after;
    window.settle();
    return settled;
  };
  const prepend = (more: number) => {
    keys = [...Array.from({ length: more }, (_, index) => `older${index}`), ...keys];
  };
  return { frame, window, render, prepend, keys: () => keys };
}

describe("RowWindow", () => {
  it("renders only what is near the visible part of 10,000 rows", () => {
    const { window, render } = world(10_000, 40);
    const range = render();
    expect(range.last).toBe(10_000);
    expect(range.last - range.first).toBeLessThan(60);
    expect(window.isAtEnd).toBe(true);
  });

  it("keeps the row in view when older ones load above it", () => {
    const { frame, render, prepend, window, keys } = world(200, 64);
    render();
    frame.scrollTo(1_280);
    render();
    const seen = keys()[20];
    prepend(50);
    const range = render();
    const index = keys().indexOf(seen ?? "");
    const top = range.before + (index - range.first) * 64;
    expect(top - frame.scrollTop).toBe(0);
    expect(window.isAtEnd).toBe(false);
  });

  it("stays at the end when rows grow, and only there", () => {
    const { frame, render, window } = world(100, 50);
    render();
    window.measured("k99", 200);
    frame.scrollHeight += 150;
    window.settle();
    expect(frame.scrollTop).toBe(frame.scrollHeight - HEIGHT);
  });

  it("does not stay at the lower edge while newer rows are not loaded", () => {
    const { frame, render, window } = world(100, 50);
    render();
    window.hasEnd = false;
    frame.scrollTo(frame.scrollHeight - HEIGHT);
    expect(window.isAtEnd).toBe(false);
  });
});

describe("rowAt", () => {
  it.each([
    [-5, 0],
    [0, 0],
    [9, 0],
    [10, 1],
    [59, 2],
    [1_000, 2],
  ])("finds the row at %d", (y, expected) => {
    expect(rowAt(Float64Array.from([0, 10, 30, 60]), y)).toBe(expected);
  });
});
