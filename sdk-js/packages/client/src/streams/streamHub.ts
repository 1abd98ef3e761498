import { ParleyError } from "../base/errors.js";
import type { Link } from "../connection/link.js";
import type { Push, StreamPosition, Subscribe, SubscribeResult } from "../wire/types.js";
import type { ListenOptions, StreamObserver } from "./observer.js";
import { Stream, type StreamSetup } from "./stream.js";

/** Streams that one hello may resume, and acknowledgements that one frame may hold; the contract's bounds. */
const RESUME_MAX = 500;
const ACK_BATCH = 200;

/** All streams that somebody listens to, over all sockets of a client. */
export class StreamHub {
  readonly #setup: StreamSetup;
  readonly #streams = new Map<string, Stream>();
  #link: Link | undefined;
  #asked: readonly Stream[] = [];
  #stopAcks: () => void = () => undefined;

  constructor(setup: StreamSetup) {
    this.#setup = setup;
  }

  /**
   * Listens until the returned function is called. With `since` (the position of a snapshot) the first listener of a
   * stream
   * sees what happened from there on; otherwise it gets a `start` first.
   */
  listen(name: string, observer: StreamObserver, { since, events }: ListenOptions = {}): () => void {
    let stream = this.#streams.get(name);
    if (!stream && this.#streams.size >= this.#setup.limits.streamsMax) {
      queueMicrotask(() => {
        observer.refused(new ParleyError("SUBSCRIPTION_LIMIT", `listen to ${name}`));
      });
      return () => undefined;
    }
    if (stream) {
      stream.add(observer, events, false);
    } else {
      stream = new Stream(name, since, this.#setup);
      this.#streams.set(name, stream);
      stream.add(observer, events, since !== undefined);
      if (this.#link) stream.ask(this.#link);
    }
    const joined = stream;
    return () => {
      joined.remove(observer);
      if (!joined.observed && this.#streams.get(name) === joined) this.#drop(joined);
    };
  }

  /** What hello asks for. The others are asked for once hello is answered. */
  resume(): readonly Subscribe[] {
    this.#asked = [...this.#streams.values()].slice(0, RESUME_MAX);
    return this.#asked.map((stream) => stream.subscription());
  }

  connected(link: Link, results: readonly SubscribeResult[]): void {
    this.#link = link;
    const unanswered = new Set(this.#streams.values());
    const asked = new Map(this.#asked.map((stream) => [stream.name, stream]));
    for (const result of results) {
      const stream = asked.get(result.stream);
      if (!stream || !unanswered.delete(stream)) continue; // dropped while hello was under way
      stream.awaitAnswer(link);
      stream.answered(result);
    }
    // Left over: streams that came while hello was under way, and those beyond its bound.
    for (const stream of unanswered) stream.ask(link);
    this.#scheduleAcks();
  }

  disconnected(): void {
    this.#link = undefined;
    this.#stopAcks();
    for (const stream of this.#streams.values()) stream.disconnected();
  }

  push(push: Push): void {
    this.#streams.get(push.stream)?.receive(push);
  }

  positions(streams: readonly StreamPosition[]): void {
    for (const { stream, position } of streams) {
      if (position) this.#streams.get(stream)?.headIs(position);
    }
  }

  #drop(stream: Stream): void {
    this.#streams.delete(stream.name);
    this.#link?.command("unsubscribe", { stream: stream.name }, undefined, undefined);
  }

  #scheduleAcks(): void {
    this.#stopAcks = this.#setup.clock.after(this.#setup.limits.ackIntervalMs, () => {
      this.#acknowledge();
      this.#scheduleAcks();
    });
  }

  #acknowledge(): void {
    const moved: StreamPosition[] = [];
    for (const stream of this.#streams.values()) {
      const position = stream.takeAcknowledgement();
      if (position) moved.push({ stream: stream.name, position });
    }
    for (let from = 0; from < moved.length; from += ACK_BATCH) {
      this.#link?.control({ ack: { streams: moved.slice(from, from + ACK_BATCH) } });
    }
  }
}
