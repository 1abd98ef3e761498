import type { ReactElement } from "react";
import { IconButton } from "../ui/Button.js";
import { Icon } from "../ui/icons.js";
import { plainText } from "../text/markdown.js";
import { useConversation } from "./context.js";
import type { Target } from "./useScope.js";

/** What the text being written is about: the quoted or the edited message. */
export function TargetLine({
  target,
  onCancel,
}: {
  readonly target: Target;
  readonly onCancel: () => void;
}): ReactElement {
  const { nameOf } = useConversation();
  const { message } = target;
  const isEdit = target.kind === "edit";
  return (
    <div className="flex items-center gap-2 border-b border-line py-1 pr-1 pl-3.5 text-[0.8125rem] text-ink-soft">
      <Icon name={isEdit ? "edit" : "quote"} small />
      <span className="shrink-0 font-semibold">{isEdit ? "Editing" : `Quoting ${nameOf(message.authorId)}`}</span>
      <span className="min-w-0 flex-1 truncate text-ink-faint">
        {isEdit ? "Escape cancels" : plainText(message.text)}
      </span>
      <IconButton icon="close" label={isEdit ? "Cancel the edit" : "Do not quote"} small onClick={onCancel} />
    </div>
  );
}
