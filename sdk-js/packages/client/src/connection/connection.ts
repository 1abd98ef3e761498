import { Backoff } from "../base/backoff.js";
import type { Clock } from "../base/clock.js";
import { asParleyError, ParleyError } from "../base/errors.js";
import type { ClientLimits } from "../base/limits.js";
import { Store } from "../base/observable.js";
import type { Logger, TokenProvider } from "../base/options.js";
import type { Hello, HelloResult, Push, StreamPosition, WireError } from "../wire/types.js";
import { closeAdvice } from "./closeCodes.js";
import type { ConnectionHints } from "./hints.js";
import { Link } from "./link.js";
import type { CloseReason, ConnectionState } from "./state.js";
import { TokenKeeper } from "./tokenKeeper.js";
import type { Transport } from "./transport.js";

/**
 * Who lives on the connection. Calls come in this order: connected, any of push and positions, disconnected; then
 * again.
 */
export interface ConnectionUser {
  /** The hello to say, without its token: device, presence, streams to resume. */
  hello(): Omit<Hello, "token">;
  connected(link: Link, result: HelloResult): void;
  disconnected(): void;
  push(push: Push): void;
  positions(streams: readonly StreamPosition[]): void;
  /** It will never connect again. */
  closed(error: ParleyError): void;
}

/** What a connection is made of. */
export interface ConnectionSetup {
  readonly url: string;
  readonly token: TokenProvider;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: () => number;
  readonly limits: ClientLimits;
  readonly logger: Logger | undefined;
  readonly hints: ConnectionHints;
  readonly user: ConnectionUser;
}

interface Retry {
  readonly delayMs: number;
  /** False when the server chose the time: a wake-up must not shorten it. */
  readonly hasty: boolean;
  readonly reason?: CloseReason;
  readonly error?: ParleyError;
}

/**
 * Keeps one link alive: connects, says hello, comes back after every loss as the close code advises, until it is
 * stopped.
 */
export class Connection {
  readonly state: Store<ConnectionState>;
  readonly #setup: ConnectionSetup;
  readonly #backoff: Backoff;
  readonly #tokens: TokenKeeper;
  #link: Link | undefined;
  #attempt: AbortController | undefined;
  #welcomed = false;
  #stopTimer: () => void = () => undefined;
  #stopStability: () => void = () => undefined;
  #stopHints: () => void = () => undefined;
  /** When the server's drain window lets this client come back, on the monotonic clock. */
  #drainAtMs: number | undefined;
  #hasty = false;

  constructor(setup: ConnectionSetup) {
    this.#setup = setup;
    this.state = new Store<ConnectionState>({ status: "idle" });
    this.#backoff = new Backoff(setup.limits.backoffFirstMs, setup.limits.backoffCapMs, setup.random);
    this.#tokens = new TokenKeeper(setup);
  }

  /** Starts connecting; does nothing when it is under way. */
  start(): void {
    if (this.state.getSnapshot().status !== "idle") return;
    this.#stopHints = this.#setup.hints.watch(() => {
      this.#wake();
    });
    this.#connect();
  }

  /** Back to idle: {@link start} begins again. */
  pause(): void {
    if (this.state.getSnapshot().status === "closed") return;
    this.#tearDown("paused");
    this.state.set({ status: "idle" });
  }

  /** For good. */
  stop(error: ParleyError | undefined): void {
    if (this.state.getSnapshot().status === "closed") return;
    this.#tearDown("closed");
    this.state.set({ status: "closed", error });
    this.#setup.user.closed(error ?? new ParleyError("CLOSED", "the client was closed"));
  }

  /** A command was refused for its token: the next one is fetched now. */
  tokenRefused(error: ParleyError): void {
    if (this.#link && this.#welcomed) this.#tokens.refreshNow(this.#link, error);
  }

  #tearDown(reason: string): void {
    this.#stopHints();
    this.#stopTimer();
    this.#attempt?.abort();
    this.#attempt = undefined;
    const link = this.#link;
    this.#forget();
    link?.abandon(reason);
  }

  #connect(): void {
    this.#stopTimer();
    this.state.set({ status: "connecting", attempt: this.#backoff.attempts + 1 });
    const attempt = new AbortController();
    this.#attempt = attempt;
    this.#stopTimer = this.#setup.clock.after(this.#setup.limits.connectTimeoutMs, () => {
      attempt.abort();
      if (this.#link) this.#link.abandon("connecting took too long");
      else this.#retry({ delayMs: this.#backoff.nextMs(), hasty: true, error: late("no token in time") });
    });
    void this.#tokens.fetch(attempt.signal).then(
      (token) => {
        if (!attempt.signal.aborted) this.#open(token);
      },
      (thrown: unknown) => {
        const error = asParleyError(thrown);
        if (!attempt.signal.aborted) this.#retry({ delayMs: this.#backoff.nextMs(), hasty: true, error });
      },
    );
  }

  #open(token: string): void {
    const { transport, url, clock, limits, user, logger } = this.#setup;
    const link = new Link({
      transport,
      url,
      clock,
      limits,
      events: {
        opened: () => {
          link.command("hello", { ...user.hello(), token }, undefined, (outcome) => {
            if (outcome.kind === "ok" && outcome.body.result.kind === "hello")
              this.#welcome(link, outcome.body.result.body);
            else this.#refused(link, outcome.kind === "err" ? outcome.body : undefined);
          });
        },
        push: (push) => {
          user.push(push);
        },
        positions: (streams) => {
          user.positions(streams);
        },
        drain: (drain) => {
          const { reconnectAfterMinMs: min, reconnectAfterMaxMs: max } = drain;
          this.#drained(link, min + this.#setup.random() * Math.max(0, max - min));
        },
        notice: (notice) => logger?.warn("notice of the server", { name: notice.name, detail: notice.detail }),
        ended: (code, text) => {
          if (link === this.#link) this.#lost({ code, text });
        },
      },
    });
    this.#link = link;
  }

  #welcome(link: Link, result: HelloResult): void {
    const { clock, limits, user } = this.#setup;
    if (link !== this.#link) return;
    if (!result.user) {
      link.abandon("hello without a user");
      return;
    }
    this.#stopTimer();
    this.#welcomed = true;
    this.#stopStability = clock.after(limits.stableAfterMs, () => {
      this.#backoff.reset();
    });
    link.keepAlive(result.heartbeatMs);
    this.#tokens.accepted(link, result.tokenTtlMs);
    const { sessionId: id, tenant, roles, limits: policies } = result;
    user.connected(link, result);
    this.state.set({ status: "connected", session: { id, user: result.user, tenant, roles, limits: policies } });
  }

  #refused(link: Link, refusal: WireError | undefined): void {
    if (link !== this.#link) return;
    const error = refusal
      ? ParleyError.fromWire(refusal, "hello")
      : new ParleyError("BAD_SERVER", "hello: no answer of hello");
    this.#forget();
    link.abandon("hello refused");
    if (error.retry === "refresh" ? !this.#tokens.refused(error) : error.retry === "never") this.stop(error);
    else this.#retry({ delayMs: Math.max(error.afterMs, this.#backoff.nextMs()), hasty: error.afterMs === 0, error });
  }

  #lost(reason: CloseReason): void {
    const welcomed = this.#welcomed;
    const drainAtMs = this.#drainAtMs;
    this.#forget();
    this.#setup.logger?.debug("connection lost", { code: reason.code, reason: reason.text, welcomed });
    const advice = closeAdvice(reason.code);
    const error = advice.next === "resume" ? undefined : new ParleyError(advice.error, `closed with ${reason.code}`);
    const giveUp = advice.next === "stop" || (error !== undefined && !this.#tokens.refused(error));
    if (giveUp) {
      this.stop(error);
      return;
    }
    const retry = { reason, ...(error ? { error } : {}) };
    if (drainAtMs === undefined) this.#retry({ delayMs: this.#backoff.nextMs(), hasty: true, ...retry });
    else this.#retry({ delayMs: Math.max(0, drainAtMs - this.#setup.clock.monoMs()), hasty: false, ...retry });
  }

  /** The server goes away: this client moves at its own random time within the window, or when the socket closes. */
  #drained(link: Link, afterMs: number): void {
    if (link !== this.#link) return;
    this.#drainAtMs = this.#setup.clock.monoMs() + afterMs;
    this.#setup.clock.after(afterMs, () => {
      if (link === this.#link) link.abandon("drained");
    });
  }

  #retry(retry: Retry): void {
    this.#stopTimer();
    this.#attempt?.abort();
    this.#hasty = retry.hasty;
    const retryAtMs = this.#setup.clock.wallMs() + retry.delayMs;
    this.#stopTimer = this.#setup.clock.after(retry.delayMs, () => {
      this.#connect();
    });
    const { reason, error } = retry;
    this.state.set({ status: "waiting", attempt: this.#backoff.attempts, retryAtMs, reason, error });
  }

  /** The network may be back: an idle wait ends now, an open link is checked. */
  #wake(): void {
    if (this.#welcomed) this.#link?.probe();
    else if (this.state.getSnapshot().status === "waiting" && this.#hasty) this.#connect();
  }

  /** No link any more: whatever an old one still tells is ignored. */
  #forget(): void {
    const wasConnected = this.#welcomed;
    this.#link = undefined;
    this.#welcomed = false;
    this.#drainAtMs = undefined;
    this.#stopStability();
    this.#tokens.stop();
    if (wasConnected) this.#setup.user.disconnected();
  }
}

const late = (text: string): ParleyError => new ParleyError("TOKEN_PROVIDER", text);
