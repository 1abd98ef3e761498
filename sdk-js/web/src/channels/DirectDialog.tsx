import { useState, type ReactElement } from "react";
import type { ChannelRecord } from "@parley/client";
import { useWorkspace } from "../app/hooks.js";
import { openChannel } from "../app/route.js";
import { words } from "../app/words.js";
import { PeoplePicker } from "../people/PeoplePicker.js";
import { useAcquaintances } from "../people/profiles.js";
import { Dialog } from "../ui/Dialog.js";

/** A direct conversation has up to ten people, the user among them. */
const OTHERS_MAX = 9;

export interface DirectDialogProps {
  readonly channels: readonly ChannelRecord[];
  readonly onClose: () => void;
}

/** Opens the conversation with these people: always the same one. */
export function DirectDialog({ channels, onClose }: DirectDialogProps): ReactElement {
  const { client } = useWorkspace();
  const known = useAcquaintances(channels);
  const [problem, setProblem] = useState<string>();
  const open = (userIds: readonly string[]): void => {
    client.openDirect(userIds).then(
      ({ id }) => {
        openChannel(id);
        onClose();
      },
      (error: unknown) => {
        setProblem(words(error));
      },
    );
  };
  return (
    <Dialog title="New direct message" description="Between you and up to nine others." onClose={onClose}>
      <PeoplePicker known={known} max={OTHERS_MAX} submit="Open conversation" problem={problem} onSubmit={open} />
    </Dialog>
  );
}
