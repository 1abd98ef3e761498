import { useEffect, useState, type ReactElement } from "react";
import type { ChannelRecord, Member, PresenceSnapshot } from "@parley/client";
import { usePresence, useWorkspace } from "../app/hooks.js";
import { attempt } from "../app/notices.js";
import { openChannel } from "../app/route.js";
import { words } from "../app/words.js";
import { memberName } from "../people/names.js";
import { Avatar, presenceWords } from "../ui/Avatar.js";
import { Button, IconButton } from "../ui/Button.js";
import { SidePanel } from "./SidePanel.js";

/** More are counted, not listed: presence is watched for everybody who is shown. */
const SHOWN_MAX = 200;

export interface MembersPanelProps {
  readonly channel: ChannelRecord;
  readonly onInvite: () => void;
}

/** Who is in the channel, those who are here now first. */
export function MembersPanel({ channel, onInvite }: MembersPanelProps): ReactElement {
  const { members, problem } = useMembers(channel);
  const presence = usePresence(members.map(({ userId }) => userId));
  const canInvite = !channel.direct && (channel.own?.capabilities.includes("invite") ?? false);
  const rest = channel.memberCount - members.filter(({ state }) => state === "JOINED").length;
  return (
    <SidePanel
      title="Members"
      action={canInvite && <IconButton icon="invite" label="Invite people" onClick={onInvite} />}
    >
      {problem && <p className="p-4 text-sm text-danger">{problem}</p>}
      <ul className="min-h-0 flex-1 overflow-y-auto p-2">
        {[...members].sort(byPresence(presence)).map((member) => (
          <MemberRow key={member.userId} member={member} presence={presence} channel={channel} />
        ))}
        {members.length >= SHOWN_MAX && rest > 0 && <li className="p-2 text-sm text-ink-faint">and {rest} more</li>}
      </ul>
    </SidePanel>
  );
}

interface Members {
  readonly members: readonly Member[];
  readonly problem: string | undefined;
}

/** Reads the members, and again when their number changes. */
function useMembers({ id, memberCount, members }: ChannelRecord): Members {
  const { client } = useWorkspace();
  const [found, setFound] = useState<Members>({ members, problem: undefined });
  useEffect(() => {
    const stop = new AbortController();
    const read = async (): Promise<void> => {
      const all: Member[] = [];
      for await (const member of client.channel(id).members({ signal: stop.signal })) {
        if (all.push(member) >= SHOWN_MAX) break;
      }
      setFound({ members: all, problem: undefined });
    };
    read().catch((error: unknown) => {
      if (!stop.signal.aborted) setFound((old) => ({ ...old, problem: words(error) }));
    });
    return () => {
      stop.abort();
    };
  }, [client, id, memberCount]);
  return found;
}

const order = { ONLINE: 0, AWAY: 1, INVISIBLE: 2, OFFLINE: 2 } as const;

const byPresence =
  (presence: PresenceSnapshot) =>
  (a: Member, b: Member): number =>
    order[presence[a.userId]?.state ?? "OFFLINE"] - order[presence[b.userId]?.state ?? "OFFLINE"] ||
    memberName(a).localeCompare(memberName(b));

interface MemberRowProps {
  readonly member: Member;
  readonly presence: PresenceSnapshot;
  readonly channel: ChannelRecord;
}

function MemberRow({ member, presence, channel }: MemberRowProps): ReactElement {
  const { client, me } = useWorkspace();
  const name = memberName(member);
  const { state, status } = presence[member.userId] ?? { state: "OFFLINE" as const, status: "" };
  const line = [
    member.state === "INVITED" ? "Invited" : status || presenceWords[state],
    member.role === "member" ? "" : member.role,
  ];
  const write = async (): Promise<void> => {
    openChannel((await client.openDirect([member.userId])).id);
  };
  return (
    <li className="flex items-center gap-3 rounded-xl px-2 py-1.5 hover:bg-row-hover" data-testid="member">
      <Avatar id={member.userId} name={name} presence={state} />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm font-medium">
          {name}
          {member.userId === me.id && <span className="font-normal text-ink-faint"> (you)</span>}
        </span>
        <span className="block truncate text-[0.8125rem] text-ink-soft">{line.filter(Boolean).join(" · ")}</span>
      </span>
      {member.userId !== me.id && !channel.direct && (
        <Button
          className="min-h-8 px-2.5"
          aria-label={`Message ${name}`}
          onClick={() => {
            attempt(write);
          }}
        >
          Message
        </Button>
      )}
    </li>
  );
}
