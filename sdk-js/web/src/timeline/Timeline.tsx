import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactElement,
  type ReactNode,
} from "react";
import type { ChannelViewSnapshot } from "@parley/client";
import { useWorkspace } from "../app/hooks.js";
import { attempt } from "../app/notices.js";
import { useConversation } from "../conversation/context.js";
import { MessageRow } from "./MessageRow.js";
import type { RowWindow } from "./rowWindow.js";
import { rowsOf, type Row } from "./rows.js";
import { useRovingRows } from "./roving.js";

/** Pages are fetched when the edge of what is loaded comes this close. */
const FETCH_PX = 1_200;

export interface TimelineProps {
  readonly label: string;
  readonly snapshot: ChannelViewSnapshot;
  readonly dividerOffset: number | undefined;
  readonly window: RowWindow;
  /** Shown above the first message when everything before it is loaded. */
  readonly start: ReactNode;
}

/** The messages, oldest first, of which only those near the visible part are in the document. */
export function Timeline({ label, snapshot, dividerOffset, window, start }: TimelineProps): ReactElement {
  const { me } = useWorkspace();
  const { isThread } = useConversation();
  const frame = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => rowsOf(snapshot.entries, dividerOffset, me.id), [snapshot.entries, dividerOffset, me.id]);
  const keys = useMemo(() => rows.map(({ entry }) => entry.key), [rows]);
  const version = useSyncExternalStore(window.subscribe, window.version);
  const range = window.range(keys);
  const roving = useRovingRows(keys, range, window, list);
  useLayoutEffect(() => {
    window.hasEnd = !snapshot.hasNewer;
  }, [window, snapshot.hasNewer]);
  useLayoutEffect(() => {
    window.settle();
  });
  useEffect(() => (frame.current && list.current ? window.attach(frame.current, list.current) : undefined), [window]);
  useFetching(snapshot, window, version);
  return (
    <div ref={frame} className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain [overflow-anchor:none]">
      {/* A channel grows upwards from the composer; a thread begins with what it is about. */}
      <div className={`flex min-h-full flex-col pb-2 ${isThread ? "" : "justify-end"}`}>
        <div className="min-h-8">{snapshot.hasOlder ? <Loading isShown={snapshot.loadingOlder} /> : start}</div>
        <div
          ref={list}
          role={keys.length > 0 ? "feed" : undefined}
          aria-label={keys.length > 0 ? label : undefined}
          aria-busy={snapshot.loadingOlder || snapshot.loadingNewer}
          style={{ paddingTop: range.before, paddingBottom: range.after }}
          onKeyDown={roving.onKeyDown}
          onFocus={roving.onFocus}
        >
          {rows.slice(range.first, range.last).map((row, index) => (
            <MeasuredRow
              key={row.entry.key}
              row={row}
              position={range.first + index + 1}
              count={snapshot.hasOlder ? -1 : rows.length}
              isTabStop={row.entry.key === roving.tabStop}
              window={window}
            />
          ))}
        </div>
        {snapshot.hasNewer && <Loading isShown={snapshot.loadingNewer} />}
      </div>
    </div>
  );
}

interface MeasuredRowProps {
  readonly row: Row;
  readonly position: number;
  readonly count: number;
  readonly isTabStop: boolean;
  readonly window: RowWindow;
}

/** A row that tells its height, now and whenever it changes. */
function MeasuredRow({ row, position, count, isTabStop, window }: MeasuredRowProps): ReactElement {
  const element = useRef<HTMLElement>(null);
  const { key } = row.entry;
  useLayoutEffect(() => {
    const present = element.current;
    if (!present) return undefined;
    const tell = (): void => {
      window.measured(key, present.getBoundingClientRect().height);
    };
    tell();
    const resized = new ResizeObserver(tell);
    resized.observe(present);
    return () => {
      resized.disconnect();
    };
  }, [key, window]);
  const { message } = row.entry;
  const { nameOf, highlighted } = useConversation();
  const [isPointedAt, setIsPointedAt] = useState(false);
  const [isFocused, setIsFocused] = useState(false);
  return (
    <article
      ref={element}
      data-key={key}
      data-id={message.id}
      data-offset={message.offset}
      aria-posinset={position}
      aria-setsize={count}
      aria-label={`${nameOf(message.authorId)}${message.createdAt ? `, ${message.createdAt.toLocaleTimeString()}` : ""}`}
      tabIndex={isTabStop ? 0 : -1}
      className="rounded-lg outline-offset-[-2px]"
      onPointerEnter={() => {
        setIsPointedAt(true);
      }}
      onPointerLeave={() => {
        setIsPointedAt(false);
      }}
      onFocus={() => {
        setIsFocused(true);
      }}
      onBlur={(event) => {
        // When the whole window loses the focus, it comes back to where it was.
        const isInWindow = !event.currentTarget.contains(document.activeElement);
        if (isInWindow && !staysWith(event.currentTarget, event.relatedTarget)) setIsFocused(false);
      }}
    >
      <MessageRow
        row={row}
        isHighlighted={message.id !== "" && highlighted === message.id}
        isActive={isPointedAt || isFocused}
      />
    </article>
  );
}

/** True when the focus goes to a button of the row, or into a menu or dialog opened from it: they must not vanish. */
const staysWith = (row: Element, next: Element | null): boolean =>
  next !== null && (row.contains(next) || next.closest("[role=menu], [role=dialog]") !== null);

/** Fetches the page beyond an edge that comes near. */
function useFetching(snapshot: ChannelViewSnapshot, window: RowWindow, version: number): void {
  const { view } = useConversation();
  const [failedAt, setFailedAt] = useState(-1);
  const { hasOlder, hasNewer, loadingOlder, loadingNewer, status } = snapshot;
  useEffect(() => {
    if (status !== "ready" || failedAt === version) return;
    const fetch = (load: () => Promise<void>): void => {
      attempt(() =>
        load().catch((error: unknown) => {
          setFailedAt(window.version()); // the next scroll tries again
          throw error;
        }),
      );
    };
    if (hasOlder && !loadingOlder && window.distanceToStart < FETCH_PX) fetch(() => view.loadOlder());
    if (hasNewer && !loadingNewer && window.distanceToEnd < FETCH_PX) fetch(() => view.loadNewer());
  }, [hasOlder, hasNewer, loadingOlder, loadingNewer, status, version, failedAt, view, window]);
}

function Loading({ isShown }: { readonly isShown: boolean }): ReactElement {
  return <p className={`py-1.5 text-center text-xs text-ink-faint ${isShown ? "" : "invisible"}`}>Loading…</p>;
}
