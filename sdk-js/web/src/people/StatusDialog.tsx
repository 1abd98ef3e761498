import { useState, type ReactElement, type SubmitEvent } from "react";
import { useWorkspace } from "../app/hooks.js";
import { attempt } from "../app/notices.js";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { Field } from "../ui/Field.js";

const STATUS_MAX = 140;
const suggestions = ["In a meeting", "Out for lunch", "Focusing", "On holiday"];

export interface StatusDialogProps {
  readonly status: string;
  readonly onClose: () => void;
}

/** A few words that stand beside the user's name. */
export function StatusDialog({ status, onClose }: StatusDialogProps): ReactElement {
  const { client } = useWorkspace();
  const [text, setText] = useState(status);
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    attempt(() => client.setPresence({ status: text.trim() }));
    onClose();
  };
  return (
    <Dialog title="Your status" description="Everybody who sees you can read it." onClose={onClose}>
      <form onSubmit={save} className="flex flex-col gap-4">
        <Field
          label="Status"
          value={text}
          maxLength={STATUS_MAX}
          onChange={(event) => {
            setText(event.target.value);
          }}
        />
        <div className="flex flex-wrap gap-2">
          {suggestions.map((suggestion) => (
            <Button
              key={suggestion}
              className="min-h-8 px-2.5"
              onClick={() => {
                setText(suggestion);
              }}
            >
              {suggestion}
            </Button>
          ))}
        </div>
        <div className="flex justify-end gap-2">
          <Button
            onClick={() => {
              setText("");
            }}
          >
            Clear
          </Button>
          <Button type="submit" look="primary">
            Save status
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
