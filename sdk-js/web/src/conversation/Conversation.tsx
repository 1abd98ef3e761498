import { useState, type ReactElement } from "react";
import type { ChannelViewSnapshot } from "@parley/client";
import { InviteDialog } from "../channels/InviteDialog.js";
import { useMedia, useObservable, useWorkspace } from "../app/hooks.js";
import { attempt } from "../app/notices.js";
import { openChannel, type Panel } from "../app/route.js";
import { words } from "../app/words.js";
import { Button } from "../ui/Button.js";
import { Header } from "./Header.js";
import { MembersPanel } from "./MembersPanel.js";
import { Pane } from "./Pane.js";
import { PinsPanel } from "./PinsPanel.js";
import { ThreadPanel } from "./ThreadPanel.js";

export interface ConversationProps {
  readonly channelId: string;
  readonly panel: Panel | undefined;
}

/** A channel: what it is, what is said in it, and beside that a thread, its members or its pins. */
export function Conversation({ channelId, panel }: ConversationProps): ReactElement {
  const { client } = useWorkspace();
  const [view] = useState(() => client.channel(channelId).view());
  const snapshot = useObservable(view);
  const [isInviting, setIsInviting] = useState(false);
  const [jump, setJump] = useState<string>();
  // Where there is room for one only, what is below the panel must not be reached by keys.
  const isCovered = !useMedia("(min-width: 64rem)") && panel !== undefined;
  if (snapshot.status === "failed") return <Closed channelId={channelId} snapshot={snapshot} />;
  const { channel } = snapshot;
  return (
    <div className="relative flex h-full min-w-0">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col" inert={isCovered}>
        <Header
          channelId={channelId}
          snapshot={snapshot}
          panel={panel}
          onInvite={() => {
            setIsInviting(true);
          }}
        />
        <Pane
          view={view}
          snapshot={snapshot}
          jump={jump}
          onJumped={() => {
            setJump(undefined);
          }}
        />
      </div>
      {panel?.kind === "thread" && (
        <ThreadPanel key={panel.messageId} channelId={channelId} messageId={panel.messageId} />
      )}
      {panel?.kind === "members" && channel && (
        <MembersPanel
          channel={channel}
          onInvite={() => {
            setIsInviting(true);
          }}
        />
      )}
      {panel?.kind === "pins" && <PinsPanel snapshot={snapshot} onJump={setJump} />}
      {isInviting && channel && (
        <InviteDialog
          channel={channel}
          onClose={() => {
            setIsInviting(false);
          }}
        />
      )}
    </div>
  );
}

interface ClosedProps {
  readonly channelId: string;
  readonly snapshot: ChannelViewSnapshot;
}

/** A channel that cannot be shown, why, and what may help. */
function Closed({ channelId, snapshot: { error } }: ClosedProps): ReactElement {
  const { client } = useWorkspace();
  const view = client.channel(channelId).view();
  const join = async (): Promise<void> => {
    await client.channel(channelId).join();
    view.reload();
  };
  return (
    <div className="grid h-full place-items-center p-8 text-center">
      <div className="flex max-w-xs flex-col items-center gap-4">
        <h1 className="text-lg font-semibold tracking-tight">This conversation cannot be shown</h1>
        <p className="text-sm text-ink-soft">{words(error)}</p>
        <div className="flex gap-2">
          {error?.code === "NOT_A_MEMBER" && (
            <Button
              look="primary"
              onClick={() => {
                attempt(join);
              }}
            >
              Join
            </Button>
          )}
          {error?.code !== "NOT_A_MEMBER" && (
            <Button
              onClick={() => {
                view.reload();
              }}
            >
              Try again
            </Button>
          )}
          <Button
            onClick={() => {
              openChannel(undefined);
            }}
          >
            Back
          </Button>
        </div>
      </div>
    </div>
  );
}
