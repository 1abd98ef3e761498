/**
 * A value that changes, in the shape of React's `useSyncExternalStore`: `subscribe` and `getSnapshot` are bound, and a
 * snapshot is the same object until something changed.
 * @example const state = useSyncExternalStore(client.connection.subscribe, client.connection.getSnapshot);
 */
export interface Observable<T> {
  /** Calls `listener` after each change, until the returned function is called. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => T;
}

/** An {@link Observable} that its owner sets. A listener that throws stops neither the others nor the owner. */
export class Store<T> implements Observable<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();
  readonly #onWatched: ((watched: boolean) => void) | undefined;

  /** `onWatched` hears when the first listener comes and when the last one has gone. */
  constructor(value: T, onWatched?: (watched: boolean) => void) {
    this.#value = value;
    this.#onWatched = onWatched;
  }

  readonly getSnapshot = (): T => this.#value;

  readonly subscribe = (listener: () => void): (() => void) => {
    const own = (): void => {
      listener();
    };
    this.#listeners.add(own);
    if (this.#listeners.size === 1) this.#onWatched?.(true);
    return () => {
      if (this.#listeners.delete(own) && this.#listeners.size === 0) this.#onWatched?.(false);
    };
  };

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) callSafely(listener);
  }
}

/** Runs foreign code; what it throws is reported as an unhandled rejection instead of breaking the caller's state. */
export function callSafely(run: () => void): void {
  try {
    run();
  } catch (error) {
    void Promise.reject(error instanceof Error ? error : new Error(String(error)));
  }
}
