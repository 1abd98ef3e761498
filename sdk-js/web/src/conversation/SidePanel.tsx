import { useEffect, useRef, useState, type ReactElement, type ReactNode } from "react";
import { giveFocusBack, takeOpener } from "../app/opener.js";
import { openPanel } from "../app/route.js";
import { IconButton } from "../ui/Button.js";

export interface SidePanelProps {
  readonly title: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/**
 * What is open beside the messages; over them where there is no room. Takes the focus when it opens and gives it back
 * when it closes, which Escape does.
 */
export function SidePanel({ title, action, children }: SidePanelProps): ReactElement {
  const heading = useRef<HTMLHeadingElement>(null);
  // Not in an effect: covered by the panel, the opener may have lost the focus by then.
  const [opener] = useState(takeOpener);
  useEffect(() => {
    heading.current?.focus();
    return () => {
      giveFocusBack(opener);
    };
  }, [opener]);
  return (
    <aside
      aria-label={title}
      className="absolute inset-0 z-20 flex min-h-0 flex-col border-l border-line bg-surface lg:static lg:w-[23rem] lg:shrink-0"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        openPanel(undefined);
      }}
    >
      <header className="flex h-14 shrink-0 items-center gap-1 border-b border-line pr-2 pl-4">
        <h2 ref={heading} tabIndex={-1} className="min-w-0 flex-1 truncate font-semibold tracking-tight outline-none">
          {title}
        </h2>
        {action}
        <IconButton
          icon="close"
          label={`Close ${title.toLocaleLowerCase()}`}
          onClick={() => {
            openPanel(undefined);
          }}
        />
      </header>
      {children}
    </aside>
  );
}
