/** A piece of running text. */
export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string }
  | { readonly kind: "mention"; readonly text: string; readonly userId: string }
  | { readonly kind: "strong" | "em"; readonly children: readonly Inline[] };

/** A piece of a message. */
export type Block =
  { readonly kind: "text"; readonly inlines: readonly Inline[] } | { readonly kind: "code"; readonly text: string };

/** Somebody who may be mentioned as `@name`. */
export interface Mentionable {
  readonly userId: string;
  readonly name: string;
}

/** A fence opens and closes on a line of its own; an open one runs to the end. */
const FENCE = "```";

/**
 * The few marks that people type without thinking: bold, italic, code, fences, addresses, mentions. All else is text
 * as it
 * is. Runs in time linear in the text: every pattern stops at the next mark of its kind.
 */
export function parseMessage(text: string, mentioned: readonly Mentionable[]): readonly Block[] {
  const blocks: Block[] = [];
  const parts = text.split(FENCE);
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 1) {
      blocks.push({ kind: "code", text: part.replace(/^[\w+-]*\n/, "").replace(/\n$/, "") });
      continue;
    }
    const bare = part.replace(index === 0 ? /$^/ : /^\n/, "").replace(index === parts.length - 1 ? /$^/ : /\n$/, "");
    if (bare !== "") blocks.push({ kind: "text", inlines: inlinesOf(bare, mentioned) });
  }
  return blocks;
}

const MARK =
  /`([^`\n]+)`|\*\*([^*\n]+)\*\*|(?<![\w*])\*([^*\s](?:[^*\n]*[^*\s])?)\*(?![\w*])|(?<!\w)_([^_\s](?:[^_\n]*[^_\s])?)_(?!\w)|(https?:\/\/[^\s<>"]+)/gu;

function inlinesOf(text: string, mentioned: readonly Mentionable[]): readonly Inline[] {
  const inlines: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(MARK)) {
    if (match.index < end) continue; // inside of an address that was taken whole
    const piece = inlineOf(match, mentioned);
    if (!piece) continue;
    inlines.push(...withMentions(text.slice(end, match.index), mentioned), piece.inline);
    end = match.index + piece.length;
  }
  inlines.push(...withMentions(text.slice(end), mentioned));
  return inlines;
}

interface Piece {
  readonly inline: Inline;
  readonly length: number;
}

function inlineOf(match: RegExpMatchArray, mentioned: readonly Mentionable[]): Piece | undefined {
  const [{ length }, code, strong, star, underscore, address] = match;
  if (code !== undefined) return { inline: { kind: "code", text: code }, length };
  if (strong !== undefined) return { inline: { kind: "strong", children: inlinesOf(strong, mentioned) }, length };
  const em = star ?? underscore;
  if (em !== undefined) return { inline: { kind: "em", children: inlinesOf(em, mentioned) }, length };
  return address === undefined ? undefined : linkOf(address);
}

/** Punctuation behind an address belongs to the sentence; a closing bracket only when the address opened none. */
function linkOf(address: string): Piece | undefined {
  let text = address.replace(/[.,;:!?'*_]+$/, "");
  if (text.endsWith(")") && !text.includes("(")) text = text.slice(0, -1);
  return URL.canParse(text) ? { inline: { kind: "link", text, href: text }, length: text.length } : undefined;
}

function withMentions(text: string, mentioned: readonly Mentionable[]): readonly Inline[] {
  if (text === "") return [];
  const longestFirst = [...mentioned].sort((a, b) => b.name.length - a.name.length);
  for (const { userId, name } of longestFirst) {
    const at = text.indexOf(`@${name}`);
    if (at < 0) continue;
    const end = at + name.length + 1;
    return [
      ...withMentions(text.slice(0, at), mentioned),
      { kind: "mention", text: text.slice(at, end), userId },
      ...withMentions(text.slice(end), mentioned),
    ];
  }
  return [{ kind: "text", text }];
}

/** The words without the marks, on one line: for excerpts. */
export function plainText(text: string): string {
  const words = (inlines: readonly Inline[]): string =>
    inlines.map((inline) => ("children" in inline ? words(inline.children) : inline.text)).join("");
  const blocks = parseMessage(text, []).map((block) => (block.kind === "code" ? block.text : words(block.inlines)));
  return blocks.join(" ").replace(/\s+/g, " ").trim();
}

/** One to three emoji and nothing else: shown large. */
export const isOnlyEmoji = (text: string): boolean =>
  /^(?:\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\uFE0F|\u200D\p{Extended_Pictographic})*\s?){1,3}$/u.test(text);
