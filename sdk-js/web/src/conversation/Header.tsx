import { DropdownMenu as Menu } from "radix-ui";
import type { ReactElement } from "react";
import type { ChannelRecord, ChannelViewSnapshot } from "@parley/client";
import { usePresence, useWorkspace } from "../app/hooks.js";
import { attempt } from "../app/notices.js";
import { openChannel, openPanel, openRoom, type Panel } from "../app/route.js";
import { othersOf, titleOf } from "../people/names.js";
import { Avatar, presenceWords } from "../ui/Avatar.js";
import { IconButton } from "../ui/Button.js";
import { Icon } from "../ui/icons.js";
import { menuItem, menuPanel, menuRoot } from "../ui/menu.js";

export interface HeaderProps {
  readonly channelId: string;
  readonly snapshot: ChannelViewSnapshot;
  readonly panel: Panel | undefined;
  readonly onInvite: () => void;
}

/** What this conversation is, and what can be opened beside it. */
export function Header({ channelId, snapshot, panel, onInvite }: HeaderProps): ReactElement {
  const channel = snapshot.channel ?? undefined;
  const toggle = (kind: "members" | "pins"): void => {
    openPanel(panel?.kind === kind ? undefined : { kind });
  };
  const canInvite = channel?.direct === false && (channel.own?.capabilities.includes("invite") ?? false);
  return (
    <header className="flex h-14 shrink-0 items-center gap-1 border-b border-line pr-2 pl-2 md:pl-4">
      <IconButton
        icon="back"
        label="All conversations"
        className="md:hidden"
        onClick={() => {
          openChannel(undefined);
        }}
      />
      <div className="flex min-w-0 flex-1 items-center gap-2.5">
        {channel ? <Title channel={channel} /> : <h1 className="sr-only">Loading</h1>}
      </div>
      {channel && <Meet channel={channel} />}
      {snapshot.pins.length > 0 && (
        <IconButton
          icon="pin"
          label={`Pinned messages (${snapshot.pins.length})`}
          aria-pressed={panel?.kind === "pins"}
          onClick={() => {
            toggle("pins");
          }}
        />
      )}
      {canInvite && <IconButton icon="invite" label="Invite people" className="max-sm:hidden" onClick={onInvite} />}
      <IconButton
        icon="people"
        label={channel ? `Members (${channel.memberCount})` : "Members"}
        aria-pressed={panel?.kind === "members"}
        onClick={() => {
          toggle("members");
        }}
      />
      {channel && !channel.direct && <More channelId={channelId} canInvite={canInvite} onInvite={onInvite} />}
    </header>
  );
}

/** To the channel's room; the first to come opens it. */
function Meet({ channel }: { readonly channel: ChannelRecord }): ReactElement {
  const { client, me } = useWorkspace();
  const meet = async (): Promise<void> => {
    const channelId = channel.id;
    const name = titleOf(channel, me.id).slice(0, 80);
    const { room } = await client.request("createRoom", { channelId, name }); // the open one when there is one
    if (room) openRoom(room.id);
  };
  return (
    <IconButton
      icon="camera"
      label="Meet"
      onClick={() => {
        attempt(meet);
      }}
    />
  );
}

function Title({ channel }: { readonly channel: ChannelRecord }): ReactElement {
  const { me } = useWorkspace();
  const title = titleOf(channel, me.id);
  const [other] = channel.direct ? othersOf(channel, me.id) : [];
  const presence = usePresence(other ? [other.userId] : []);
  const state = other && presence[other.userId];
  const line = state ? state.status || presenceWords[state.state] : channel.topic;
  return (
    <>
      {channel.direct ? (
        <Avatar id={other?.userId ?? me.id} name={title} size="sm" presence={state?.state} />
      ) : (
        <span className="hidden text-ink-faint sm:block">
          <Icon name={channel.public ? "hash" : "lock"} />
        </span>
      )}
      <div className="min-w-0">
        <h1 className="truncate leading-tight font-semibold tracking-tight">{title}</h1>
        {line && <p className="truncate text-[0.8125rem] leading-tight text-ink-soft">{line}</p>}
      </div>
    </>
  );
}

interface MoreProps {
  readonly channelId: string;
  readonly canInvite: boolean;
  readonly onInvite: () => void;
}

function More({ channelId, canInvite, onInvite }: MoreProps): ReactElement {
  const { client } = useWorkspace();
  const leave = async (): Promise<void> => {
    await client.channel(channelId).leave();
    openChannel(undefined);
  };
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger asChild>
        <IconButton icon="more" label="Channel menu" />
      </Menu.Trigger>
      <Menu.Portal container={menuRoot()}>
        <Menu.Content align="end" sideOffset={6} collisionPadding={8} className={menuPanel}>
          {canInvite && (
            <Menu.Item className={menuItem} onSelect={onInvite}>
              <Icon name="invite" small />
              Invite people…
            </Menu.Item>
          )}
          <Menu.Item
            className={`${menuItem} text-danger`}
            onSelect={() => {
              attempt(leave);
            }}
          >
            <Icon name="leave" small />
            Leave channel
          </Menu.Item>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
