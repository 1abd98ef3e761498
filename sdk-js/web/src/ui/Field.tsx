import { useId, type InputHTMLAttributes, type ReactElement } from "react";

export interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

/** One labelled line of text; hint and error are read with it. */
export function Field({ label, hint, error, className = "", ...props }: FieldProps): ReactElement {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={`flex flex-col gap-1.5 ${className}`}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        aria-describedby={note ? `${id}-note` : undefined}
        aria-invalid={error ? true : undefined}
        {...props}
        className="h-10 w-full rounded-lg border border-line-strong bg-surface px-3 text-base outline-offset-0 transition-colors hover:border-ink-faint focus-visible:border-accent aria-invalid:border-danger sm:text-[0.9375rem]"
      />
      {note && (
        <p id={`${id}-note`} className={`text-[0.8125rem] ${error ? "text-danger" : "text-ink-faint"}`}>
          {note}
        </p>
      )}
    </div>
  );
}
