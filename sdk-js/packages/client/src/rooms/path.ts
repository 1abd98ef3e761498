import type { Clock } from "../base/clock.js";
import { Backoff } from "../base/backoff.js";
import type { RoomLimits } from "./limits.js";

/** What a {@link PathKeeper} needs from around it. */
export interface PathSetup {
  readonly clock: Clock;
  readonly random: () => number;
  readonly limits: RoomLimits;
  /** Asks the node for a new path; resolves once the answer is applied. */
  readonly restart: () => Promise<void>;
  /** The failure says that the place in the room is gone, so that no path leads there. */
  readonly isGone: (failure: unknown) => boolean;
  /** Given up: no path, or nothing to find a path to. */
  readonly lost: () => void;
}

/** Watches one media path, and looks for another when it breaks: soon when it has failed, later when it may come back. */
export class PathKeeper {
  readonly #setup: PathSetup;
  readonly #backoff: Backoff;
  #restarts = 0;
  #isRestarting = false;
  #ended = false;
  #connected = false;
  #cancel: () => void = () => undefined;

  constructor(setup: PathSetup) {
    this.#setup = setup;
    this.#backoff = new Backoff(setup.limits.backoffFirstMs, setup.limits.backoffCapMs, setup.random);
  }

  /** The state of the connection changed. */
  state(state: RTCPeerConnectionState): void {
    if (this.#ended) return;
    this.#connected = state === "connected";
    if (state === "connected") {
      this.#cancel();
      this.#restarts = 0;
      this.#backoff.reset();
    } else if (state === "disconnected") {
      this.#later(this.#setup.limits.interruptedMs);
    } else if (state === "failed") {
      this.#later(0);
    }
  }

  /** A path should come now: unless it does, another is asked for. */
  expect(): void {
    if (!this.#connected) this.#later(this.#setup.limits.restartPatienceMs);
  }

  end(): void {
    this.#ended = true;
    this.#cancel();
  }

  #later(delayMs: number): void {
    this.#cancel();
    if (!this.#ended && !this.#isRestarting)
      this.#cancel = this.#setup.clock.after(delayMs, () => {
        void this.#restart();
      });
  }

  async #restart(): Promise<void> {
    if (this.#restarts >= this.#setup.limits.restartsMax) {
      this.#giveUp();
      return;
    }
    this.#restarts += 1;
    this.#isRestarting = true;
    let failure: unknown;
    try {
      await this.#setup.restart();
    } catch (error) {
      failure = error;
    }
    this.#isRestarting = false;
    if (this.#ended) return;
    if (failure === undefined) this.expect();
    else if (this.#setup.isGone(failure)) this.#giveUp();
    else this.#later(this.#backoff.nextMs());
  }

  #giveUp(): void {
    this.end();
    this.#setup.lost();
  }
}
