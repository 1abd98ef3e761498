import type { ReactElement } from "react";
import type { ChannelRecord, PresenceSnapshot } from "@parley/client";
import { useWorkspace } from "../app/hooks.js";
import { formatRoute } from "../app/route.js";
import { othersOf, titleOf } from "../people/names.js";
import { Avatar, presenceWords } from "../ui/Avatar.js";
import { Icon } from "../ui/icons.js";

export interface ChannelRowProps {
  readonly channel: ChannelRecord;
  readonly isOpen: boolean;
  readonly presence: PresenceSnapshot;
}

/** One conversation: what it is called, who is there, and what waits to be read. */
export function ChannelRow({ channel, isOpen, presence }: ChannelRowProps): ReactElement {
  const { me } = useWorkspace();
  const title = titleOf(channel, me.id);
  const unread = channel.own?.unread ?? 0;
  const mentions = channel.own?.unreadMentions ?? 0;
  const [other] = othersOf(channel, me.id);
  const state = other && channel.direct ? (presence[other.userId]?.state ?? "OFFLINE") : undefined;
  const weight = unread > 0 ? "font-semibold text-ink" : "text-ink-soft";
  return (
    <li>
      <a
        href={formatRoute({ channelId: channel.id, panel: undefined })}
        aria-current={isOpen ? "page" : undefined}
        className={`flex min-h-9 items-center gap-2.5 rounded-lg px-2 py-1 outline-offset-[-2px] transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-selected aria-[current=page]:text-ink ${weight}`}
      >
        {channel.direct ? (
          <Avatar id={other?.userId ?? me.id} name={title} size="sm" presence={state} />
        ) : (
          <span className="flex w-7 justify-center text-ink-faint">
            <Icon name={channel.public ? "hash" : "lock"} small />
          </span>
        )}
        <span className="min-w-0 flex-1 truncate">{title}</span>
        {state && <span className="sr-only">, {presenceWords[state]}</span>}
        <Badge unread={unread} mentions={mentions} />
      </a>
    </li>
  );
}

const BADGE_MAX = 99;
const short = (count: number): string => (count > BADGE_MAX ? `${BADGE_MAX}+` : `${count}`);

/** A mention calls louder than a message. */
function Badge({ unread, mentions }: { readonly unread: number; readonly mentions: number }): ReactElement | null {
  if (unread === 0) return null;
  const shape =
    "inline-flex h-5 min-w-5 items-center justify-center rounded-full px-1.5 text-xs font-semibold tabular-nums";
  return (
    <span className="flex items-center gap-1" data-testid="unread">
      {mentions > 0 && (
        <span className={`${shape} bg-accent text-on-accent`}>
          <span aria-hidden="true">@{short(mentions)}</span>
          <span className="sr-only">, {mentions} mentions of you</span>
        </span>
      )}
      {unread > mentions && (
        <span className={`${shape} bg-line text-ink`}>
          <span className="sr-only">, </span>
          {short(unread)}
          <span className="sr-only"> unread</span>
        </span>
      )}
    </span>
  );
}
