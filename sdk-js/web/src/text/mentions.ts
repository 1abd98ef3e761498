import type { Mentionable } from "./markdown.js";

const SHOWN_MAX = 6;

/** A mention that is being typed: `@que|` with the caret at the bar. */
export interface MentionQuery {
  /** Where the "@" is. */
  readonly start: number;
  readonly query: string;
}

/** The mention that ends at the caret, if there is one. A name may have one space in it. */
export function mentionAt(text: string, caret: number): MentionQuery | undefined {
  const match = /(?:^|[\s(])@([\p{L}\p{N}_.-]{0,40}(?: [\p{L}\p{N}_.-]{1,40})?)$/u.exec(text.slice(0, caret));
  const query = match?.[1];
  return query === undefined ? undefined : { start: caret - query.length - 1, query };
}

/** Who is meant: names and ids that begin with the query, then names with a later word that does. */
export function suggestions(candidates: readonly Mentionable[], query: string): readonly Mentionable[] {
  const wanted = query.toLocaleLowerCase();
  const rank = ({ name, userId }: Mentionable): number => {
    const lower = name.toLocaleLowerCase();
    if (lower.startsWith(wanted)) return 0;
    if (lower.split(/\s+/).some((word) => word.startsWith(wanted))) return 1;
    return userId.toLocaleLowerCase().startsWith(wanted) ? 2 : 3;
  };
  return candidates
    .map((candidate) => ({ candidate, place: rank(candidate) }))
    .filter(({ place }) => place < 3)
    .sort((a, b) => a.place - b.place || a.candidate.name.localeCompare(b.candidate.name))
    .slice(0, SHOWN_MAX)
    .map(({ candidate }) => candidate);
}

/** The ids behind every `@name` of the text; where two share a name, the one that was picked. */
export function mentionedIn(
  text: string,
  candidates: readonly Mentionable[],
  picked: ReadonlyMap<string, string>,
): readonly string[] {
  const ids = new Set<string>();
  let rest = text;
  for (const { name, userId } of [...candidates].sort((a, b) => b.name.length - a.name.length)) {
    if (name === "" || (picked.has(name) && picked.get(name) !== userId) || !rest.includes(`@${name}`)) continue;
    ids.add(userId);
    rest = rest.replaceAll(`@${name}`, " "); // so that "Ada" is not found again in "@Ada Lovelace"
  }
  return [...ids];
}
