// Reads values of the canonical proto3 JSON mapping. A missing member is its default; a member of the wrong kind is a
// DecodeError.
import type { JsonObject } from "./types.js";

/** Members of a JSON object, not looked at yet. */
export type Members = Readonly<Record<string, unknown>>;

/** Names of an enum by number: servers may send either. */
export type EnumNames<E extends string> = Readonly<Record<number, E>>;

/** The bytes are not what the contract says. */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
}

const wrong = (expected: string, value: unknown): never => {
  throw new DecodeError(`expected ${expected}, got ${typeof value}`);
};

const isMissing = (value: unknown): value is null | undefined => value === undefined || value === null;

export function object(value: unknown): Members {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return wrong("an object", value);
  return value as Members;
}

export const has = (from: Members, member: string): boolean => !isMissing(from[member]);

export function string(value: unknown): string {
  if (isMissing(value)) return "";
  return typeof value === "string" ? value : wrong("a string", value);
}

export function boolean(value: unknown): boolean {
  if (isMissing(value)) return false;
  return typeof value === "boolean" ? value : wrong("a boolean", value);
}

/** 64-bit integers travel as strings; offsets and versions stay far below 2^53, so a number holds them exactly. */
export function number(value: unknown): number {
  if (isMissing(value)) return 0;
  const parsed = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof parsed === "number" && Number.isSafeInteger(parsed) ? parsed : wrong("an integer", value);
}

export function timestamp(value: unknown): Date {
  const date = new Date(string(value));
  return Number.isNaN(date.getTime()) ? wrong("a timestamp", value) : date;
}

export const struct = (value: unknown): JsonObject => object(value) as JsonObject;

export function optional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
  return isMissing(value) ? undefined : read(value);
}

export function list<T>(value: unknown, read: (value: unknown) => T): readonly T[] {
  if (isMissing(value)) return [];
  return Array.isArray(value) ? value.map((item: unknown) => read(item)) : wrong("a list", value);
}

export function map<T>(value: unknown, read: (value: unknown) => T): Readonly<Record<string, T>> {
  if (isMissing(value)) return {};
  return Object.fromEntries(Object.entries(object(value)).map(([key, item]) => [key, read(item)]));
}

/** A value that a newer server added reads as the default, the most harmless choice by the contract's rule. */
export function enumeration<E extends string>(value: unknown, names: EnumNames<E>): E {
  const fallback = names[0];
  if (fallback === undefined) return wrong("an enum with a zero value", value);
  if (typeof value === "number") return names[value] ?? fallback;
  return Object.values(names).find((name) => name === value) ?? fallback;
}
