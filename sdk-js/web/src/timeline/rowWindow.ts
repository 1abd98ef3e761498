/** Which rows are rendered, and how much room those before and behind take. */
export interface RowRange {
  readonly first: number;
  /** Exclusive. */
  readonly last: number;
  readonly before: number;
  readonly after: number;
}

/** What stays where it is on the screen while rows come, go and grow. */
type Anchor = { readonly kind: "end" } | { readonly kind: "row"; readonly key: string; readonly delta: number };

/** A row that was never rendered counts as this high. */
const ESTIMATE_PX = 64;
/** Rows this far outside of the visible part are rendered too, so that a fast wheel meets no blank. */
const OVERSCAN_PX = 900;
/** Closer than this to the lower edge counts as being there. */
const END_PX = 32;

/**
 * Keeps a list of any length smooth: only rows near the visible part are in the document, and the row that somebody
 * looks
 * at stays put when older ones load above it or any of them changes height. Owns the scroll position of its frame.
 */
export class RowWindow {
  readonly #heights = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  #anchor: Anchor = { kind: "end" };
  #frame: HTMLElement | undefined;
  #list: HTMLElement | undefined;
  #keys: readonly string[] = [];
  #offsets = new Float64Array(1);
  #isOutdated = true;
  #range: RowRange = { first: 0, last: 0, before: 0, after: 0 };
  #version = 0;
  /** False while newer rows exist that are not loaded: then the lower edge is no place to stay at. */
  hasEnd = true;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes whenever {@link range} may give something else for the same keys. */
  readonly version = (): number => this.#version;

  get isAtEnd(): boolean {
    return this.#anchor.kind === "end";
  }

  /** Pixels between the visible part and the first row. */
  get distanceToStart(): number {
    return this.#frame?.scrollTop ?? 0;
  }

  /** Pixels between the visible part and the lower edge. */
  get distanceToEnd(): number {
    const frame = this.#frame;
    return frame ? frame.scrollHeight - frame.clientHeight - frame.scrollTop : 0;
  }

  attach(frame: HTMLElement, list: HTMLElement): () => void {
    this.#frame = frame;
    this.#list = list;
    const onScroll = (): void => {
      this.#scrolled();
    };
    frame.addEventListener("scroll", onScroll, { passive: true });
    const resized = new ResizeObserver(() => {
      this.settle();
      this.#tell();
    });
    resized.observe(frame);
    return () => {
      frame.removeEventListener("scroll", onScroll);
      resized.disconnect();
    };
  }

  /** What to render of these rows. The same answer until {@link version} or the keys change. */
  range(keys: readonly string[]): RowRange {
    if (keys !== this.#keys || this.#isOutdated) {
      this.#keys = keys;
      this.#offsets = this.#measure(keys);
      this.#isOutdated = false;
    }
    const height = this.#frame?.clientHeight ?? 0;
    const top = this.#wantedTop(height);
    const first = rowAt(this.#offsets, top - OVERSCAN_PX);
    const last = Math.min(keys.length, rowAt(this.#offsets, top + height + OVERSCAN_PX) + 1);
    const before = this.#offsets[first] ?? 0;
    const after = this.#total - (this.#offsets[last] ?? this.#total);
    this.#range = { first, last, before, after };
    return this.#range;
  }

  /** The height of a rendered row. */
  measured(key: string, height: number): void {
    if (height === 0 || Math.abs((this.#heights.get(key) ?? 0) - height) < 0.5) return;
    this.#heights.set(key, height);
    this.#isOutdated = true;
    queueMicrotask(() => {
      if (this.#isOutdated) this.#tell();
    });
  }

  /** Puts the anchor back to where it was; call after every render, before it is painted. */
  settle(): void {
    const frame = this.#frame;
    if (!frame) return;
    const top =
      this.#anchor.kind === "end" ? frame.scrollHeight - frame.clientHeight : this.#listTop + this.#wantedTop(0);
    if (Math.abs(frame.scrollTop - top) >= 1) frame.scrollTop = top;
  }

  toEnd(): void {
    this.#anchor = { kind: "end" };
    this.#tell();
  }

  /** Shows this row, a part `share` of the visible height below the upper edge. */
  toRow(key: string, share = 0.25): void {
    this.#anchor = { kind: "row", key, delta: -(this.#frame?.clientHeight ?? 0) * share };
    this.#tell();
  }

  /** Moves as little as needed to show the whole row. */
  reveal(key: string): void {
    const index = this.#keys.indexOf(key);
    const frame = this.#frame;
    if (index < 0 || !frame) return;
    const top = this.#listTop + (this.#offsets[index] ?? 0);
    const bottom = this.#listTop + (this.#offsets[index + 1] ?? 0);
    if (top < frame.scrollTop) this.#anchor = { kind: "row", key, delta: 0 };
    else if (bottom > frame.scrollTop + frame.clientHeight) {
      this.#anchor = { kind: "row", key, delta: bottom - top - frame.clientHeight };
    } else return;
    this.#tell();
  }

  get #total(): number {
    return this.#offsets[this.#offsets.length - 1] ?? 0;
  }

  get #listTop(): number {
    return this.#list?.offsetTop ?? 0;
  }

  #measure(keys: readonly string[]): Float64Array<ArrayBuffer> {
    const offsets = new Float64Array(keys.length + 1);
    let sum = 0;
    for (const [index, key] of keys.entries()) {
      sum += this.#heights.get(key) ?? ESTIMATE_PX;
      offsets[index + 1] = sum;
    }
    return offsets;
  }

  /** Where the visible part should begin, from the first row. */
  #wantedTop(height: number): number {
    if (this.#anchor.kind === "end") return this.#total - height;
    const index = this.#keys.indexOf(this.#anchor.key);
    if (index < 0) return (this.#frame?.scrollTop ?? 0) - this.#listTop;
    return (this.#offsets[index] ?? 0) + this.#anchor.delta;
  }

  #scrolled(): void {
    const frame = this.#frame;
    if (!frame) return;
    if (this.hasEnd && this.distanceToEnd < END_PX) {
      this.#anchor = { kind: "end" };
    } else {
      const top = frame.scrollTop - this.#listTop;
      const index = rowAt(this.#offsets, Math.max(0, top));
      const key = this.#keys[index];
      if (key !== undefined) this.#anchor = { kind: "row", key, delta: top - (this.#offsets[index] ?? 0) };
    }
    this.#tell();
  }

  #tell(): void {
    this.#version += 1;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** The row that covers `y`: the last one that begins at or before it. */
export function rowAt(offsets: Float64Array, y: number): number {
  let low = 0;
  let high = Math.max(0, offsets.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}
