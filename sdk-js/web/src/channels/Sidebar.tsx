import { useRef, useState, type KeyboardEvent, type ReactElement } from "react";
import type { ChannelListSnapshot, ChannelRecord } from "@parley/client";
import { usePresence, useWorkspace } from "../app/hooks.js";
import { words } from "../app/words.js";
import { othersOf } from "../people/names.js";
import { OwnMenu } from "../people/OwnMenu.js";
import { Button, IconButton } from "../ui/Button.js";
import { BrowseDialog } from "./BrowseDialog.js";
import { ChannelRow } from "./ChannelRow.js";
import { CreateDialog } from "./CreateDialog.js";
import { DirectDialog } from "./DirectDialog.js";
import { Invitation } from "./Invitation.js";

type OpenDialog = "browse" | "create" | "direct" | undefined;

export interface SidebarProps {
  readonly list: ChannelListSnapshot;
  readonly channelId: string | undefined;
  /** True when the page shows nothing else: then its name is the heading. */
  readonly isAlone?: boolean;
}

/** Everything the user is part of, the most recently active first, and the ways to more. */
export function Sidebar({ list, channelId, isAlone = false }: SidebarProps): ReactElement {
  const { client } = useWorkspace();
  const [dialog, setDialog] = useState<OpenDialog>();
  const Name = isAlone ? "h1" : "p";
  const close = (): void => {
    setDialog(undefined);
  };
  return (
    <div className="flex h-full flex-col bg-canvas">
      <header className="flex h-14 shrink-0 items-center gap-2.5 px-4">
        <img src="./parley.svg" alt="" className="size-7" />
        <Name className="flex-1 text-[1.0625rem] font-semibold tracking-tight">Parley</Name>
        <IconButton
          icon="search"
          label="Browse channels"
          onClick={() => {
            setDialog("browse");
          }}
        />
      </header>
      <nav aria-label="Conversations" className="min-h-0 flex-1 overflow-y-auto px-2 pb-4">
        {list.status === "failed" && (
          <div className="m-2 flex flex-col gap-2 text-sm text-ink-soft">
            {words(list.error)}
            <Button
              onClick={() => {
                client.channelList().reload();
              }}
            >
              Try again
            </Button>
          </div>
        )}
        <Conversations list={list} channelId={channelId} onOpen={setDialog} />
      </nav>
      <footer className="border-t border-line p-2">
        <OwnMenu />
      </footer>
      {dialog === "browse" && (
        <BrowseDialog
          onClose={close}
          onCreate={() => {
            setDialog("create");
          }}
        />
      )}
      {dialog === "create" && <CreateDialog onClose={close} />}
      {dialog === "direct" && <DirectDialog channels={list.channels} onClose={close} />}
    </div>
  );
}

function Conversations({
  list: { status, channels, invitations },
  channelId,
  onOpen,
}: SidebarProps & { readonly onOpen: (dialog: OpenDialog) => void }): ReactElement {
  const { me } = useWorkspace();
  const frame = useRef<HTMLDivElement>(null);
  const open = { browse: opener(onOpen, "browse"), create: opener(onOpen, "create"), direct: opener(onOpen, "direct") };
  const shared = channels.filter(({ direct }) => !direct);
  const direct = channels.filter((channel) => channel.direct);
  const presence = usePresence(direct.flatMap((channel) => othersOf(channel, me.id).map(({ userId }) => userId)));
  const rows = (all: readonly ChannelRecord[]): ReactElement[] =>
    all.map((channel) => (
      <ChannelRow key={channel.id} channel={channel} isOpen={channel.id === channelId} presence={presence} />
    ));
  return (
    <div
      ref={frame}
      onKeyDown={(event) => {
        moveFocus(event, frame.current);
      }}
    >
      {invitations.length > 0 && <Invitations channels={invitations} />}
      <Group
        title="Channels"
        action={{
          label: "Create a channel",
          run: open.create,
        }}
      >
        {rows(shared)}
        {status === "ready" && shared.length === 0 && (
          <Hint text="No channels yet." action="Browse public channels" run={open.browse} />
        )}
        {status === "loading" && <Placeholders />}
      </Group>
      <Group
        title="Direct messages"
        action={{
          label: "New direct message",
          run: open.direct,
        }}
      >
        {rows(direct)}
        {status === "ready" && direct.length === 0 && (
          <Hint text="Nobody here yet." action="Write to somebody" run={open.direct} />
        )}
      </Group>
    </div>
  );
}

const opener =
  (onOpen: (dialog: OpenDialog) => void, dialog: OpenDialog): (() => void) =>
  () => {
    onOpen(dialog);
  };

function Invitations({ channels }: { readonly channels: readonly ChannelRecord[] }): ReactElement {
  return (
    <Group title="Invitations">
      {channels.map((channel) => (
        <Invitation key={channel.id} channel={channel} />
      ))}
    </Group>
  );
}

interface GroupProps {
  readonly title: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  readonly children: React.ReactNode;
}

function Group({ title, action, children }: GroupProps): ReactElement {
  return (
    <section className="pt-3" aria-label={title}>
      <div className="flex h-8 items-center justify-between pl-2">
        <h2 className="text-[0.8125rem] font-semibold text-ink-faint">{title}</h2>
        {action && <IconButton icon="plus" label={action.label} small onClick={action.run} />}
      </div>
      <ul className="flex flex-col gap-px">{children}</ul>
    </section>
  );
}

function Hint({
  text,
  action,
  run,
}: {
  readonly text: string;
  readonly action: string;
  readonly run: () => void;
}): ReactElement {
  return (
    <li className="px-2 py-1 text-sm text-ink-faint">
      {text}{" "}
      <button type="button" className="font-medium text-accent underline-offset-2 hover:underline" onClick={run}>
        {action}
      </button>
    </li>
  );
}

/** Rows in the shape of what comes, so that nothing jumps. */
function Placeholders(): ReactElement {
  return (
    <>
      {["w-24", "w-32", "w-20"].map((width) => (
        <li key={width} className="flex h-9 items-center gap-2.5 px-2" aria-hidden="true">
          <span className="size-5 rounded-md bg-hover" />
          <span className={`h-3 rounded bg-hover ${width}`} />
        </li>
      ))}
    </>
  );
}

/** Up and Down walk over the conversations; Tab leaves them one by one as usual. */
function moveFocus(event: KeyboardEvent, frame: HTMLElement | null): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0 || !frame) return;
  const links = [...frame.querySelectorAll<HTMLElement>("a[href]")];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = links[at + step];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
