import type { ReactElement } from "react";
import type { ChannelViewSnapshot } from "@parley/client";
import { useMedia, useWorkspace } from "../app/hooks.js";
import { openPanel } from "../app/route.js";
import { named, nameOf } from "../people/names.js";
import { MessageText } from "../text/MessageText.js";
import { momentOf } from "../text/times.js";
import { Avatar } from "../ui/Avatar.js";
import { Button } from "../ui/Button.js";
import { SidePanel } from "./SidePanel.js";

export interface PinsPanelProps {
  readonly snapshot: ChannelViewSnapshot;
  readonly onJump: (messageId: string) => void;
}

/** What the channel keeps at hand. */
export function PinsPanel({ snapshot: { pins, users }, onJump }: PinsPanelProps): ReactElement {
  const { me } = useWorkspace();
  const isBeside = useMedia("(min-width: 64rem)");
  const show = (messageId: string): void => {
    if (!isBeside) openPanel(undefined);
    onJump(messageId);
  };
  return (
    <SidePanel title="Pinned messages">
      <ul className="min-h-0 flex-1 overflow-y-auto p-3">
        {pins.map((message) => {
          const author = message.author ? named(message.author).name : nameOf(users, message.authorId);
          return (
            <li key={message.id} className="mb-3 rounded-xl border border-line p-3">
              <div className="mb-1 flex items-center gap-2">
                <Avatar id={message.authorId} name={author} size="xs" />
                <span className="truncate text-sm font-semibold">{author}</span>
              </div>
              <MessageText
                text={message.text}
                mentioned={message.mentions.map((userId) => ({ userId, name: nameOf(users, userId) }))}
                meId={me.id}
              />
              <div className="mt-2 flex items-center justify-between gap-2">
                <span className="text-xs text-ink-faint">{message.createdAt && momentOf(message.createdAt)}</span>
                <Button
                  className="min-h-8 px-2.5"
                  onClick={() => {
                    show(message.id);
                  }}
                >
                  Show
                </Button>
              </div>
            </li>
          );
        })}
        {pins.length === 0 && <li className="p-2 text-sm text-ink-soft">Nothing is pinned here.</li>}
      </ul>
    </SidePanel>
  );
}
