import { Popover } from "radix-ui";
import { useRef, useState, type KeyboardEvent, type ReactElement, type ReactNode } from "react";

/** The few that cover most of what people want to say; anything else can be typed. */
const emoji: readonly (readonly [string, string])[] = [
  ["👍", "thumbs up"],
  ["👎", "thumbs down"],
  ["❤️", "heart"],
  ["🎉", "party"],
  ["😄", "smile"],
  ["😂", "laughing"],
  ["😮", "surprised"],
  ["😢", "crying"],
  ["🙏", "thank you"],
  ["👏", "applause"],
  ["🔥", "fire"],
  ["👀", "eyes"],
  ["✅", "done"],
  ["❌", "no"],
  ["🚀", "rocket"],
  ["💡", "idea"],
  ["🤔", "thinking"],
  ["💯", "hundred"],
  ["☕", "coffee"],
  ["🌿", "herb"],
  ["🐛", "bug"],
];
const COLUMNS = 7;

export interface EmojiPickerProps {
  readonly children: ReactNode;
  readonly onPick: (kind: string) => void;
}

/** A small grid of emoji that opens from `children`, a button. Arrow keys walk over it. */
export function EmojiPicker({ children, onPick }: EmojiPickerProps): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  const [current, setCurrent] = useState(0);
  const grid = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: COLUMNS,
      ArrowUp: -COLUMNS,
    };
    const next = current + (steps[event.key] ?? 0);
    if (next === current || next < 0 || next >= emoji.length) return;
    event.preventDefault();
    setCurrent(next);
    grid.current?.querySelectorAll("button")[next]?.focus();
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger asChild>{children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label="Pick a reaction"
          side="top"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-50 rounded-xl border border-line bg-raised p-2 shadow-float outline-none"
        >
          <div ref={grid} role="group" aria-label="Emoji" className="grid grid-cols-7 gap-0.5" onKeyDown={onKeyDown}>
            {emoji.map(([kind, name], index) => (
              <button
                key={kind}
                type="button"
                aria-label={name}
                title={name}
                tabIndex={index === current ? 0 : -1}
                className="flex size-9 items-center justify-center rounded-lg text-xl hover:bg-hover"
                onFocus={() => {
                  setCurrent(index);
                }}
                onClick={() => {
                  setIsOpen(false);
                  onPick(kind);
                }}
              >
                {kind}
              </button>
            ))}
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
