import type { Clock } from "../../src/index.js";

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly task: () => void;
}

/** Lets everything that waits for promises go on. */
export const settle = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** Virtual time: moves only when a test says so, and runs what is due in order, settling promises in between. */
export class ManualClock implements Clock {
  #nowMs = 0;
  #orders = 0;
  readonly #timers = new Set<Timer>();

  wallMs(): number {
    return 1_700_000_000_000 + this.#nowMs;
  }

  monoMs(): number {
    return this.#nowMs;
  }

  /** Timers that have not run and were not cancelled. */
  get pending(): number {
    return this.#timers.size;
  }

  after(delayMs: number, task: () => void): () => void {
    const timer = { atMs: this.#nowMs + Math.max(0, delayMs), order: ++this.#orders, task };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    await settle();
    for (let next = this.#due(untilMs); next; next = this.#due(untilMs)) {
      this.#timers.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.task();
      await settle();
    }
    this.#nowMs = untilMs;
  }

  #due(untilMs: number): Timer | undefined {
    let due: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.atMs > untilMs) continue;
      if (!due || timer.atMs < due.atMs || (timer.atMs === due.atMs && timer.order < due.order)) due = timer;
    }
    return due;
  }
}
