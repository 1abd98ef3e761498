import { useEffect, useRef, useState, type FocusEvent, type KeyboardEvent, type RefObject } from "react";
import type { RowRange, RowWindow } from "./rowWindow.js";

/** What a list needs for keys to walk over its rows. */
export interface Roving {
  /** The one row that Tab stops at. */
  readonly tabStop: string | undefined;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: (event: FocusEvent) => void;
}

/**
 * Up, Down, Home and End walk over the rows, also to those that are not rendered yet; Tab goes into a row and out
 * again.
 */
export function useRovingRows(
  keys: readonly string[],
  range: RowRange,
  window: RowWindow,
  list: RefObject<HTMLElement | null>,
): Roving {
  const [current, setCurrent] = useState<string>();
  const wanted = useRef<string>(undefined);
  useEffect(() => {
    const key = wanted.current;
    if (key === undefined) return;
    const element = list.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
    if (!element) return;
    wanted.current = undefined;
    element.focus({ preventScroll: true });
  });
  const go = (index: number): void => {
    const key = keys[Math.max(0, Math.min(keys.length - 1, index))];
    if (key === undefined) return;
    wanted.current = key;
    setCurrent(key);
    window.reveal(key);
  };
  const rendered = keys.slice(range.first, range.last);
  return {
    tabStop: current !== undefined && rendered.includes(current) ? current : rendered.at(-1),
    onFocus: (event) => {
      const key = event.target.closest<HTMLElement>("[data-key]")?.dataset["key"];
      if (key !== undefined) setCurrent(key);
    },
    onKeyDown: (event) => {
      if (!(event.target instanceof HTMLElement) || event.target.dataset["key"] === undefined) return;
      const at = keys.indexOf(event.target.dataset["key"]);
      const next = targetOf(event.key, at, keys.length);
      if (next === undefined) return;
      event.preventDefault();
      go(next);
    },
  };
}

function targetOf(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case "ArrowUp":
      return at - 1;
    case "ArrowDown":
      return at + 1;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
