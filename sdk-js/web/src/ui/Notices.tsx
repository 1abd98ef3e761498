import type { ReactElement } from "react";
import { useObservable } from "../app/hooks.js";
import { dismiss, notices } from "../app/notices.js";
import { IconButton } from "./Button.js";
import { Icon } from "./icons.js";

/** Short texts at the lower edge; told politely to screen readers. */
export function Notices(): ReactElement {
  const shown = useObservable(notices);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-3 bottom-24 z-50 mx-auto flex max-w-md flex-col items-center gap-2"
    >
      {shown.map(({ id, tone, text }) => (
        <div
          key={id}
          className="pointer-events-auto flex items-center gap-2.5 rounded-xl border border-line bg-raised py-1.5 pr-1.5 pl-3.5 text-sm shadow-float"
        >
          <span className={tone === "error" ? "text-danger" : "text-accent"}>
            <Icon name={tone === "error" ? "alert" : "check"} small />
          </span>
          <span className="min-w-0 flex-1">{text}</span>
          <IconButton
            icon="close"
            label="Dismiss"
            small
            onClick={() => {
              dismiss(id);
            }}
          />
        </div>
      ))}
    </div>
  );
}
