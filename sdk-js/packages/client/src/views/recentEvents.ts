import type { Position, Push } from "../wire/types.js";

/** Events kept for replay; a page that is older than all of them is read again. */
const KEPT_MAX = 256;

/**
 * The newest events of a stream: a page that was read before they happened, but came after them, is brought up to
 * date.
 */
export class RecentEvents {
  #events: Push[] = [];
  /** Everything behind this offset is kept. */
  #behind = 0;

  /** Begins behind a snapshot's position. */
  restart(position: Position | undefined): void {
    this.#events = [];
    this.#behind = position?.offset ?? 0;
  }

  add(push: Push): void {
    if (push.offset === 0) return;
    this.#events.push(push);
    const gone = this.#events.length > KEPT_MAX ? this.#events.shift() : undefined;
    if (gone) this.#behind = gone.offset;
  }

  /** The events behind a position, or undefined when some of them are not kept any more. */
  since(position: Position | undefined): readonly Push[] | undefined {
    const offset = position?.offset ?? 0;
    return offset < this.#behind ? undefined : this.#events.filter((push) => push.offset > offset);
  }
}
