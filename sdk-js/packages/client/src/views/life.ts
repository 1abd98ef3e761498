import type { Clock } from "../base/clock.js";

/** What a view does when somebody begins to watch, and when nobody has for a while. */
export interface Living {
  start(): void;
  /** Also called when it was never started. */
  stop(): void;
  /** True while something would be lost by stopping. */
  busy(): boolean;
}

/** Starts a view with its first watcher and stops it some time after its last: pages change quickly, and often back. */
export class Life {
  readonly #clock: Clock;
  readonly #lingerMs: number;
  readonly #living: Living;
  #running = false;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock, lingerMs: number, living: Living) {
    this.#clock = clock;
    this.#lingerMs = lingerMs;
    this.#living = living;
    this.#scheduleStop(); // one that is made and never watched is let go as well
  }

  readonly watched = (watched: boolean): void => {
    this.#cancel();
    if (!watched) {
      this.#scheduleStop();
    } else if (!this.#running) {
      this.#running = true;
      this.#living.start();
    }
  };

  /** Stops now, e.g. with the client. */
  end(): void {
    this.#cancel();
    this.#running = false;
    this.#living.stop();
  }

  #scheduleStop(): void {
    this.#cancel = this.#clock.after(this.#lingerMs, () => {
      if (this.#living.busy()) this.#scheduleStop();
      else this.end();
    });
  }
}
