import {
  useCallback,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactElement,
  type ReactNode,
} from "react";
import type { ChannelView, ChannelViewSnapshot } from "@parley/client";
import { useIsLookedAt, useWorkspace } from "../app/hooks.js";
import { attempt } from "../app/notices.js";
import { titleOf } from "../people/names.js";
import { RowWindow } from "../timeline/rowWindow.js";
import { Timeline } from "../timeline/Timeline.js";
import { Icon } from "../ui/icons.js";
import { Announcer } from "./Announcer.js";
import { Composer } from "./Composer.js";
import { ConversationContext } from "./context.js";
import { Typing } from "./Typing.js";
import { useDivider } from "./useDivider.js";
import { useJump } from "./useJump.js";
import { useScope } from "./useScope.js";

export interface PaneProps {
  readonly view: ChannelView;
  readonly snapshot: ChannelViewSnapshot;
  /** Id of a message to show. */
  readonly jump?: string | undefined;
  readonly onJumped?: () => void;
  /** Above the first message, in place of the channel's own beginning. */
  readonly start?: ReactNode;
}

/** Messages, who is typing, and the place to write: of a channel or of a thread. */
export function Pane({ view, snapshot, jump, onJumped, start }: PaneProps): ReactElement {
  const { me } = useWorkspace();
  const [window] = useState(() => new RowWindow());
  const isAtEnd = useSyncExternalStore(window.subscribe, () => window.isAtEnd) && !snapshot.hasNewer;
  const divider = useDivider(snapshot, isAtEnd);
  const { highlighted, jumpTo } = useJump(view, snapshot, window);
  const [isHeld, setIsHeld] = useState(false);
  const { set: setDivider } = divider;
  const onMarkedUnread = useCallback(
    (readOffset: number) => {
      setDivider(readOffset);
      setIsHeld(true); // what was marked unread stays so while it is on the page
    },
    [setDivider],
  );
  const { scope, target, setTarget } = useScope({ view, snapshot, highlighted, jumpTo, onMarkedUnread });
  useReading(view, snapshot, isAtEnd && !isHeld);
  useEffect(() => {
    if (jump === undefined) return;
    jumpTo(jump);
    onJumped?.();
  }, [jump, jumpTo, onJumped]);
  const label = view.parentId === undefined ? "Messages" : "Replies";
  const onSent = (): void => {
    setDivider(undefined);
    setIsHeld(false);
    window.toEnd();
  };
  return (
    <ConversationContext value={scope}>
      <div className="relative flex min-h-0 flex-1 flex-col">
        {snapshot.channel ? (
          <Timeline
            label={label}
            snapshot={snapshot}
            dividerOffset={divider.offset}
            window={window}
            start={
              start ?? <Beginning title={titleOf(snapshot.channel, me.id)} isEmpty={snapshot.entries.length === 0} />
            }
          />
        ) : (
          <Placeholder />
        )}
        <ToUnread snapshot={snapshot} offset={divider.offset} isAtEnd={isAtEnd} view={view} window={window} />
        {!isAtEnd && (
          <ToLatest
            unread={snapshot.unread}
            onPress={() => {
              toLatest(view, window);
            }}
          />
        )}
      </div>
      <Typing userIds={snapshot.typing} />
      <Composer snapshot={snapshot} target={target} onTarget={setTarget} onSent={onSent} />
      <Announcer entries={snapshot.entries} />
    </ConversationContext>
  );
}

function toLatest(view: ChannelView, window: RowWindow): void {
  attempt(async () => {
    await view.jumpToLatest();
    window.hasEnd = true;
    window.toEnd();
  });
}

/** What is at the lower edge in front of somebody is read. */
function useReading(view: ChannelView, snapshot: ChannelViewSnapshot, isShown: boolean): void {
  const isLookedAt = useIsLookedAt();
  const isReading = isLookedAt && isShown && snapshot.status === "ready";
  useEffect(() => {
    if (isReading) view.markRead();
  }, [isReading, view, snapshot.entries, snapshot.unread]);
}

interface ToUnreadProps {
  readonly snapshot: ChannelViewSnapshot;
  readonly offset: number | undefined;
  readonly isAtEnd: boolean;
  readonly view: ChannelView;
  readonly window: RowWindow;
}

/** The way back to where reading had ended, when that is not on the page. */
function ToUnread({ snapshot, offset, isAtEnd, view, window }: ToUnreadProps): ReactElement | null {
  const [isDone, setIsDone] = useState(false);
  const first = snapshot.entries[0]?.message.offset ?? 0;
  if (offset === undefined || isDone || !isAtEnd || !snapshot.hasOlder || first <= offset) return null;
  const go = async (): Promise<void> => {
    setIsDone(true);
    await view.jumpTo({ offset: offset + 1 });
    const target = view.getSnapshot().entries.find(({ message }) => message.offset > offset);
    if (target) window.toRow(target.key);
  };
  return (
    <FloatingButton
      className="top-3"
      onPress={() => {
        attempt(go);
      }}
    >
      Jump to the first unread message
    </FloatingButton>
  );
}

function ToLatest({ unread, onPress }: { readonly unread: number; readonly onPress: () => void }): ReactElement {
  return (
    <FloatingButton className="bottom-3" onPress={onPress}>
      {unread === 0 ? "Jump to latest" : unread === 1 ? "1 new message" : `${unread} new messages`}
      <Icon name="down" small />
    </FloatingButton>
  );
}

interface FloatingButtonProps {
  readonly className: string;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

function FloatingButton({ className, onPress, children }: FloatingButtonProps): ReactElement {
  return (
    <div className={`pointer-events-none absolute inset-x-0 z-10 flex justify-center ${className}`}>
      <button
        type="button"
        className="pointer-events-auto flex min-h-9 items-center gap-2 rounded-full border border-line bg-raised px-4 text-sm font-semibold text-accent shadow-float hover:bg-hover"
        onClick={onPress}
      >
        {children}
      </button>
    </div>
  );
}

function Beginning({ title, isEmpty }: { readonly title: string; readonly isEmpty: boolean }): ReactElement {
  return (
    <div className="px-4 pt-10 pb-2 sm:px-5">
      <p className="text-lg font-semibold tracking-tight">{title}</p>
      <p className="text-sm text-ink-soft">
        {isEmpty
          ? "Nothing was said here yet. Write the first message below."
          : "This is where the conversation begins."}
      </p>
    </div>
  );
}

/** The shape of messages while they are on their way. */
function Placeholder(): ReactElement {
  const lines = useMemo(() => ["w-3/5", "w-2/5", "w-1/2", "w-1/3"], []);
  return (
    <div role="status" aria-label="Loading messages" className="flex flex-1 flex-col justify-end gap-5 px-5 pb-5">
      {lines.map((width) => (
        <div key={width} className="flex gap-3">
          <span className="size-9 rounded-[0.625rem] bg-hover" />
          <span className="flex flex-1 flex-col gap-2 pt-1">
            <span className="h-3 w-28 rounded bg-hover" />
            <span className={`h-3 rounded bg-hover ${width}`} />
          </span>
        </div>
      ))}
    </div>
  );
}
