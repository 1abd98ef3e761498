/** Full jitter: the n-th delay is uniform in [0, min(cap, first * 2^n)), so that many clients never return together. */
export class Backoff {
  readonly #firstMs: number;
  readonly #capMs: number;
  readonly #random: () => number;
  #attempts = 0;

  constructor(firstMs: number, capMs: number, random: () => number) {
    this.#firstMs = firstMs;
    this.#capMs = capMs;
    this.#random = random;
  }

  /** Delays given since the last {@link reset}. */
  get attempts(): number {
    return this.#attempts;
  }

  nextMs(): number {
    const ceiling = Math.min(this.#capMs, this.#firstMs * 2 ** Math.min(this.#attempts, 30));
    this.#attempts += 1;
    return Math.floor(this.#random() * ceiling);
  }

  reset(): void {
    this.#attempts = 0;
  }
}
