import { useState } from "react";
import type { ChannelViewSnapshot } from "@parley/client";
import { useIsLookedAt } from "../app/hooks.js";

/** Where the line "New messages" stands. */
export interface Divider {
  /** Behind this offset; undefined = no line. */
  readonly offset: number | undefined;
  readonly set: (offset: number | undefined) => void;
}

/**
 * The line stays where reading had ended when the conversation was opened, although reading moves the marker on. It
 * comes
 * again when messages arrive while nobody looks.
 */
export function useDivider(snapshot: ChannelViewSnapshot, isAtEnd: boolean): Divider {
  const isLookedAt = useIsLookedAt();
  const [offset, set] = useState<number>();
  const [seen, setSeen] = useState({ isReady: false, unread: 0 });
  const isReady = snapshot.status === "ready";
  const { unread, readOffset } = snapshot;
  if (isReady && (!seen.isReady || seen.unread !== unread)) {
    const isFresh = unread > 0 && seen.unread === 0;
    setSeen({ isReady: true, unread });
    if (isFresh && (!seen.isReady || !isLookedAt || !isAtEnd)) set(readOffset);
  }
  return { offset, set };
}
