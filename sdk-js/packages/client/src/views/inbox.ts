import type { Core } from "../base/core.js";
import type { ChannelRecord, Push, UnreadTotals } from "../wire/types.js";

/** What the user's own stream tells views. */
export interface InboxUser {
  /** The caller's read marker moved, on whichever device. */
  marker(channelId: string, readOffset: number): void;
  added(channel: ChannelRecord): void;
  removed(channelId: string): void;
  invited?(channel: ChannelRecord): void;
  totals?(totals: UnreadTotals): void;
  /** Events were missed: whatever they would have told must be read. Also called at the beginning. */
  lost(): void;
}

/** Listens to the user's own stream, as soon as it is known who the user is; returns what ends it. */
export function watchInbox(core: Core, user: InboxUser): () => void {
  let stop: (() => void) | undefined;
  const begin = (): void => {
    const session = core.session.getSnapshot();
    if (!session || stop) return;
    stop = core.streams.listen(`me:${session.user.id}`, {
      start: () => {
        user.lost();
      },
      event: (push) => {
        tell(user, push);
      },
      refused: () => undefined,
    });
  };
  const unsubscribe = core.session.subscribe(begin);
  begin();
  return () => {
    unsubscribe();
    stop?.();
  };
}

function tell(user: InboxUser, { event }: Push): void {
  switch (event.kind) {
    case "readMarkerMoved":
      user.marker(event.body.channelId, event.body.readOffset);
      if (event.body.totals) user.totals?.(event.body.totals);
      return;
    case "channelAdded":
      if (event.body.channel) user.added(event.body.channel);
      return;
    case "channelRemoved":
      user.removed(event.body.channelId);
      return;
    case "invited":
      if (event.body.channel) user.invited?.(event.body.channel);
      return;
    default:
  }
}
