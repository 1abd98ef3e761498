import type { ParleyErrorName } from "../base/errors.js";

/** What to do after a socket closed: come back, come back with another token, or stay away. */
export type CloseAdvice =
  | { readonly next: "resume" }
  | { readonly next: "reauthenticate"; readonly error: ParleyErrorName }
  | { readonly next: "stop"; readonly error: ParleyErrorName };

const STOPS: Readonly<Record<number, ParleyErrorName>> = { 4201: "BANNED", 4202: "MALFORMED", 4204: "FORBIDDEN" };

/** By range, so that codes of a newer server are understood; anything outside the ranges is worth coming back. */
export function closeAdvice(code: number): CloseAdvice {
  if (code >= 4100 && code < 4200) {
    return { next: "reauthenticate", error: code === 4102 ? "TOKEN_REVOKED" : "TOKEN_EXPIRED" };
  }
  if (code >= 4200 && code < 4300) return { next: "stop", error: STOPS[code] ?? "CLOSED" };
  return { next: "resume" };
}
