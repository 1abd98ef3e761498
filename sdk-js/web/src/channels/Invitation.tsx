import type { ReactElement } from "react";
import type { ChannelRecord } from "@parley/client";
import { useWorkspace } from "../app/hooks.js";
import { attempt } from "../app/notices.js";
import { openChannel } from "../app/route.js";
import { titleOf } from "../people/names.js";
import { Button } from "../ui/Button.js";

/** A channel that waits for a yes or a no. */
export function Invitation({ channel }: { readonly channel: ChannelRecord }): ReactElement {
  const { client, me } = useWorkspace();
  const title = titleOf(channel, me.id);
  const join = async (): Promise<void> => {
    await client.channel(channel.id).join();
    openChannel(channel.id);
  };
  return (
    <li className="mx-1 mb-1 rounded-xl border border-line bg-surface p-2.5">
      <p className="truncate text-sm">
        You are invited to <span className="font-semibold">{title}</span>
      </p>
      <div className="mt-2 flex gap-2">
        <Button
          look="primary"
          className="min-h-8 flex-1 px-2"
          aria-label={`Join ${title}`}
          onClick={() => {
            attempt(join);
          }}
        >
          Join
        </Button>
        <Button
          className="min-h-8 flex-1 px-2"
          aria-label={`Decline ${title}`}
          onClick={() => {
            attempt(() => client.channel(channel.id).leave());
          }}
        >
          Decline
        </Button>
      </div>
    </li>
  );
}
