import { createContext, useContext } from "react";
import type { ChannelView, Message } from "@parley/client";
import type { Mentionable } from "../text/markdown.js";

/** What a capability of the contract is called here. */
export type Capability =
  | "send-message"
  | "send-reply"
  | "send-reaction"
  | "quote"
  | "edit-own-message"
  | "delete-own-message"
  | "delete-any-message"
  | "pin-message"
  | "invite"
  | "mention-all";

/** What the parts of a conversation share. A thread has a context of its own. */
export interface ConversationScope {
  readonly view: ChannelView;
  readonly channelId: string;
  readonly isThread: boolean;
  readonly nameOf: (userId: string) => string;
  readonly mentionables: (userIds: readonly string[]) => readonly Mentionable[];
  readonly can: (capability: Capability) => boolean;
  /** Id of the message that was jumped to. */
  readonly highlighted: string | undefined;
  readonly jumpTo: (messageId: string) => void;
  readonly quote: (message: Message) => void;
  readonly edit: (message: Message) => void;
  readonly markUnread: (message: Message) => void;
  /** Who has read up to here and no further, by key of an entry. */
  readonly seenBy: Readonly<Record<string, readonly string[]>>;
}

export const ConversationContext = createContext<ConversationScope | undefined>(undefined);

export function useConversation(): ConversationScope {
  const scope = useContext(ConversationContext);
  if (!scope) throw new Error("used outside of a conversation");
  return scope;
}
