import { ParleyError, type ParleyErrorName } from "./base/errors.js";
import { errorCodes } from "./wire/catalogue.js";
import { decodeGuestSession } from "./wire/decode.js";
import { number, object, string } from "./wire/json.js";
import type { GuestSession } from "./wire/types.js";

/** What {@link createGuest} takes. */
export interface GuestOptions {
  /** The server, e.g. `https://chat.example.org`. */
  readonly url: string;
  /** How others see the guest; a server-made name when absent. */
  readonly name?: string;
  readonly tenant?: string;
  readonly signal?: AbortSignal;
  /** Replaces the global `fetch`. */
  readonly fetch?: typeof fetch;
}

/**
 * Makes an anonymous user with a session token of its own.
 * @throws {@link ParleyError} `GUEST_LIMIT` when this address made too many; `UNAVAILABLE` when no server answers.
 * @example
 * const guest = await createGuest({ url: location.origin, name: "Ada" });
 * const client = new ParleyClient({ url: location.origin, token: () => guest.token });
 */
export async function createGuest(options: GuestOptions): Promise<GuestSession> {
  const url = new URL("/v1/guests", options.url.replace(/^ws/, "http"));
  const response = await (options.fetch ?? fetch)(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: options.name, tenant: options.tenant }),
    ...(options.signal ? { signal: options.signal } : {}),
  }).catch((cause: unknown) => {
    const code = options.signal?.aborted ? "NOT_CONFIRMED" : "UNAVAILABLE";
    throw new ParleyError(code, "create guest: no answer", { cause });
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw problem(response.status, body);
  return decodeGuestSession(body);
}

/** The refusal in an RFC 9457 body; a body of something else (a proxy) is told by its status. */
function problem(status: number, body: unknown): ParleyError {
  if (typeof body !== "object" || body === null) {
    return new ParleyError("UNKNOWN", `create guest: HTTP ${String(status)}`, { code: status * 100 });
  }
  const members = object(body);
  const name = string(members["name"]);
  const known = Object.hasOwn(errorCodes, name);
  return new ParleyError(known ? (name as ParleyErrorName) : "UNKNOWN", `create guest: ${string(members["detail"])}`, {
    code: number(members["code"]),
    afterMs: number(members["afterMs"]),
    ref: string(members["instance"]),
  });
}
