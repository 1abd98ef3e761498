import { useState, type ReactElement } from "react";
import type { Message } from "@parley/client";
import { useObservable, useWorkspace } from "../app/hooks.js";
import { words } from "../app/words.js";
import { named, nameOf, type Users } from "../people/names.js";
import { MessageText } from "../text/MessageText.js";
import { timeOf } from "../text/times.js";
import { Avatar } from "../ui/Avatar.js";
import { Pane } from "./Pane.js";
import { SidePanel } from "./SidePanel.js";

export interface ThreadPanelProps {
  readonly channelId: string;
  readonly messageId: string;
}

/** The replies to one message. */
export function ThreadPanel({ channelId, messageId }: ThreadPanelProps): ReactElement {
  const { client } = useWorkspace();
  const [view] = useState(() => client.channel(channelId).thread(messageId));
  const snapshot = useObservable(view);
  const { parent, users, status, error } = snapshot;
  return (
    <SidePanel title="Thread">
      {status === "failed" ? (
        <p className="p-5 text-sm text-ink-soft">{words(error)}</p>
      ) : (
        <Pane view={view} snapshot={snapshot} start={parent && <Parent message={parent} users={users} />} />
      )}
    </SidePanel>
  );
}

function Parent({ message, users }: { readonly message: Message; readonly users: Users }): ReactElement {
  const { me } = useWorkspace();
  const author = message.author ? named(message.author).name : nameOf(users, message.authorId);
  const replies = message.thread?.replyCount ?? 0;
  const mentioned = message.mentions.map((userId) => ({ userId, name: nameOf(users, userId) }));
  return (
    <div className="px-4 pt-4 sm:px-5">
      <div className="flex gap-3">
        <Avatar id={message.authorId} name={author} />
        <div className="min-w-0 flex-1">
          <p className="flex items-baseline gap-2">
            <span className="truncate font-semibold">{author}</span>
            {message.createdAt && (
              <span className="shrink-0 text-xs text-ink-faint tabular-nums">{timeOf(message.createdAt)}</span>
            )}
          </p>
          {message.deletedAt ? (
            <p className="text-ink-faint italic">This message was deleted.</p>
          ) : (
            <MessageText text={message.text} mentioned={mentioned} meId={me.id} />
          )}
        </div>
      </div>
      <p className="mt-4 flex items-center gap-3 text-xs font-semibold text-ink-faint">
        {replies === 0 ? "No replies yet" : replies === 1 ? "1 reply" : `${replies} replies`}
        <span className="h-px flex-1 bg-line" />
      </p>
    </div>
  );
}
