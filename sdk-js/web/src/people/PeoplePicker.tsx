import { useState, type ReactElement, type SubmitEvent } from "react";
import type { User } from "@parley/client";
import { Avatar } from "../ui/Avatar.js";
import { Button } from "../ui/Button.js";
import { Field } from "../ui/Field.js";
import { Icon } from "../ui/icons.js";

const SHOWN_MAX = 30;

export interface PeoplePickerProps {
  readonly known: readonly User[];
  readonly max: number;
  readonly submit: string;
  readonly problem: string | undefined;
  readonly onSubmit: (userIds: readonly string[]) => void;
}

/** Chooses people: those met before by a tick, anybody else by their ID. */
export function PeoplePicker({ known, max, submit, problem, onSubmit }: PeoplePickerProps): ReactElement {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const typed = text.split(/[\s,;]+/).filter(Boolean);
  const query = text.trim().toLocaleLowerCase();
  const shown = known
    .filter(({ id, name }) => chosen.includes(id) || name.toLocaleLowerCase().includes(query))
    .slice(0, SHOWN_MAX);
  const isSearch = chosen.length > 0 && shown.some(({ id }) => !chosen.includes(id));
  const wanted = [...new Set([...chosen, ...(isSearch ? [] : typed)])].slice(0, max);
  const toggle = (id: string): void => {
    setChosen(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
    setText("");
  };
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    if (wanted.length > 0) onSubmit(wanted);
  };
  return (
    <form onSubmit={send} className="flex flex-col gap-3" noValidate>
      <Field
        label="Name or ID"
        hint="People find their ID in the menu at the lower left."
        error={problem}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      {shown.length > 0 && <Choices people={shown} chosen={chosen} onToggle={toggle} />}
      <Button type="submit" look="primary" className="self-end" disabled={wanted.length === 0}>
        {submit}
      </Button>
    </form>
  );
}

interface ChoicesProps {
  readonly people: readonly User[];
  readonly chosen: readonly string[];
  readonly onToggle: (id: string) => void;
}

function Choices({ people, chosen, onToggle }: ChoicesProps): ReactElement {
  return (
    <ul className="-mx-2 max-h-56 overflow-y-auto" aria-label="People you have met">
      {people.map(({ id, name }) => (
        <li key={id}>
          <label className="flex cursor-pointer items-center gap-3 rounded-lg px-2 py-1.5 hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-offset-[-2px] has-focus-visible:outline-accent">
            <input
              type="checkbox"
              className="sr-only"
              checked={chosen.includes(id)}
              onChange={() => {
                onToggle(id);
              }}
            />
            <Avatar id={id} name={name} size="sm" />
            <span className="min-w-0 flex-1 truncate text-sm">{name}</span>
            {chosen.includes(id) && (
              <span className="text-accent">
                <Icon name="check" small />
              </span>
            )}
          </label>
        </li>
      ))}
    </ul>
  );
}
