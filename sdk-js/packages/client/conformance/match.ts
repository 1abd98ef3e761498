/** A JSON value as scenarios hold it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** An object of it. */
export type JsonMap = Readonly<Record<string, Json>>;

export const isMap = (value: unknown): value is JsonMap =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Where a value does not fit a pattern, in words; undefined when it fits. */
export function mismatch(pattern: Json, value: Json | undefined, path = "$"): string | undefined {
  if (Array.isArray(pattern)) return listMismatch(pattern as readonly Json[], value, path);
  if (isMap(pattern)) return mapMismatch(pattern, value, path);
  if ((isDefault(pattern) && isDefault(value)) || isEqual(pattern, value)) return undefined;
  return `${path}: ${JSON.stringify(value)} instead of ${JSON.stringify(pattern)}`;
}

function listMismatch(pattern: readonly Json[], value: Json | undefined, path: string): string | undefined {
  const list = listOf(value);
  if (list.length !== pattern.length)
    return `${path}: ${list.length} elements instead of ${pattern.length}: ${shown(list)}`;
  return first(pattern.map((part, i) => mismatch(part, list[i], `${path}[${i}]`)));
}

function mapMismatch(pattern: JsonMap, value: Json | undefined, path: string): string | undefined {
  if ("$any" in pattern) return isDefault(value) ? `${path}: is missing` : undefined;
  if ("$absent" in pattern) return isDefault(value) ? undefined : `${path}: ${shown(value)} should be absent`;
  if ("$min" in pattern) {
    return Number(value ?? 0) >= Number(pattern["$min"])
      ? undefined
      : `${path}: ${shown(value)} is less than ${shown(pattern["$min"])}`;
  }
  if ("$has" in pattern) {
    const wanted = listOf(pattern["$has"]).find((part) =>
      listOf(value).every((item) => mismatch(part, item) !== undefined),
    );
    return wanted === undefined ? undefined : `${path}: nothing in ${shown(value)} is like ${shown(wanted)}`;
  }
  const from = isMap(value) ? value : {};
  return first(Object.entries(pattern).map(([name, part]) => mismatch(part, from[name], `${path}.${name}`)));
}

/** A value as text; what is no text or number is empty. */
export const textOf = (value: Json | undefined): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
const first = (found: readonly (string | undefined)[]): string | undefined => found.find((text) => text !== undefined);
const shown = (value: unknown): string => JSON.stringify(value).slice(0, 400);

/** True for what JSON leaves out. */
function isDefault(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isMap(value)) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === "" || value === 0 || value === false;
}

/** Numbers compare by value, also when one is written as a string. */
function isEqual(a: Json, b: Json | undefined): boolean {
  if (typeof a === "number" || typeof b === "number") return b !== undefined && b !== "" && Number(a) === Number(b);
  return a === b;
}
