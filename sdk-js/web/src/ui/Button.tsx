import type { ButtonHTMLAttributes, ReactElement } from "react";
import { Icon, type IconName } from "./icons.js";

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement>;

const looks = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong font-semibold",
  plain: "border border-line-strong/50 bg-raised text-ink hover:bg-hover font-medium",
  danger: "bg-danger-soft text-danger hover:brightness-95 font-semibold",
};

/** A button with words on it. */
export function Button({
  look = "plain",
  className = "",
  ...props
}: ButtonProps & { readonly look?: keyof typeof looks }): ReactElement {
  const shape =
    "inline-flex min-h-9 items-center justify-center gap-2 rounded-lg px-3.5 py-1.5 text-sm transition-colors";
  return <button type="button" {...props} className={`${shape} disabled:opacity-55 ${looks[look]} ${className}`} />;
}

/** A button with an icon on it; the label is what a screen reader says and what the pointer shows. */
export function IconButton({
  icon,
  label,
  small = false,
  className = "",
  ...props
}: ButtonProps & { readonly icon: IconName; readonly label: string; readonly small?: boolean }): ReactElement {
  const size = small ? "size-8" : "size-9";
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...props}
      className={`inline-flex ${size} shrink-0 items-center justify-center rounded-lg text-ink-soft transition-colors hover:bg-hover hover:text-ink disabled:opacity-40 aria-pressed:bg-selected aria-pressed:text-accent data-[state=open]:bg-hover ${className}`}
    >
      <Icon name={icon} small={small} />
    </button>
  );
}
