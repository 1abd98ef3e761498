import type { ChannelViewSnapshot } from "@parley/client";
import { useWorkspace } from "../app/hooks.js";
import { attempt, notify } from "../app/notices.js";
import { words } from "../app/words.js";
import { useConversation } from "./context.js";
import type { Target } from "./useScope.js";

export interface SubmitSetup {
  readonly snapshot: ChannelViewSnapshot;
  readonly target: Target | undefined;
  readonly onTarget: (target: Target | undefined) => void;
  readonly onSent: () => void;
  readonly alsoInChannel: boolean;
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly idsIn: (text: string) => readonly string[];
}

export interface Submit {
  readonly send: () => void;
  /** Tells others that the user types, or has stopped. */
  readonly typed: (text: string) => void;
  /** Begins to edit the newest own message; false when there is none. */
  readonly editLast: () => boolean;
}

/** What the composer does with its text. */
export function useSubmit(setup: SubmitSetup): Submit {
  const { client, me } = useWorkspace();
  const { view, can } = useConversation();
  const { snapshot, target, onTarget, onSent, alsoInChannel, text, setText, idsIn } = setup;
  const channel = client.channel(view.channelId);
  const save = (messageId: string, changed: string): void => {
    attempt(async () => {
      await channel.edit(messageId, changed, { mentions: idsIn(changed) });
      onTarget(undefined);
    });
  };
  const post = (written: string): void => {
    const mentions = idsIn(written);
    const quotedId = target?.kind === "quote" ? { quotedId: target.message.id } : {};
    try {
      view.send({ text: written, mentions, ...quotedId, ...(alsoInChannel ? { alsoInChannel } : {}) });
    } catch (error) {
      notify(words(error), "error"); // the text stays where it is
      return;
    }
    setText("");
    onTarget(undefined);
    onSent();
  };
  return {
    send: () => {
      const written = text.trim();
      if (written === "") return;
      if (target?.kind === "edit") {
        if (written === target.message.text) onTarget(undefined);
        else save(target.message.id, written);
      } else post(written);
    },
    typed: (present) => {
      if (target?.kind === "edit") return;
      if (present.trim() === "") channel.stopTyping(view.parentId);
      else channel.typing(view.parentId);
    },
    editLast: () => {
      const last = snapshot.entries.findLast(
        ({ message, state }) => state === "sent" && message.authorId === me.id && !message.deletedAt,
      );
      if (!last || !can("edit-own-message")) return false;
      onTarget({ kind: "edit", message: last.message });
      return true;
    },
  };
}
