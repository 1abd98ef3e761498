import { useCallback, useEffect, useState } from "react";
import type { ChannelView, ChannelViewSnapshot } from "@parley/client";
import { attempt } from "../app/notices.js";
import type { RowWindow } from "../timeline/rowWindow.js";

const HIGHLIGHT_MS = 2_500;

export interface Jump {
  /** Id of the message that was jumped to, for a moment. */
  readonly highlighted: string | undefined;
  readonly jumpTo: (messageId: string) => void;
}

/** Shows a message wherever it is: scrolls when it is loaded, else loads what is around it. */
export function useJump(view: ChannelView, snapshot: ChannelViewSnapshot, window: RowWindow): Jump {
  const [highlighted, setHighlighted] = useState<string>();
  const keyOf = useCallback(
    (messageId: string) => view.getSnapshot().entries.find(({ message }) => message.id === messageId)?.key,
    [view],
  );
  const jumpTo = useCallback(
    (messageId: string) => {
      attempt(async () => {
        if (keyOf(messageId) === undefined) await view.jumpTo({ messageId });
        const key = keyOf(messageId);
        if (key !== undefined) window.toRow(key);
        setHighlighted(messageId);
      });
    },
    [view, window, keyOf],
  );
  useEffect(() => {
    if (highlighted === undefined) return undefined;
    const timer = setTimeout(() => {
      setHighlighted(undefined);
    }, HIGHLIGHT_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [highlighted]);
  useFirstUnread(snapshot, window);
  return { highlighted, jumpTo };
}

/** A conversation opens at its first unread message, when that is among the newest. */
function useFirstUnread(snapshot: ChannelViewSnapshot, window: RowWindow): void {
  const [isOpened, setIsOpened] = useState(false);
  const isReady = snapshot.status === "ready";
  useEffect(() => {
    if (!isReady || isOpened) return;
    setIsOpened(true);
    const { entries, unread, readOffset, hasOlder } = snapshot;
    const first = entries.findIndex(({ message }) => message.offset > readOffset);
    const entry = entries[first];
    if (unread > 0 && entry && (first > 0 || !hasOlder)) window.toRow(entry.key);
  }, [isReady, isOpened, snapshot, window]);
}
