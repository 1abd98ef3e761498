import { useEffect, useState, type ReactElement } from "react";
import type { ChannelRecord } from "@parley/client";
import { useWorkspace } from "../app/hooks.js";
import { attempt } from "../app/notices.js";
import { openChannel } from "../app/route.js";
import { words } from "../app/words.js";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { Field } from "../ui/Field.js";
import { Icon } from "../ui/icons.js";

/** Who finds nothing in this many types another letter. */
const SHOWN_MAX = 100;
const TYPING_PAUSE_MS = 200;

export interface BrowseDialogProps {
  readonly onClose: () => void;
  readonly onCreate: () => void;
}

/** Public channels that could be joined. */
export function BrowseDialog({ onClose, onCreate }: BrowseDialogProps): ReactElement {
  const { client } = useWorkspace();
  const [prefix, setPrefix] = useState("");
  const { channels, problem } = useBrowse(prefix.trim());
  const join = async (channel: ChannelRecord): Promise<void> => {
    await client.channel(channel.id).join();
    openChannel(channel.id);
    onClose();
  };
  return (
    <Dialog title="Browse channels" description="Public channels that you are not in yet." onClose={onClose}>
      <Field
        label="Name begins with"
        type="search"
        value={prefix}
        onChange={(event) => {
          setPrefix(event.target.value);
        }}
      />
      <p role="status" className="py-2 text-[0.8125rem] text-ink-faint">
        {problem ?? (channels ? countOf(channels.length) : "Searching…")}
      </p>
      <ul className="flex min-h-40 flex-col">
        {channels?.map((channel) => (
          <li key={channel.id} className="flex items-center gap-3 border-t border-line py-2.5 first:border-t-0">
            <span className="text-ink-faint">
              <Icon name="hash" small />
            </span>
            <div className="min-w-0 flex-1">
              <p className="truncate text-sm font-semibold">{channel.name || channel.id}</p>
              <p className="truncate text-[0.8125rem] text-ink-soft">
                {channel.memberCount === 1 ? "1 member" : `${channel.memberCount} members`}
                {channel.topic && ` · ${channel.topic}`}
              </p>
            </div>
            <Button
              aria-label={`Join ${channel.name}`}
              onClick={() => {
                attempt(() => join(channel));
              }}
            >
              Join
            </Button>
          </li>
        ))}
      </ul>
      <Button className="mt-3 self-start" onClick={onCreate}>
        <Icon name="plus" small />
        Create a channel instead
      </Button>
    </Dialog>
  );
}

const countOf = (count: number): string =>
  count === 0 ? "Nothing found." : count === 1 ? "1 channel" : `${count} channels`;

interface Browse {
  readonly channels: readonly ChannelRecord[] | undefined;
  readonly problem: string | undefined;
}

/** Asks again after each pause in typing; an answer to an older question is dropped. */
function useBrowse(prefix: string): Browse {
  const { client } = useWorkspace();
  const [found, setFound] = useState<Browse>({ channels: undefined, problem: undefined });
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      firstOf(client.browseChannels(prefix, { signal: stop.signal }), SHOWN_MAX).then(
        (channels) => {
          setFound({ channels, problem: undefined });
        },
        (error: unknown) => {
          if (!stop.signal.aborted) setFound({ channels: [], problem: words(error) });
        },
      );
    }, TYPING_PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [client, prefix]);
  return found;
}

async function firstOf<T>(items: AsyncIterable<T>, max: number): Promise<readonly T[]> {
  const taken: T[] = [];
  for await (const item of items) if (taken.push(item) >= max) break;
  return taken;
}
