import { errorCodes, type RetryAdvice, type WireErrorName } from "../wire/catalogue.js";
import type { Violation, WireError } from "../wire/types.js";

/**
 * Names that only this library gives:
 * - `NOT_CONFIRMED`: the answer did not arrive; the effect may or may not have happened.
 * - `ABORTED`: the caller's `AbortSignal` fired before anything was sent, or while reading.
 * - `CLOSED`: the client was closed, or the server told it never to come back.
 * - `QUEUE_FULL`: more requests wait than {@link ClientLimits.requestsMax}.
 * - `TOKEN_PROVIDER`: the `token` function of {@link ClientOptions} failed.
 * - `BAD_SERVER`: the server sent something that is not of this protocol.
 * - `UNKNOWN`: a code of a newer server; `code` holds its number.
 */
export type LocalErrorName =
  "NOT_CONFIRMED" | "ABORTED" | "CLOSED" | "QUEUE_FULL" | "TOKEN_PROVIDER" | "BAD_SERVER" | "UNKNOWN";

/** The stable key of a failure: compare with this, never with a message. */
export type ParleyErrorName = WireErrorName | LocalErrorName;

/** What a {@link ParleyError} is made of. */
export interface ParleyErrorDetails {
  /** The number of the catalogue; 0 for names that only this library gives. */
  readonly code?: number;
  readonly retry?: RetryAdvice;
  /** With `retry: "after"`: wait at least this long. */
  readonly afterMs?: number;
  /** Names the request in the server's logs. */
  readonly ref?: string;
  readonly violations?: readonly Violation[];
  readonly cause?: unknown;
}

/**
 * Every failure of this library.
 * @example
 * try {
 *   await channel.send("hello");
 * } catch (error) {
 *   if (error instanceof ParleyError && error.code === "SLOW_MODE") showCountdown(error.afterMs);
 * }
 */
export class ParleyError extends Error {
  override readonly name = "ParleyError";
  /** The name from the catalogue, e.g. `CHANNEL_NOT_FOUND`. */
  readonly code: ParleyErrorName;
  /** The catalogue's number; 0 for a name that only this library gives. */
  readonly number: number;
  /** What may be done next; the library has done it already where it can. */
  readonly retry: RetryAdvice;
  readonly afterMs: number;
  readonly ref: string;
  readonly violations: readonly Violation[];

  constructor(code: ParleyErrorName, message: string, details: ParleyErrorDetails = {}) {
    super(`${code}: ${message}`, details.cause === undefined ? undefined : { cause: details.cause });
    const known = isWireErrorName(code) ? errorCodes[code] : undefined;
    this.code = code;
    this.number = details.code ?? known?.code ?? 0;
    this.retry = details.retry ?? known?.retry ?? "never";
    this.afterMs = details.afterMs ?? 0;
    this.ref = details.ref ?? "";
    this.violations = details.violations ?? [];
  }

  /** The refusal that a server sent; a code of a newer server becomes `UNKNOWN` with its number. */
  static fromWire(error: WireError, context: string): ParleyError {
    const title = isWireErrorName(error.name) ? errorCodes[error.name].title : error.name;
    return new ParleyError(
      isWireErrorName(error.name) ? error.name : "UNKNOWN",
      `${context}: ${error.detail || title}`,
      {
        code: error.code,
        retry: error.retry.toLowerCase() as RetryAdvice,
        afterMs: error.afterMs,
        ref: error.ref,
        violations: error.violations,
      },
    );
  }
}

/** A failure as a {@link ParleyError}, whatever was thrown. */
export const asParleyError = (thrown: unknown): ParleyError =>
  thrown instanceof ParleyError ? thrown : new ParleyError("BAD_SERVER", String(thrown), { cause: thrown });

const isWireErrorName = (name: string): name is WireErrorName => Object.hasOwn(errorCodes, name);
