import { useState, type ReactElement } from "react";
import type { ChannelRecord } from "@parley/client";
import { useObservable, useWorkspace } from "../app/hooks.js";
import { notify } from "../app/notices.js";
import { words } from "../app/words.js";
import { titleOf } from "../people/names.js";
import { PeoplePicker } from "../people/PeoplePicker.js";
import { useAcquaintances, useMemberProfiles } from "../people/profiles.js";
import { Dialog } from "../ui/Dialog.js";

const INVITED_MAX = 100;

export interface InviteDialogProps {
  readonly channel: ChannelRecord;
  readonly onClose: () => void;
}

/** Asks people to join; they decide. */
export function InviteDialog({ channel, onClose }: InviteDialogProps): ReactElement {
  const { client, me } = useWorkspace();
  const { channels } = useObservable(client.channelList());
  const [problem, setProblem] = useState<string>();
  const known = useAcquaintances(channels);
  const members = useMemberProfiles(channel.id, true);
  const invite = (userIds: readonly string[]): void => {
    client
      .channel(channel.id)
      .invite(userIds)
      .then(
        (invited) => {
          notify(invited.length === 1 ? "1 person invited" : `${invited.length} people invited`);
          onClose();
        },
        (error: unknown) => {
          setProblem(words(error));
        },
      );
  };
  return (
    <Dialog
      title={`Invite to ${titleOf(channel, me.id)}`}
      description="They become members when they accept."
      onClose={onClose}
    >
      <PeoplePicker
        known={known.filter(({ id }) => !members[id])}
        max={INVITED_MAX}
        submit="Invite"
        problem={problem}
        onSubmit={invite}
      />
    </Dialog>
  );
}
