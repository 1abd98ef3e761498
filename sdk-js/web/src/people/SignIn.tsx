import { Tabs } from "radix-ui";
import { useState, type ReactElement, type SubmitEvent } from "react";
import { useObservable } from "../app/hooks.js";
import { endedBy, signIn, signInAsGuest } from "../app/session.js";
import { words } from "../app/words.js";
import { Button } from "../ui/Button.js";
import { Field } from "../ui/Field.js";
import { Icon } from "../ui/icons.js";

const NAME_MAX = 40;
const TIMEOUT_MS = 15_000;

/** The first page: a name makes a guest; who has a token pastes it. */
export function SignIn(): ReactElement {
  const ended = useObservable(endedBy);
  return (
    <main className="grid h-full place-items-center overflow-y-auto p-4">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex flex-col items-center gap-3 text-center">
          <img src="./parley.svg" alt="" className="size-14" />
          <div>
            <h1 className="text-2xl font-semibold tracking-tight">Parley</h1>
            <p className="text-ink-soft">Talk with your people, on your own server.</p>
          </div>
        </div>
        <div className="rounded-2xl border border-line bg-surface p-5 shadow-float">
          {ended && <Problem text={words(ended)} />}
          <Tabs.Root defaultValue="guest">
            <Tabs.List aria-label="How to sign in" className="mb-4 grid grid-cols-2 gap-1 rounded-xl bg-sunken p-1">
              <Tab value="guest">As a guest</Tab>
              <Tab value="token">With a token</Tab>
            </Tabs.List>
            <Tabs.Content value="guest" tabIndex={-1}>
              <SignInForm
                label="Your name"
                hint="How others will see you. A guest lasts as long as this tab."
                submit="Join as guest"
                field={{ name: "name", maxLength: NAME_MAX, autoComplete: "nickname" }}
                start={signInAsGuest}
              />
            </Tabs.Content>
            <Tabs.Content value="token" tabIndex={-1}>
              <SignInForm
                label="Access token"
                hint="From your administrator. It stays in this tab and is never stored elsewhere."
                submit="Sign in"
                field={{ name: "token", type: "password", autoComplete: "off", spellCheck: false }}
                start={signIn}
              />
            </Tabs.Content>
          </Tabs.Root>
        </div>
      </div>
    </main>
  );
}

function Tab({ value, children }: { readonly value: string; readonly children: string }): ReactElement {
  return (
    <Tabs.Trigger
      value={value}
      className="rounded-lg py-1.5 text-sm font-medium text-ink-soft transition-colors hover:text-ink data-[state=active]:bg-raised data-[state=active]:text-ink data-[state=active]:shadow-sm"
    >
      {children}
    </Tabs.Trigger>
  );
}

interface FormProps {
  readonly label: string;
  readonly hint: string;
  readonly submit: string;
  readonly field: React.InputHTMLAttributes<HTMLInputElement>;
  readonly start: (value: string, signal: AbortSignal) => Promise<void>;
}

function SignInForm({ label, hint, submit, field, start }: FormProps): ReactElement {
  const [value, setValue] = useState("");
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const wanted = value.trim();
    if (wanted === "") {
      setProblem(`${label} is missing.`);
      return;
    }
    setIsBusy(true);
    setProblem(undefined);
    start(wanted, AbortSignal.timeout(TIMEOUT_MS)).catch((error: unknown) => {
      setIsBusy(false);
      setProblem(words(error));
    });
  };
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4" noValidate>
      <Field
        {...field}
        label={label}
        hint={hint}
        error={problem}
        value={value}
        onChange={(event) => {
          setValue(event.target.value);
        }}
      />
      <Button type="submit" look="primary" disabled={isBusy} className="min-h-10">
        {isBusy ? "Connecting…" : submit}
      </Button>
    </form>
  );
}

function Problem({ text }: { readonly text: string }): ReactElement {
  return (
    <p role="alert" className="mb-4 flex items-start gap-2 rounded-lg bg-danger-soft px-3 py-2 text-sm text-danger">
      <span className="mt-0.5">
        <Icon name="alert" small />
      </span>
      {text}
    </p>
  );
}
