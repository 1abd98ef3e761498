import { useEffect, type ReactElement } from "react";
import { Sidebar } from "../channels/Sidebar.js";
import { Conversation } from "../conversation/Conversation.js";
import { titleOf } from "../people/names.js";
import { menuRegion } from "../ui/menu.js";
import { ConnectionBanner } from "./ConnectionBanner.js";
import { useMedia, useObservable, useWorkspace } from "./hooks.js";
import { route } from "./route.js";

/** The signed-in page: channels on the left, a conversation on the right; one of the two on a narrow screen. */
export function Shell(): ReactElement {
  const { client } = useWorkspace();
  const { channelId, panel } = useObservable(route);
  const list = useObservable(client.channelList());
  usePageTitle(channelId);
  const isWide = useMedia("(min-width: 48rem)");
  const isOpen = channelId !== undefined;
  return (
    <div className="relative grid h-full grid-rows-[minmax(0,1fr)] md:grid-cols-[17.5rem_minmax(0,1fr)]">
      <SkipLink />
      {isWide && (
        <div className="min-h-0 min-w-0 border-r border-line">
          <Sidebar list={list} channelId={channelId} />
        </div>
      )}
      <main id="conversation" tabIndex={-1} className="min-h-0 min-w-0 bg-surface outline-none">
        {isOpen && <Conversation key={channelId} channelId={channelId} panel={panel} />}
        {!isOpen && (isWide ? <Welcome /> : <Sidebar list={list} channelId={undefined} isAlone />)}
      </main>
      <ConnectionBanner />
      <div {...menuRegion} />
    </div>
  );
}

/** The first stop of the Tab key: past the list of conversations. */
function SkipLink(): ReactElement {
  return (
    <a
      href="#conversation"
      className="absolute top-2 left-2 z-50 -translate-y-20 rounded-lg bg-accent px-3 py-2 text-sm font-semibold text-on-accent focus:translate-y-0"
      onClick={(event) => {
        event.preventDefault(); // the address holds the route
        document.getElementById("conversation")?.focus();
      }}
    >
      Skip to the conversation
    </a>
  );
}

function Welcome(): ReactElement {
  const { me } = useWorkspace();
  return (
    <div className="grid h-full place-items-center p-8 text-center">
      <div className="flex max-w-xs flex-col items-center gap-3">
        <img src="./parley.svg" alt="" className="size-12 opacity-90" />
        <h1 className="text-lg font-semibold tracking-tight">Hello, {me.name}</h1>
        <p className="text-sm text-ink-soft">
          Pick a conversation on the left, browse public channels, or start one of your own.
        </p>
      </div>
    </div>
  );
}

/** Unread messages and the open channel, where other tabs can see them. */
function usePageTitle(channelId: string | undefined): void {
  const { client, me } = useWorkspace();
  const { channels, totals } = useObservable(client.channelList());
  const channel = channels.find(({ id }) => id === channelId);
  const title = [channel && titleOf(channel, me.id), "Parley"].filter(Boolean).join(" · ");
  useEffect(() => {
    document.title = totals.messages > 0 ? `(${totals.messages}) ${title}` : title;
  }, [title, totals.messages]);
}
