import type { Clock } from "../base/clock.js";
import { ParleyError } from "../base/errors.js";
import type { ClientLimits } from "../base/limits.js";
import { effects } from "../wire/catalogue.js";
import type { CommandName, InputOf, ReplyOutcome, ResultOf } from "../wire/types.js";
import { encodeCommand, exceedsBytes } from "./frames.js";
import type { Link } from "./link.js";

/** How one request is made. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
}

/** What the outbox needs from around it. */
export interface OutboxSetup {
  readonly clock: Clock;
  readonly limits: ClientLimits;
  readonly newId: () => string;
  /** A command was refused for its token: a fresh one is wanted. */
  readonly tokenRefused: (error: ParleyError) => void;
}

interface Entry {
  /** Rises with each request: what waits is sent in this order. */
  readonly order: number;
  readonly command: CommandName;
  readonly key: string | undefined;
  readonly dispatch: (link: Link, onReply: (outcome: ReplyOutcome) => void) => void;
  readonly resolve: (outcome: Extract<ReplyOutcome, { kind: "ok" }>) => void;
  readonly reject: (error: ParleyError) => void;
  /** True once it was given to a socket: an effect may have happened from then on. */
  sent: boolean;
  retries: number;
  /** The link that sent it away with "reconnect": it waits for another one. */
  refusedBy: Link | undefined;
  release: () => void;
}

/** Refusals that are the caller's to show, though waiting would help. */
const TOLD_AT_ONCE: ReadonlySet<string> = new Set(["SLOW_MODE", "GUEST_LIMIT"]);
const TOKEN_RETRY_MS = 1_000;

/**
 * Requests that outlive sockets. What had no answer when a socket ended is sent again on the next one, in the first
 * order;
 * effects carry a key, so the server answers a repeated one with the first result.
 */
export class Outbox {
  readonly #setup: OutboxSetup;
  readonly #entries = new Set<Entry>();
  /** Entries to be sent, by order. */
  #waiting: Entry[] = [];
  #link: Link | undefined;
  #closed: ParleyError | undefined;
  #orders = 0;

  constructor(setup: OutboxSetup) {
    this.#setup = setup;
  }

  /** A link is ready: everything unanswered goes out on it. */
  attach(link: Link): void {
    this.#link = link;
    this.#flush();
  }

  /** The link is gone; its unanswered requests wait for the next one. */
  detach(): void {
    this.#link = undefined;
    this.#waiting = [...this.#entries].sort((a, b) => a.order - b.order);
  }

  /** Fails everything, now and from now on. */
  close(error: ParleyError): void {
    this.#closed = error;
    this.#link = undefined;
    for (const entry of [...this.#entries])
      this.#fail(entry, entry.sent && entry.key ? notConfirmed(entry, error) : error);
  }

  /**
   * Resolves with the result of a command.
   * @throws ParleyError as {@link CallOptions} and the catalogue say.
   */
  request<C extends CommandName>(command: C, input: InputOf<C>, options: RequestOptions = {}): Promise<ResultOf<C>> {
    const key = this.#keyFor(command, input);
    const refusal = this.#refusal(command, input, key, options.signal);
    if (refusal) return Promise.reject(refusal);
    return new Promise((resolve, reject) => {
      const entry: Entry = {
        order: ++this.#orders,
        command,
        key,
        dispatch: (link, onReply) => {
          link.command(command, input, command === "sendMessage" ? undefined : key, onReply);
        },
        resolve: ({ body }) => {
          if (body.result.kind === command) resolve(body.result.body);
          else reject(new ParleyError("BAD_SERVER", `${command}: the answer is of another command`));
        },
        reject,
        sent: false,
        retries: 0,
        refusedBy: undefined,
        release: () => undefined,
      };
      this.#entries.add(entry);
      this.#bound(entry, options);
      this.#waiting.push(entry);
      this.#flush();
    });
  }

  /** Sends a command that needs no answer, now or never. */
  tell<C extends CommandName>(command: C, input: InputOf<C>): void {
    this.#link?.command(command, input, undefined, undefined);
  }

  #keyFor<C extends CommandName>(command: C, input: InputOf<C>): string | undefined {
    if (!effects.has(command)) return undefined;
    return "clientId" in input ? input.clientId : this.#setup.newId();
  }

  #refusal<C extends CommandName>(
    command: C,
    input: InputOf<C>,
    key: string | undefined,
    signal: AbortSignal | undefined,
  ): ParleyError | undefined {
    if (this.#closed) return this.#closed;
    if (signal?.aborted) return new ParleyError("ABORTED", command, { cause: signal.reason });
    if (this.#entries.size >= this.#setup.limits.requestsMax) return new ParleyError("QUEUE_FULL", command);
    try {
      const text = encodeCommand(1, command, input, key);
      return exceedsBytes(text, this.#setup.limits.frameBytesMax)
        ? new ParleyError("PAYLOAD_TOO_LARGE", command)
        : undefined;
    } catch (cause) {
      return new ParleyError("INVALID_REQUEST", `${command}: not expressible as JSON`, { cause });
    }
  }

  #bound(entry: Entry, options: RequestOptions): void {
    const timeoutMs = options.timeoutMs ?? this.#setup.limits.requestTimeoutMs;
    const stopTimer = this.#setup.clock.after(timeoutMs, () => {
      this.#fail(entry, timedOut(entry, timeoutMs));
    });
    const { signal } = options;
    const onAbort = (): void => {
      const cause: unknown = signal?.reason;
      const maybeDone = entry.sent && entry.key !== undefined;
      this.#fail(entry, maybeDone ? notConfirmed(entry, cause) : new ParleyError("ABORTED", entry.command, { cause }));
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    entry.release = () => {
      stopTimer();
      signal?.removeEventListener("abort", onAbort);
    };
  }

  #flush(): void {
    const link = this.#link;
    if (!link) return;
    const sendable = this.#waiting.filter((entry) => entry.refusedBy !== link);
    this.#waiting = this.#waiting.filter((entry) => entry.refusedBy === link);
    for (const entry of sendable) {
      entry.sent = true;
      entry.dispatch(link, (outcome) => {
        this.#answered(entry, link, outcome);
      });
    }
  }

  #answered(entry: Entry, link: Link, outcome: ReplyOutcome): void {
    if (!this.#entries.has(entry)) return; // aborted or timed out meanwhile
    switch (outcome.kind) {
      case "ok":
        this.#settle(entry);
        entry.resolve(outcome);
        return;
      case "err":
        this.#refused(entry, link, ParleyError.fromWire(outcome.body, entry.command));
        return;
      case "unknown":
        this.#fail(entry, new ParleyError("BAD_SERVER", `${entry.command}: an answer of no known kind`));
    }
  }

  #refused(entry: Entry, link: Link, error: ParleyError): void {
    if (entry.retries >= this.#setup.limits.retriesMax || error.retry === "never" || TOLD_AT_ONCE.has(error.code)) {
      this.#fail(entry, error);
      return;
    }
    entry.retries += 1;
    switch (error.retry) {
      case "after":
        if (error.afterMs > this.#setup.limits.retryAfterMaxMs) this.#fail(entry, error);
        else this.#sendLater(entry, Math.max(error.afterMs, this.#setup.limits.backoffFirstMs * entry.retries));
        return;
      case "refresh":
        this.#setup.tokenRefused(error);
        this.#sendLater(entry, TOKEN_RETRY_MS);
        return;
      case "resume":
      case "reconnect":
        entry.refusedBy = link;
        this.#wait(entry);
    }
  }

  #sendLater(entry: Entry, delayMs: number): void {
    const link = this.#link;
    this.#setup.clock.after(delayMs, () => {
      // When the link has changed meanwhile, the entry waits or has been sent with all the others.
      if (!this.#entries.has(entry) || this.#link !== link || !link) return;
      this.#wait(entry);
      this.#flush();
    });
  }

  #wait(entry: Entry): void {
    this.#waiting.push(entry);
    this.#waiting.sort((a, b) => a.order - b.order);
  }

  #fail(entry: Entry, error: ParleyError): void {
    if (this.#settle(entry)) entry.reject(error);
  }

  #settle(entry: Entry): boolean {
    entry.release();
    this.#waiting = this.#waiting.filter((other) => other !== entry);
    return this.#entries.delete(entry);
  }
}

function notConfirmed(entry: Entry, cause: unknown): ParleyError {
  return new ParleyError("NOT_CONFIRMED", `${entry.command}: it may or may not have happened`, { cause });
}

function timedOut(entry: Entry, timeoutMs: number): ParleyError {
  if (!entry.sent) return new ParleyError("UNAVAILABLE", `${entry.command}: no connection within ${timeoutMs} ms`);
  return entry.key === undefined
    ? new ParleyError("TIMEOUT", `${entry.command}: no answer within ${timeoutMs} ms`)
    : notConfirmed(entry, undefined);
}
