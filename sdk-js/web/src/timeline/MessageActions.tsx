import { DropdownMenu as Menu } from "radix-ui";
import { useState, type ReactElement } from "react";
import type { Message } from "@parley/client";
import { useWorkspace } from "../app/hooks.js";
import { attempt, notify } from "../app/notices.js";
import { openPanel } from "../app/route.js";
import { useConversation } from "../conversation/context.js";
import { Button, IconButton } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { keepMovedFocus } from "../ui/focus.js";
import { Icon, type IconName } from "../ui/icons.js";
import { menuItem, menuPanel, menuRoot } from "../ui/menu.js";
import { EmojiPicker } from "./EmojiPicker.js";
import { useToggleReaction } from "./Reactions.js";

export interface MessageActionsProps {
  readonly message: Message;
  /** The pointer or the focus has been here: only then the buttons exist, so that a long list stays light. */
  readonly isActive: boolean;
}

/** What can be done with a message, as far as the user may. */
export function MessageActions({ message, isActive }: MessageActionsProps): ReactElement | null {
  const { can, isThread, quote } = useConversation();
  const toggle = useToggleReaction(message);
  const [isOpen, setIsOpen] = useState(false);
  const [isDeleting, setIsDeleting] = useState(false);
  if (message.deletedAt || !(isActive || isOpen || isDeleting)) return null;
  return (
    <div
      role="group"
      aria-label="Message actions"
      className="absolute -top-4 right-2 z-10 flex rounded-xl border border-line bg-raised p-0.5 shadow-sm"
    >
      {can("send-reaction") && (
        <EmojiPicker onPick={toggle}>
          <IconButton icon="smile" label="Add a reaction" small />
        </EmojiPicker>
      )}
      {!isThread && can("send-reply") && (
        <IconButton
          icon="thread"
          label="Reply in thread"
          small
          onClick={() => {
            openPanel({ kind: "thread", messageId: message.parentId || message.id });
          }}
        />
      )}
      {can("quote") && (
        <IconButton
          icon="quote"
          label="Quote"
          small
          onClick={() => {
            quote(message);
          }}
        />
      )}
      <More
        message={message}
        isOpen={isOpen}
        onOpen={setIsOpen}
        onDelete={() => {
          setIsDeleting(true);
        }}
      />
      {isDeleting && (
        <DeleteDialog
          message={message}
          onClose={() => {
            setIsDeleting(false);
          }}
        />
      )}
    </div>
  );
}

interface MoreProps {
  readonly message: Message;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly onDelete: () => void;
}

function More({ message, isOpen, onOpen, onDelete }: MoreProps): ReactElement {
  return (
    <Menu.Root modal={false} open={isOpen} onOpenChange={onOpen}>
      <Menu.Trigger asChild>
        <IconButton icon="more" label="More actions" small />
      </Menu.Trigger>
      <Menu.Portal container={menuRoot()}>
        <Menu.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className={menuPanel}
          onCloseAutoFocus={keepMovedFocus}
        >
          <MoreItems message={message} onDelete={onDelete} />
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}

function MoreItems({ message, onDelete }: { readonly message: Message; readonly onDelete: () => void }): ReactElement {
  const { client, me } = useWorkspace();
  const { can, edit, markUnread, isThread } = useConversation();
  const channel = client.channel(message.channelId);
  const isOwn = message.authorId === me.id;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(message.text);
    notify("Text copied");
  };
  const pin = (): void => {
    attempt(() => (message.pinned ? channel.unpin(message.id) : channel.pin(message.id)));
  };
  return (
    <>
      {isOwn && can("edit-own-message") && (
        <Item
          icon="edit"
          text="Edit"
          run={() => {
            edit(message);
          }}
        />
      )}
      <Item
        icon="copy"
        text="Copy text"
        run={() => {
          attempt(copy);
        }}
      />
      {can("pin-message") && <Item icon="pin" text={message.pinned ? "Unpin" : "Pin to channel"} run={pin} />}
      {!isThread && !isOwn && (
        <Item
          icon="unread"
          text="Mark unread from here"
          run={() => {
            markUnread(message);
          }}
        />
      )}
      {((isOwn && can("delete-own-message")) || can("delete-any-message")) && (
        <Item icon="trash" text="Delete…" tone="text-danger" run={onDelete} />
      )}
    </>
  );
}

interface ItemProps {
  readonly icon: IconName;
  readonly text: string;
  readonly tone?: string;
  readonly run: () => void;
}

function Item({ icon, text, tone = "", run }: ItemProps): ReactElement {
  return (
    <Menu.Item className={`${menuItem} ${tone}`} onSelect={run}>
      <Icon name={icon} small />
      {text}
    </Menu.Item>
  );
}

function DeleteDialog({ message, onClose }: { readonly message: Message; readonly onClose: () => void }): ReactElement {
  const { client } = useWorkspace();
  return (
    <Dialog title="Delete this message?" description="Everybody will see that something was deleted." onClose={onClose}>
      <p className="mb-4 line-clamp-4 rounded-lg bg-sunken px-3 py-2 text-sm wrap-anywhere whitespace-pre-wrap">
        {message.text}
      </p>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Keep it</Button>
        <Button
          look="danger"
          onClick={() => {
            attempt(() => client.channel(message.channelId).deleteMessage(message.id));
            onClose();
          }}
        >
          Delete
        </Button>
      </div>
    </Dialog>
  );
}
