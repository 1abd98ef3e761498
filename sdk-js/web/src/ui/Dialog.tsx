import { Dialog as Radix } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { IconButton } from "./Button.js";
import { keepMovedFocus } from "./focus.js";

export interface DialogProps {
  readonly title: string;
  readonly description: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A modal dialog: focus stays inside, Escape and a press beside it close it, focus returns where it was. */
export function Dialog({ title, description, onClose, children }: DialogProps): ReactElement {
  return (
    <Radix.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Radix.Portal>
        {/* Not Radix's overlay: that one adds a style element, which the content security policy forbids. */}
        <div className="fixed inset-0 z-40 bg-[rgb(0_0_0/0.45)]" />
        <Radix.Content
          onOpenAutoFocus={focusFirstField}
          onCloseAutoFocus={keepMovedFocus}
          className="fixed inset-x-3 top-[8vh] z-50 mx-auto flex max-h-[84vh] max-w-md flex-col rounded-2xl border border-line bg-raised shadow-float outline-none"
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-1">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-lg font-semibold tracking-tight">{title}</Radix.Title>
              <Radix.Description className="text-sm text-ink-soft">{description}</Radix.Description>
            </div>
            <Radix.Close asChild>
              <IconButton icon="close" label="Close" className="-mr-2" />
            </Radix.Close>
          </header>
          <div className="flex min-h-0 flex-1 flex-col overflow-y-auto px-5 pt-3 pb-5">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Who opens a dialog wants to fill it in, not to close it. */
function focusFirstField(event: Event): void {
  const field = (event.currentTarget as HTMLElement).querySelector<HTMLElement>("input, textarea");
  if (!field) return;
  event.preventDefault();
  field.focus();
}
