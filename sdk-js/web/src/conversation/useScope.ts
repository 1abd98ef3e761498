import { useMemo, useState } from "react";
import type { ChannelView, ChannelViewSnapshot, Message, TimelineEntry } from "@parley/client";
import { attempt } from "../app/notices.js";
import { nameOf } from "../people/names.js";
import { useProfiles } from "../people/profiles.js";
import type { Capability, ConversationScope } from "./context.js";

/** What the composer is about, besides a new message. */
export type Target =
  { readonly kind: "quote"; readonly message: Message } | { readonly kind: "edit"; readonly message: Message };

export interface ScopeSetup {
  readonly view: ChannelView;
  readonly snapshot: ChannelViewSnapshot;
  readonly highlighted: string | undefined;
  readonly jumpTo: (messageId: string) => void;
  readonly onMarkedUnread: (readOffset: number) => void;
}

export interface Scope {
  readonly scope: ConversationScope;
  readonly target: Target | undefined;
  readonly setTarget: (target: Target | undefined) => void;
}

/** Builds what the parts of a conversation share; it changes only when a part would look different. */
export function useScope({ view, snapshot, highlighted, jumpTo, onMarkedUnread }: ScopeSetup): Scope {
  const [target, setTarget] = useState<Target>();
  const { receipts, entries, typing } = snapshot;
  const users = useProfiles(snapshot.users, useReferred(receipts, typing));
  const capabilities = snapshot.channel?.own?.capabilities;
  const seenBy = useMemo(
    () => (view.parentId === undefined ? readersOf(entries, receipts) : {}),
    [view, entries, receipts],
  );
  const scope = useMemo((): ConversationScope => {
    const name = (userId: string): string => nameOf(users, userId);
    return {
      view,
      channelId: view.channelId,
      isThread: view.parentId !== undefined,
      nameOf: name,
      mentionables: (userIds) =>
        userIds.map((userId) => ({ userId, name: userId === "@channel" ? "channel" : name(userId) })),
      can: (capability: Capability) => capabilities?.includes(capability) ?? false,
      highlighted,
      jumpTo,
      quote: (message) => {
        setTarget({ kind: "quote", message });
      },
      edit: (message) => {
        setTarget({ kind: "edit", message });
      },
      markUnread: ({ offset }) => {
        attempt(async () => {
          await view.markUnread(offset);
          onMarkedUnread(offset - 1);
        });
      },
      seenBy,
    };
  }, [view, users, capabilities, highlighted, jumpTo, onMarkedUnread, seenBy]);
  return { scope, target, setTarget };
}

/** Who is named on the page without having said anything. */
const useReferred = (receipts: ChannelViewSnapshot["receipts"], typing: readonly string[]): readonly string[] =>
  useMemo(() => [...new Set([...typing, ...Object.keys(receipts)])], [receipts, typing]);

/** Readers by the newest entry that they have read; nobody is shown at their own message. */
export function readersOf(
  entries: readonly TimelineEntry[],
  receipts: ChannelViewSnapshot["receipts"],
): Readonly<Record<string, readonly string[]>> {
  const readers: Record<string, string[]> = {};
  const sent = entries.filter(({ state }) => state === "sent");
  for (const { userId, readOffset } of Object.values(receipts)) {
    const last = sent.findLast(({ message }) => message.offset <= readOffset);
    if (last && last.message.authorId !== userId) (readers[last.key] ??= []).push(userId);
  }
  return readers;
}
