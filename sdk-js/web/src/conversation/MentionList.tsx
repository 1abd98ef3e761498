import type { ReactElement } from "react";
import { Avatar } from "../ui/Avatar.js";
import type { Mentions } from "./useMentions.js";

/** The people that `@…` could mean; the keys are the text box's. */
export function MentionList({
  id,
  mentions,
}: {
  readonly id: string;
  readonly mentions: Mentions;
}): ReactElement | null {
  if (mentions.offered.length === 0) return null;
  return (
    <div
      id={id}
      role="listbox"
      aria-label="People to mention"
      className="absolute bottom-full left-4 z-20 mb-1 w-72 max-w-[calc(100%-2rem)] rounded-xl border border-line bg-raised p-1.5 shadow-float"
    >
      {mentions.offered.map((person, index) => (
        <div
          key={person.userId}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === mentions.active}
          className="flex cursor-pointer items-center gap-2.5 rounded-lg px-2 py-1.5 text-sm hover:bg-hover aria-selected:bg-selected"
          onMouseDown={(event) => {
            event.preventDefault(); // the text box keeps the focus
            mentions.pick(person);
          }}
        >
          <Avatar id={person.userId} name={person.name} size="sm" />
          <span className="min-w-0 flex-1 truncate">{person.name}</span>
          {person.userId === "@channel" && <span className="text-xs text-ink-faint">Everybody here</span>}
        </div>
      ))}
    </div>
  );
}
