import type { ReactElement } from "react";
import { listOf } from "../people/names.js";
import { useConversation } from "./context.js";

/** Who is typing; the line has its room always, so that nothing jumps. */
export function Typing({ userIds }: { readonly userIds: readonly string[] }): ReactElement {
  const { nameOf } = useConversation();
  const text =
    userIds.length === 0 ? "" : `${listOf(userIds.map(nameOf))} ${userIds.length === 1 ? "is" : "are"} typing…`;
  return (
    <p className="h-6 shrink-0 truncate px-5 text-[0.8125rem] leading-6 text-ink-soft" data-testid="typing">
      {text}
    </p>
  );
}
