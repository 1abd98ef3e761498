import type { ReactElement } from "react";
import type { PresenceState } from "@parley/client";

const TINTS = 8;

/** The first letters of the first and last word; never more than two. */
export function initials(name: string): string {
  const parts = name
    .trim()
    .split(/[\s_.-]+/u)
    .filter(Boolean);
  const letters = parts.length > 1 ? [parts[0], parts.at(-1)] : [parts[0]];
  const text = letters.map((part) => part?.match(/./u)?.[0] ?? "").join("");
  return text === "" ? "?" : text.toLocaleUpperCase();
}

/** The same id has the same colour everywhere and always. */
export function tintOf(id: string): number {
  let hash = 7;
  for (const letter of id) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return hash % TINTS;
}

const sizes = {
  xs: "size-5 rounded-md text-[0.5625rem]",
  sm: "size-7 rounded-lg text-2xs",
  md: "size-9 rounded-[0.625rem] text-[0.8125rem]",
  lg: "size-12 rounded-xl text-base",
};

export interface AvatarProps {
  readonly id: string;
  readonly name: string;
  readonly size?: keyof typeof sizes;
  readonly presence?: PresenceState | undefined;
}

/** A person as initials on their colour; decoration, since the name always stands beside it. */
export function Avatar({ id, name, size = "md", presence }: AvatarProps): ReactElement {
  return (
    <span className="relative inline-flex shrink-0 select-none" aria-hidden="true">
      <span className={`inline-flex items-center justify-center font-semibold tint-${tintOf(id)} ${sizes[size]}`}>
        {initials(name)}
      </span>
      {presence && <PresenceDot state={presence} />}
    </span>
  );
}

const dots: Record<PresenceState, string> = {
  ONLINE: "bg-online",
  AWAY: "bg-surface ring-[2.5px] ring-inset ring-away",
  OFFLINE: "bg-surface ring-2 ring-inset ring-line-strong",
  INVISIBLE: "bg-surface ring-2 ring-inset ring-line-strong",
};

/** Shape and colour both tell the state. */
function PresenceDot({ state }: { readonly state: PresenceState }): ReactElement {
  return (
    <span className="absolute -right-1 -bottom-1 rounded-full bg-canvas p-[2.5px]">
      <span className={`block size-2.5 rounded-full ${dots[state]}`} />
    </span>
  );
}

/** Presence in words. */
export const presenceWords: Record<PresenceState, string> = {
  ONLINE: "Online",
  AWAY: "Away",
  OFFLINE: "Offline",
  INVISIBLE: "Invisible",
};
