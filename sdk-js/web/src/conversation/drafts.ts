/** Unsent texts by conversation, kept while the page lives and nowhere else. */
const drafts = new Map<string, string>();
const DRAFTS_MAX = 50;

export const draftOf = (key: string): string => drafts.get(key) ?? "";

export function keepDraft(key: string, text: string): void {
  drafts.delete(key);
  if (text.trim() === "") return;
  drafts.set(key, text);
  const [oldest] = drafts.keys();
  if (drafts.size > DRAFTS_MAX && oldest !== undefined) drafts.delete(oldest);
}
