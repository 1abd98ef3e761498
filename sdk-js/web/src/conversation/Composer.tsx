import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactElement } from "react";
import type { ChannelViewSnapshot } from "@parley/client";
import { useWorkspace } from "../app/hooks.js";
import { titleOf } from "../people/names.js";
import { IconButton } from "../ui/Button.js";
import { useConversation } from "./context.js";
import { draftOf, keepDraft } from "./drafts.js";
import { MentionList } from "./MentionList.js";
import { TargetLine } from "./TargetLine.js";
import { useMentions } from "./useMentions.js";
import type { Target } from "./useScope.js";
import { useSubmit } from "./useSubmit.js";

/** The contract allows 16 KiB of text; a character takes up to four bytes. */
const TEXT_MAX = 16_384;
const HEIGHT_MAX_PX = 208;

export interface ComposerProps {
  readonly snapshot: ChannelViewSnapshot;
  readonly target: Target | undefined;
  readonly onTarget: (target: Target | undefined) => void;
  readonly onSent: () => void;
}

/**
 * Where messages are written. Enter sends, Shift+Enter breaks the line, Up edits the last own message, Escape
 * cancels.
 */
export function Composer(props: ComposerProps): ReactElement {
  const { snapshot } = props;
  const { can, isThread } = useConversation();
  const frozen = snapshot.channel?.frozen === true;
  const isAllowed = can(isThread ? "send-reply" : "send-message");
  if (snapshot.channel && (frozen || !isAllowed)) {
    return (
      <p className="m-3 mt-0 rounded-xl border border-line bg-sunken px-4 py-3 text-center text-sm text-ink-soft">
        {frozen ? "This channel is frozen: nobody can write in it at the moment." : "You can read here, but not write."}
      </p>
    );
  }
  return <OpenComposer {...props} />;
}

function OpenComposer({ snapshot, target, onTarget, onSent }: ComposerProps): ReactElement {
  const { me } = useWorkspace();
  const { view, isThread } = useConversation();
  const box = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const [alsoInChannel, setAlsoInChannel] = useState(false);
  const { text, setText, replace } = useText(`${view.channelId}/${view.parentId ?? ""}`, target, box);
  const mentions = useMentions(snapshot, text, replace);
  const submit = useSubmit({ snapshot, target, onTarget, onSent, alsoInChannel, text, setText, idsIn: mentions.idsIn });
  const cancel = (): void => {
    onTarget(undefined);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing || mentions.onKey(event)) return;
    const command = commandOf(event, text === "", target);
    if (command === undefined || (command === "editLast" && !submit.editLast())) return;
    event.preventDefault();
    if (command === "send") submit.send();
    if (command === "cancel") cancel();
  };
  useEffect(() => {
    // Who opens a conversation by mouse or keys wants to write; a touch screen would raise its keyboard.
    if (!isThread && matchMedia("(pointer: fine)").matches) box.current?.focus();
  }, [isThread]);
  const title = snapshot.channel ? titleOf(snapshot.channel, me.id) : "";
  return (
    <div className="relative px-3 pb-3 sm:px-4 sm:pb-4">
      <MentionList id={listId} mentions={mentions} />
      <div className="rounded-2xl border border-line-strong bg-raised transition-colors focus-within:border-accent focus-within:ring-1 focus-within:ring-accent">
        {target && <TargetLine target={target} onCancel={cancel} />}
        <div className="flex items-end gap-1 p-1.5">
          <textarea
            ref={box}
            rows={1}
            value={text}
            maxLength={TEXT_MAX}
            aria-label={isThread ? "Reply" : `Message ${title}`}
            placeholder={isThread ? "Reply…" : `Message ${title}`}
            aria-autocomplete="list"
            aria-controls={mentions.offered.length > 0 ? listId : undefined}
            aria-activedescendant={mentions.offered.length > 0 ? `${listId}-${mentions.active}` : undefined}
            className="max-h-52 min-h-9 flex-1 resize-none bg-transparent px-2.5 py-1.5 text-base outline-none sm:text-[0.9375rem]"
            onKeyDown={onKeyDown}
            onChange={(event) => {
              setText(event.target.value);
              mentions.moved(event.target.value, event.target.selectionStart);
              submit.typed(event.target.value);
            }}
            onBlur={() => {
              mentions.moved("", -1);
            }}
          />
          <SendButton isEdit={target?.kind === "edit"} isEmpty={text.trim() === ""} onPress={submit.send} />
        </div>
      </div>
      {isThread && !target && <AlsoInChannel isOn={alsoInChannel} onChange={setAlsoInChannel} />}
    </div>
  );
}

type Command = "send" | "cancel" | "editLast" | undefined;

/** What a key means, where it means more than text. */
function commandOf({ key, shiftKey }: KeyboardEvent, isEmpty: boolean, target: Target | undefined): Command {
  if (key === "Enter" && !shiftKey) return "send";
  if (key === "Escape" && target) return "cancel";
  return key === "ArrowUp" && isEmpty && !target ? "editLast" : undefined;
}

interface SendButtonProps {
  readonly isEdit: boolean;
  readonly isEmpty: boolean;
  readonly onPress: () => void;
}

function SendButton({ isEdit, isEmpty, onPress }: SendButtonProps): ReactElement {
  return (
    <IconButton
      icon={isEdit ? "check" : "send"}
      label={isEdit ? "Save the edit" : "Send"}
      disabled={isEmpty}
      className="enabled:bg-accent enabled:text-on-accent enabled:hover:bg-accent-strong enabled:hover:text-on-accent"
      onClick={onPress}
    />
  );
}

interface AlsoInChannelProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function AlsoInChannel({ isOn, onChange }: AlsoInChannelProps): ReactElement {
  return (
    <label className="mt-1.5 flex w-fit cursor-pointer items-center gap-2 px-1 text-[0.8125rem] text-ink-soft">
      <input
        type="checkbox"
        className="size-4 accent-(--accent)"
        checked={isOn}
        onChange={(event) => {
          onChange(event.target.checked);
        }}
      />
      Also send to the channel
    </label>
  );
}

interface Text {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** Sets the text and the caret. */
  readonly replace: (text: string, caret: number) => void;
}

/** The text being written: kept per conversation, replaced while a message is edited, as high as it needs. */
function useText(draftKey: string, target: Target | undefined, box: React.RefObject<HTMLTextAreaElement | null>): Text {
  const [draft, setDraft] = useState(() => draftOf(draftKey));
  const [edited, setEdited] = useState<{ readonly id: string; readonly text: string }>();
  const editing = target?.kind === "edit" ? target.message : undefined;
  if (editing && edited?.id !== editing.id) setEdited({ id: editing.id, text: editing.text });
  if (!editing && edited) setEdited(undefined);
  const text = editing ? (edited?.text ?? editing.text) : draft;
  const caret = useRef<number>(undefined);
  const setText = (next: string): void => {
    if (editing) setEdited({ id: editing.id, text: next });
    else {
      setDraft(next);
      keepDraft(draftKey, next);
    }
  };
  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, HEIGHT_MAX_PX)}px`;
    if (caret.current !== undefined) area.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  }, [text, box]);
  useEffect(() => {
    if (!target) return;
    box.current?.focus();
    box.current?.setSelectionRange(box.current.value.length, box.current.value.length);
  }, [target, box]);
  return {
    text,
    setText,
    replace: (next, at) => {
      caret.current = at;
      setText(next);
    },
  };
}
