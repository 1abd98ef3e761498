import { useEffect, useRef, useState, type ReactElement } from "react";
import type { TimelineEntry } from "@parley/client";
import { useWorkspace } from "../app/hooks.js";
import { useConversation } from "./context.js";

/** Arrivals within this time are told together. */
const PAUSE_MS = 1_000;
const TEXT_MAX = 160;

/** Tells screen readers what was said, in moderation: one message with its text, several by their number. */
export function Announcer({ entries }: { readonly entries: readonly TimelineEntry[] }): ReactElement {
  const { me } = useWorkspace();
  const { nameOf } = useConversation();
  const told = useRef<number>(undefined);
  const [text, setText] = useState("");
  useEffect(() => {
    const newest = entries.findLast(({ state }) => state === "sent")?.message.offset ?? 0;
    told.current ??= newest;
    const timer = setTimeout(() => {
      const since = told.current ?? newest;
      const fresh = entries.filter(({ message }) => message.offset > since && message.authorId !== me.id);
      told.current = Math.max(since, newest);
      const last = fresh.at(-1)?.message;
      if (!last) return;
      const single = `${nameOf(last.authorId)}: ${last.text.slice(0, TEXT_MAX)}`;
      setText(fresh.length === 1 ? single : `${fresh.length} new messages, the last from ${nameOf(last.authorId)}`);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [entries, me.id, nameOf]);
  return (
    <p aria-live="polite" className="sr-only">
      {text}
    </p>
  );
}
