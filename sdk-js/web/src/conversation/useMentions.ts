import { useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { ChannelViewSnapshot } from "@parley/client";
import { useWorkspace } from "../app/hooks.js";
import { useMemberProfiles } from "../people/profiles.js";
import type { Mentionable } from "../text/markdown.js";
import { mentionAt, mentionedIn, suggestions } from "../text/mentions.js";
import { useConversation } from "./context.js";

export interface Mentions {
  /** What to offer now; empty = nothing. */
  readonly offered: readonly Mentionable[];
  readonly active: number;
  /** The ids to send with a text. */
  readonly idsIn: (text: string) => readonly string[];
  /** True when the key belonged to the list. */
  readonly onKey: (event: KeyboardEvent) => boolean;
  readonly pick: (choice: Mentionable) => void;
  readonly moved: (text: string, caret: number) => void;
}

/** Completes `@na|` to a name; `replace` puts it into the text with the caret behind it. */
export function useMentions(
  snapshot: ChannelViewSnapshot,
  text: string,
  replace: (text: string, caret: number) => void,
): Mentions {
  const { me } = useWorkspace();
  const { can, channelId } = useConversation();
  const [caret, setCaret] = useState(-1);
  const [active, setActive] = useState(0);
  const [dismissedAt, setDismissedAt] = useState(-1);
  const picked = useRef(new Map<string, string>());
  const mentionAll = can("mention-all");
  const members = useMemberProfiles(channelId, text.includes("@"));
  const candidates = useMemo((): readonly Mentionable[] => {
    const people = Object.values({ ...members, ...snapshot.users }).filter(({ id }) => id !== me.id);
    const all = mentionAll ? [{ userId: "@channel", name: "channel" }] : [];
    return [...people.map(({ id, name }) => ({ userId: id, name })), ...all];
  }, [members, snapshot.users, me.id, mentionAll]);
  const query = caret < 0 ? undefined : mentionAt(text, caret);
  const isOpen = query !== undefined && query.start !== dismissedAt;
  const offered = isOpen ? suggestions(candidates, query.query) : [];
  const pick = ({ userId, name }: Mentionable): void => {
    if (!query) return;
    picked.current.set(name, userId);
    const head = `${text.slice(0, query.start)}@${name} `;
    setCaret(-1);
    replace(head + text.slice(caret).replace(/^ /, ""), head.length);
  };
  return {
    offered,
    active: Math.min(active, offered.length - 1),
    idsIn: (sent) => mentionedIn(sent, candidates, picked.current),
    pick,
    moved: (present, at) => {
      setCaret(mentionAt(present, at) ? at : -1);
      setActive(0);
    },
    onKey: (event) => {
      const choice = offered[Math.min(active, offered.length - 1)];
      if (!choice) return false;
      if (event.key === "ArrowDown") setActive((active + 1) % offered.length);
      else if (event.key === "ArrowUp") setActive((active + offered.length - 1) % offered.length);
      else if (event.key === "Escape") setDismissedAt(query?.start ?? -1);
      else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") pick(choice);
      else return false;
      event.preventDefault();
      return true;
    },
  };
}
