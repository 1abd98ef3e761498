import type { Clock } from "../base/clock.js";
import { asParleyError, ParleyError } from "../base/errors.js";
import type { ClientLimits } from "../base/limits.js";
import type { Logger, TokenProvider } from "../base/options.js";
import type { Link } from "./link.js";

/** What a token keeper needs. */
export interface TokenKeeperSetup {
  readonly token: TokenProvider;
  readonly clock: Clock;
  readonly limits: ClientLimits;
  readonly logger: Logger | undefined;
}

/** A token is replaced when this share of its life is over. */
const REFRESH_SHARE = 0.8;
/** Not sooner, whatever is left of its life: a provider that gives the same old token is not asked in a loop. */
const REFRESH_LEAST_MS = 1_000;
const RETRY_FIRST_MS = 1_000;

/** Gets tokens, counts refusals, and replaces the token of an open link before it expires. */
export class TokenKeeper {
  readonly #setup: TokenKeeperSetup;
  #refusal: ParleyError | undefined;
  #refusals = 0;
  #expiresAtMs = 0;
  #stopTimer: () => void = () => undefined;
  #refreshing: AbortController | undefined;

  constructor(setup: TokenKeeperSetup) {
    this.#setup = setup;
  }

  /** @throws ParleyError `TOKEN_PROVIDER` when the provider fails. */
  async fetch(signal: AbortSignal): Promise<string> {
    try {
      return await this.#setup.token({ refused: this.#refusal, signal });
    } catch (cause) {
      throw new ParleyError("TOKEN_PROVIDER", "the token function failed", { cause, retry: "after" });
    }
  }

  /** The server took the token; a `ttlMs` of 0 means that it never expires. */
  accepted(link: Link, ttlMs: number): void {
    this.#refusal = undefined;
    this.#refusals = 0;
    this.#expiresAtMs = this.#setup.clock.monoMs() + ttlMs;
    this.stop();
    if (ttlMs > 0) this.#schedule(link, Math.max(REFRESH_LEAST_MS, ttlMs * REFRESH_SHARE));
  }

  /** The server refused the token. False when it has happened too often in a row to go on. */
  refused(error: ParleyError): boolean {
    this.#refusal = error;
    this.#refusals += 1;
    return this.#refusals < this.#setup.limits.tokenRefusalsMax;
  }

  /** Replaces the token now, because the server refused a command for it. */
  refreshNow(link: Link, error: ParleyError): void {
    this.#refusal = error;
    if (!this.#refreshing) this.#refresh(link);
  }

  stop(): void {
    this.#stopTimer();
    this.#refreshing?.abort();
    this.#refreshing = undefined;
  }

  #schedule(link: Link, delayMs: number): void {
    this.#stopTimer();
    this.#stopTimer = this.#setup.clock.after(delayMs, () => {
      this.#refresh(link);
    });
  }

  #refresh(link: Link): void {
    this.#stopTimer();
    const refreshing = new AbortController();
    this.#refreshing = refreshing;
    void this.fetch(refreshing.signal).then(
      (token) => {
        if (!refreshing.signal.aborted) this.#offer(link, token);
      },
      (thrown: unknown) => {
        if (!refreshing.signal.aborted) this.#again(link, asParleyError(thrown));
      },
    );
  }

  #offer(link: Link, token: string): void {
    link.command("refresh", { token }, undefined, (outcome) => {
      this.#refreshing = undefined;
      if (outcome.kind === "ok" && outcome.body.result.kind === "refresh") {
        this.accepted(link, outcome.body.result.body.tokenTtlMs);
      } else if (outcome.kind === "err") {
        this.#refusal = ParleyError.fromWire(outcome.body, "refresh");
        this.#again(link, this.#refusal);
      }
    });
  }

  /** Tries until the token has expired; then the server closes the socket, and connecting takes over. */
  #again(link: Link, error: ParleyError): void {
    this.#refreshing = undefined;
    this.#setup.logger?.warn("the token could not be refreshed", { code: error.code });
    const leftMs = this.#expiresAtMs - this.#setup.clock.monoMs();
    if (leftMs > 0) this.#schedule(link, Math.max(RETRY_FIRST_MS, leftMs / 4));
  }
}
