import type { ReactElement } from "react";
import type { Message } from "@parley/client";
import { useWorkspace } from "../app/hooks.js";
import { attempt } from "../app/notices.js";
import { useConversation } from "../conversation/context.js";

/** The reactions to a message; pressing one joins in or takes one's own back. */
export function Reactions({ message }: { readonly message: Message }): ReactElement | null {
  const { can } = useConversation();
  const toggle = useToggleReaction(message);
  if (message.reactions.length === 0) return null;
  return (
    <ul className="mt-1 mb-0.5 flex flex-wrap gap-1" aria-label="Reactions">
      {message.reactions.map(({ kind, count }) => {
        const isOwn = message.ownReactions.includes(kind);
        return (
          <li key={kind}>
            <button
              type="button"
              disabled={!can("send-reaction")}
              aria-pressed={isOwn}
              aria-label={`${kind}, ${count}`}
              title={isOwn ? "Take your reaction back" : "React the same way"}
              className="flex h-7 items-center gap-1.5 rounded-full border border-line bg-surface px-2.5 text-[0.8125rem] text-ink-soft transition-colors hover:border-line-strong aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
              onClick={() => {
                toggle(kind);
              }}
            >
              <span className="text-[0.9375rem] leading-none">{kind}</span>
              <span className="font-semibold tabular-nums">{count}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** Adds one's own reaction of a kind, or takes it back. */
export function useToggleReaction(message: Message): (kind: string) => void {
  const { client } = useWorkspace();
  const channel = client.channel(message.channelId);
  return (kind) => {
    const isOwn = message.ownReactions.includes(kind);
    attempt(() => (isOwn ? channel.unreact(message.id, kind) : channel.react(message.id, kind)));
  };
}
