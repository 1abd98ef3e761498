import { Backoff } from "../base/backoff.js";
import type { Clock } from "../base/clock.js";
import { ParleyError } from "../base/errors.js";
import type { ClientLimits } from "../base/limits.js";
import type { OwnState, Position, Push } from "../wire/types.js";
import type { StreamObserver, StreamStart } from "./observer.js";

/** A state and the position it is of; without a position, events must be safe to apply twice. */
export interface Snapshot<S> {
  readonly state: S;
  readonly position: Position | undefined;
}

/** Who shows a state made of a snapshot and the events behind it. */
export interface SnapshotUser<S> {
  load(signal: AbortSignal): Promise<Snapshot<S>>;
  /** What is shown is of the past and being loaded anew. */
  stale(): void;
  show(state: S): void;
  apply(push: Push): void;
  own?(own: OwnState): void;
  /** It cannot be loaded, and trying again would not help. */
  failed(error: ParleyError): void;
}

/** What a {@link SnapshotSync} needs from around it. */
export interface SnapshotSetup {
  readonly clock: Clock;
  readonly random: () => number;
  readonly limits: ClientLimits;
}

/** Failures that pass by themselves; everything else is told to the user. */
const PASSING: ReadonlySet<string> = new Set([
  "UNAVAILABLE",
  "TIMEOUT",
  "INTERNAL",
  "OVERLOADED",
  "DRAINING",
  "RATE_LIMITED",
]);

/**
 * Joins a snapshot and a stream without a gap: events that come while it loads are held, those it holds already
 * dropped.
 */
export class SnapshotSync<S> implements StreamObserver {
  readonly #setup: SnapshotSetup;
  readonly #user: SnapshotUser<S>;
  readonly #backoff: Backoff;
  #start: StreamStart | undefined;
  #loading: AbortController | undefined;
  #held: Push[] = [];
  #overflowed = false;
  #stopRetry: () => void = () => undefined;

  constructor(setup: SnapshotSetup, user: SnapshotUser<S>) {
    this.#setup = setup;
    this.#user = user;
    this.#backoff = new Backoff(setup.limits.backoffFirstMs, setup.limits.backoffCapMs, setup.random);
  }

  start(start: StreamStart): void {
    this.#start = start;
    this.#held = [];
    this.reload();
  }

  event(push: Push): void {
    if (!this.#loading) this.#user.apply(push);
    else if (this.#held.length < this.#setup.limits.heldEventsMax) this.#held.push(push);
    else this.#overflowed = true;
  }

  own(own: OwnState): void {
    if (!this.#loading) this.#user.own?.(own);
  }

  refused(error: ParleyError): void {
    this.stop();
    this.#user.failed(error);
  }

  /** Reads the snapshot (again); events go on being seen. */
  reload(): void {
    this.stop();
    this.#overflowed = false;
    this.#user.stale();
    const loading = new AbortController();
    this.#loading = loading;
    void this.#user.load(loading.signal).then(
      (snapshot) => {
        if (!loading.signal.aborted) this.#loaded(snapshot);
      },
      (error: unknown) => {
        if (!loading.signal.aborted) this.#failed(error);
      },
    );
  }

  /** Ends a load that is under way. */
  stop(): void {
    this.#stopRetry();
    this.#loading?.abort();
    this.#loading = undefined;
  }

  #loaded({ state, position }: Snapshot<S>): void {
    if (this.#overflowed || (position && this.#start && isBehind(position, this.#start.position))) {
      this.#reloadLater(); // older than the stream's start: what lies between would be missing
      return;
    }
    this.#backoff.reset();
    this.#loading = undefined;
    const held = this.#held;
    this.#held = [];
    this.#user.show(state);
    for (const push of held) {
      if (push.offset === 0 || !position || push.offset > position.offset) this.#user.apply(push);
    }
  }

  #failed(cause: unknown): void {
    const error = cause instanceof ParleyError ? cause : new ParleyError("BAD_SERVER", "snapshot", { cause });
    if (PASSING.has(error.code)) {
      this.#reloadLater();
      return;
    }
    this.#loading = undefined;
    this.#held = [];
    this.#user.failed(error);
  }

  #reloadLater(): void {
    this.#stopRetry = this.#setup.clock.after(this.#backoff.nextMs(), () => {
      this.#held = this.#overflowed ? [] : this.#held;
      this.reload();
    });
  }
}

const isBehind = (position: Position, start: Position): boolean =>
  position.epoch !== start.epoch || position.offset < start.offset;
