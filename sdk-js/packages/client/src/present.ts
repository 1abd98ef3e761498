import { ParleyError } from "./base/errors.js";

/** A member that the contract promises. @throws {@link ParleyError} `BAD_SERVER` when a server leaves it out. */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new ParleyError("BAD_SERVER", "the answer lacks what the contract promises");
  return value;
}
