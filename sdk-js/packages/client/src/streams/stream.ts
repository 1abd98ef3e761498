import type { Clock } from "../base/clock.js";
import { ParleyError } from "../base/errors.js";
import type { ClientLimits } from "../base/limits.js";
import { callSafely } from "../base/observable.js";
import type { Link } from "../connection/link.js";
import { errorCodes, type WireErrorName } from "../wire/catalogue.js";
import type { Position, Push, ReplyOutcome, Subscribe, SubscribeResult } from "../wire/types.js";
import type { EventName, StreamObserver } from "./observer.js";

/** What a stream needs from around it. */
export interface StreamSetup {
  readonly clock: Clock;
  readonly limits: ClientLimits;
}

/** What one observer wants, and whether it had its `start`. */
interface Interest {
  readonly events: readonly EventName[] | undefined;
  started: boolean;
}

/** Holes that repair does not close, in a row, before the stream starts over from a snapshot. */
const REPAIRS_MAX = 3;

/**
 * One stream's place: drops what was seen, notices what is missing and asks for it. While an answer is awaited, events
 * are
 * held back, because they may come before the missed ones.
 */
export class Stream {
  readonly name: string;
  readonly #setup: StreamSetup;
  readonly #observers = new Map<StreamObserver, Interest>();
  /** What the server was asked to leave in; undefined = everything. */
  #filter: readonly EventName[] | undefined;
  #position: Position | undefined;
  #phase: "offline" | "asking" | "live" | "refused" = "offline";
  #link: Link | undefined;
  #held: Push[] = [];
  #overflowed = false;
  #repairs = 0;
  #acknowledged = 0;

  constructor(name: string, since: Position | undefined, setup: StreamSetup) {
    this.name = name;
    this.#position = since;
    this.#setup = setup;
  }

  get observed(): boolean {
    return this.#observers.size > 0;
  }

  /** `placed`: the observer knows everything up to the stream's position and needs no `start`. */
  add(observer: StreamObserver, events: readonly EventName[] | undefined, placed: boolean): void {
    const isFirst = !this.observed;
    this.#observers.set(observer, { events, started: placed });
    const wanted = isFirst ? events : union(this.#filter, events);
    const isWider = !isFirst && wanted?.length !== this.#filter?.length;
    this.#filter = wanted;
    if (isWider && this.#link) this.ask(this.#link);
    else if (this.#phase === "live")
      queueMicrotask(() => {
        this.#startNewcomers();
      });
    else if (this.#phase === "refused" && this.#link) this.ask(this.#link);
  }

  remove(observer: StreamObserver): void {
    this.#observers.delete(observer);
  }

  /** What to say in hello or subscribe to go on. */
  subscription(): Subscribe {
    return { stream: this.name, since: this.#position, events: this.#filter };
  }

  /** The newest position when it has moved since the last call. */
  takeAcknowledgement(): Position | undefined {
    if (!this.#position || this.#position.offset <= this.#acknowledged || this.#phase !== "live") return undefined;
    this.#acknowledged = this.#position.offset;
    return this.#position;
  }

  /** The hello on this link asks for the stream; {@link answered} follows. */
  awaitAnswer(link: Link): void {
    this.#link = link;
    this.#phase = "asking";
    this.#held = [];
    this.#overflowed = false;
  }

  /** Subscribes on this link. */
  ask(link: Link): void {
    const held = this.#phase === "asking" || this.#phase === "live" ? this.#held : [];
    this.awaitAnswer(link);
    this.#held = held;
    link.command("subscribe", this.subscription(), undefined, (outcome) => {
      if (this.#link === link) this.#answeredAlone(link, outcome);
    });
  }

  disconnected(): void {
    this.#link = undefined;
    this.#phase = "offline";
    this.#held = [];
  }

  receive(push: Push): void {
    if (this.#phase === "asking") this.#hold(push);
    else if (this.#phase === "live") this.#take(push);
  }

  /** The server's head without events: being behind it means that something was lost, or left out by the filter. */
  headIs(position: Position): void {
    const seen = this.#position;
    if (this.#phase !== "live" || !seen) return;
    if (this.#filter && position.epoch === seen.epoch) {
      if (position.offset > seen.offset) this.#position = position;
    } else if (position.epoch !== seen.epoch || position.offset > seen.offset) this.#repair();
  }

  /** The answer to a subscription, alone or within hello. */
  answered(result: SubscribeResult): void {
    if (this.#phase !== "asking") return;
    if (result.lost === "REFUSED") {
      this.#refuse(refusalOf(result));
      return;
    }
    const position = result.position ?? { epoch: "", offset: 0 };
    if (result.recovered && this.#position?.epoch === position.epoch) {
      for (const push of result.missed) this.#deliverNew(push);
      if (position.offset > this.#position.offset) this.#position = position;
      this.#startNewcomers(); // a start belongs to the position as it is now
    } else {
      this.#position = position;
      this.#acknowledged = Math.min(this.#acknowledged, position.offset);
      this.#restartAll();
      this.#startNewcomers(result.lost);
    }
    this.#phase = "live";
    const { own } = result;
    if (own) this.#each((observer) => observer.own?.(own));
    this.#releaseHeld();
  }

  #answeredAlone(link: Link, outcome: ReplyOutcome): void {
    if (outcome.kind === "ok" && outcome.body.result.kind === "subscribe") {
      this.answered(outcome.body.result.body);
    } else if (outcome.kind === "err") {
      const error = ParleyError.fromWire(outcome.body, `subscribe to ${this.name}`);
      if (error.retry !== "after") {
        this.#refuse(error);
        return;
      }
      this.#setup.clock.after(Math.max(error.afterMs, this.#setup.limits.backoffFirstMs), () => {
        if (this.#link === link && this.#phase === "asking" && this.observed) this.ask(link);
      });
    }
  }

  #refuse(error: ParleyError): void {
    this.#phase = "refused";
    this.#held = [];
    this.#position = undefined;
    this.#restartAll();
    for (const observer of [...this.#observers.keys()])
      callSafely(() => {
        observer.refused(error);
      });
  }

  #take(push: Push): void {
    if (push.offset === 0) {
      this.#deliver(push);
      return;
    }
    const seen = this.#position;
    const ahead = seen?.epoch === push.epoch ? push.offset - seen.offset : Infinity;
    if (ahead <= 0) return; // seen before: delivery is at least once
    if (ahead === 1 || (this.#filter && ahead < Infinity)) {
      this.#repairs = 0;
      this.#deliverNew(push);
    } else {
      this.#hold(push);
      this.#repair();
    }
  }

  #repair(): void {
    this.#repairs += 1;
    if (this.#repairs > REPAIRS_MAX) {
      this.#repairs = 0;
      this.#position = undefined; // a fresh subscription answers with a start
    }
    if (this.#link) this.ask(this.#link);
  }

  #hold(push: Push): void {
    if (push.offset === 0) {
      return; // ephemeral events are not worth keeping
    }
    if (this.#held.length < this.#setup.limits.heldEventsMax) this.#held.push(push);
    else this.#overflowed = true;
  }

  #releaseHeld(): void {
    const held = this.#held;
    this.#held = [];
    const { epoch } = this.#position ?? {};
    let isMissing = this.#overflowed; // what did not fit is behind the position now
    this.#overflowed = false;
    for (const push of held) {
      if (push.offset === 0 || push.epoch === epoch) this.receive(push);
      else isMissing = true; // of a past epoch mostly; kept, it would be in the way of every answer to come
    }
    if (isMissing && this.#phase === "live") this.#repair();
  }

  #deliverNew(push: Push): void {
    if (this.#position && push.offset <= this.#position.offset) return;
    this.#position = { epoch: push.epoch, offset: push.offset };
    this.#deliver(push);
  }

  #deliver(push: Push): void {
    const { kind } = push.event;
    this.#each((observer, { events }) => {
      if (!events || (kind !== "unknown" && events.includes(kind))) observer.event(push);
    });
  }

  #restartAll(): void {
    for (const interest of this.#observers.values()) interest.started = false;
  }

  /** Calls the observers that had their start; one that leaves while another is called is not called any more. */
  #each(call: (observer: StreamObserver, interest: Interest) => void): void {
    for (const [observer, interest] of [...this.#observers]) {
      if (interest.started && this.#observers.get(observer) === interest)
        callSafely(() => {
          call(observer, interest);
        });
    }
  }

  #startNewcomers(lost: SubscribeResult["lost"] = "NOT_LOST"): void {
    const position = this.#position;
    if (!position) return;
    for (const [observer, interest] of [...this.#observers]) {
      if (interest.started || this.#observers.get(observer) !== interest) continue;
      interest.started = true;
      callSafely(() => {
        observer.start({ position, lost });
      });
    }
  }
}

/** Everything, as soon as one wants everything. */
function union(
  a: readonly EventName[] | undefined,
  b: readonly EventName[] | undefined,
): readonly EventName[] | undefined {
  return a && b ? [...new Set([...a, ...b])] : undefined;
}

/** Within hello a refusal is a number only. */
function refusalOf(result: SubscribeResult): ParleyError {
  const known = Object.entries(errorCodes).find(([, meaning]) => meaning.code === result.error);
  const name = known ? (known[0] as WireErrorName) : "UNKNOWN";
  return new ParleyError(name, `subscribe to ${result.stream}`, { code: result.error });
}
