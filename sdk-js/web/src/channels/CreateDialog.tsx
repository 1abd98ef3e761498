import { useState, type ReactElement, type SubmitEvent } from "react";
import { useWorkspace } from "../app/hooks.js";
import { openChannel } from "../app/route.js";
import { words } from "../app/words.js";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { Field } from "../ui/Field.js";

const NAME_MAX = 100;
const TOPIC_MAX = 500;

/** A name, a purpose, and whether anybody may walk in. */
export function CreateDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { client } = useWorkspace();
  const [name, setName] = useState("");
  const [topic, setTopic] = useState("");
  const [isPublic, setIsPublic] = useState(true);
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const create = async (): Promise<void> => {
    const channel = await client.createChannel({ name: name.trim(), topic: topic.trim(), public: isPublic });
    openChannel(channel.id);
    onClose();
  };
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (name.trim() === "") {
      setProblem("A channel needs a name.");
      return;
    }
    setIsBusy(true);
    create().catch((error: unknown) => {
      setIsBusy(false);
      setProblem(words(error));
    });
  };
  return (
    <Dialog title="Create a channel" description="A place for one topic, team or project." onClose={onClose}>
      <form onSubmit={onSubmit} className="flex flex-col gap-4" noValidate>
        <Field
          label="Name"
          value={name}
          maxLength={NAME_MAX}
          error={problem}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
        <Field
          label="Topic (optional)"
          value={topic}
          maxLength={TOPIC_MAX}
          onChange={(event) => {
            setTopic(event.target.value);
          }}
        />
        <Visibility isPublic={isPublic} onChange={setIsPublic} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={isBusy}>
            Create channel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface VisibilityProps {
  readonly isPublic: boolean;
  readonly onChange: (isPublic: boolean) => void;
}

function Visibility({ isPublic, onChange }: VisibilityProps): ReactElement {
  const choices = [
    { value: true, title: "Public", text: "Anybody here can find and join it." },
    { value: false, title: "Private", text: "Only those who are invited." },
  ];
  return (
    <fieldset className="grid grid-cols-2 gap-2">
      <legend className="mb-1.5 text-sm font-medium">Who can join</legend>
      {choices.map(({ value, title, text }) => (
        <label
          key={title}
          className="flex cursor-pointer flex-col rounded-xl border border-line-strong p-3 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name="visibility"
            className="sr-only"
            checked={isPublic === value}
            onChange={() => {
              onChange(value);
            }}
          />
          <span className="text-sm font-semibold">{title}</span>
          <span className="text-[0.8125rem] text-ink-soft">{text}</span>
        </label>
      ))}
    </fieldset>
  );
}
