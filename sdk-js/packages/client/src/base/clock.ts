/**
 * Time, passed in so that tests can own it. `monoMs` never jumps; `wallMs` is for showing and for comparing with
 * servers.
 */
export interface Clock {
  wallMs(): number;
  monoMs(): number;
  /** Runs `task` once after `delayMs`, unless the returned function is called first. */
  after(delayMs: number, task: () => void): () => void;
}

/** The machine's clock. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monoMs: () => performance.now(),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};
