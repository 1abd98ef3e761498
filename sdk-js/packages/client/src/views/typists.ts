import type { Clock } from "../base/clock.js";
import type { Typing } from "../wire/types.js";

/** The server ends typing after 6 s; when that word is lost, this ends it. */
const LOST_AFTER_MS = 8_000;
/** People shown as typing at once. */
const SHOWN_MAX = 50;

/** Who is typing now, until told otherwise or too long unheard of. */
export class Typists {
  readonly #clock: Clock;
  readonly #changed: (userIds: readonly string[]) => void;
  readonly #stops = new Map<string, () => void>();

  constructor(clock: Clock, changed: (userIds: readonly string[]) => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  heard({ userId, typing }: Typing): void {
    if (!typing) {
      this.stopped(userId);
      return;
    }
    const known = this.#stops.get(userId);
    if (!known && this.#stops.size >= SHOWN_MAX) return;
    known?.();
    this.#stops.set(
      userId,
      this.#clock.after(LOST_AFTER_MS, () => {
        this.stopped(userId);
      }),
    );
    if (!known) this.#changed([...this.#stops.keys()]);
  }

  stopped(userId: string): void {
    const stop = this.#stops.get(userId);
    if (!stop) return;
    stop();
    this.#stops.delete(userId);
    this.#changed([...this.#stops.keys()]);
  }

  clear(): void {
    for (const stop of this.#stops.values()) stop();
    this.#stops.clear();
  }
}
