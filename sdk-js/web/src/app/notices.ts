import { Store } from "./store.js";
import { words } from "./words.js";

/** A short text that goes away by itself. */
export interface Notice {
  readonly id: number;
  readonly tone: "info" | "error";
  readonly text: string;
}

const SHOWN_MAX = 3;
const SHOWN_FOR_MS = 6_000;
let lastId = 0;

export const notices = new Store<readonly Notice[]>([]);

export function notify(text: string, tone: Notice["tone"] = "info"): void {
  lastId += 1;
  const id = lastId;
  notices.set([...notices.getSnapshot(), { id, tone, text }].slice(-SHOWN_MAX));
  setTimeout(() => {
    dismiss(id);
  }, SHOWN_FOR_MS);
}

export function dismiss(id: number): void {
  notices.set(notices.getSnapshot().filter((notice) => notice.id !== id));
}

/** Starts something that the user asked for; a failure is told in words. */
export function attempt(start: () => Promise<unknown>): void {
  start().catch((error: unknown) => {
    notify(words(error), "error");
  });
}
