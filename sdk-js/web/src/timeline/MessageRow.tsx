import { memo, type ReactElement } from "react";
import type { Message, TimelineEntry } from "@parley/client";
import { useWorkspace } from "../app/hooks.js";
import { openPanel } from "../app/route.js";
import { words } from "../app/words.js";
import { useConversation } from "../conversation/context.js";
import { listOf } from "../people/names.js";
import { plainText } from "../text/markdown.js";
import { MessageText } from "../text/MessageText.js";
import { dayOf, fullTimeOf, shortTimeOf, timeOf } from "../text/times.js";
import { Avatar } from "../ui/Avatar.js";
import { Icon } from "../ui/icons.js";
import { MessageActions } from "./MessageActions.js";
import { Reactions } from "./Reactions.js";
import type { Row } from "./rows.js";

export interface MessageRowProps {
  readonly row: Row;
  readonly isHighlighted: boolean;
  /** The pointer or the focus is here. */
  readonly isActive: boolean;
}

/** One message with what belongs to it: day, divider, quote, reactions, thread, who has seen it. */
export const MessageRow = memo(
  function MessageRow({ row, isHighlighted, isActive }: MessageRowProps): ReactElement {
    const { me } = useWorkspace();
    const { message, state } = row.entry;
    const isMentioned = message.authorId !== me.id && message.mentions.some((id) => id === me.id || id === "@channel");
    const ground = isHighlighted ? "bg-selected" : isMentioned ? "bg-mention" : "hover:bg-row-hover";
    return (
      <>
        {row.day && <DayLine day={row.day} />}
        {row.isFirstUnread && <UnreadLine />}
        <div
          className={`group relative mx-1 flex gap-3 rounded-lg px-3 transition-colors sm:mx-2 ${ground} ${row.isContinued ? "py-0.5" : "pt-2.5 pb-1"}`}
        >
          <Gutter row={row} />
          <div className="min-w-0 flex-1">
            {!row.isContinued && <Head message={message} />}
            {message.quote && <QuoteLine quote={message.quote} />}
            <Content entry={row.entry} />
            <Reactions message={message} />
            <ThreadLink message={message} />
          </div>
          {state === "sent" && <MessageActions message={message} isActive={isActive} />}
        </div>
        <SeenBy entryKey={row.entry.key} />
      </>
    );
  },
  (a, b) =>
    a.isHighlighted === b.isHighlighted &&
    a.isActive === b.isActive &&
    a.row.entry.message === b.row.entry.message &&
    a.row.entry.state === b.row.entry.state &&
    a.row.day?.getTime() === b.row.day?.getTime() &&
    a.row.isFirstUnread === b.row.isFirstUnread &&
    a.row.isContinued === b.row.isContinued,
);

function DayLine({ day }: { readonly day: Date }): ReactElement {
  return (
    <div className="flex items-center gap-3 px-4 pt-5 pb-1 text-xs font-semibold text-ink-faint sm:px-5">
      <span className="h-px flex-1 bg-line" />
      {dayOf(day, new Date())}
      <span className="h-px flex-1 bg-line" />
    </div>
  );
}

function UnreadLine(): ReactElement {
  return (
    <div
      data-testid="new-messages"
      className="flex items-center gap-3 px-4 pt-2 text-xs font-semibold text-danger sm:px-5"
    >
      <span className="h-px flex-1 bg-danger" />
      New messages
    </div>
  );
}

/** The author's picture, or for a continued message its time while the pointer is there. */
function Gutter({ row: { isContinued, entry } }: { readonly row: Row }): ReactElement {
  const { nameOf } = useConversation();
  const { message } = entry;
  return (
    <div className="w-9 shrink-0">
      {isContinued ? (
        <span
          aria-hidden="true"
          className="block pt-1 text-center text-[0.625rem] leading-4 whitespace-nowrap text-ink-faint tabular-nums opacity-0 group-hover:opacity-100"
        >
          {message.createdAt && shortTimeOf(message.createdAt)}
        </span>
      ) : (
        <div className="pt-0.5">
          <Avatar id={message.authorId} name={nameOf(message.authorId)} />
        </div>
      )}
    </div>
  );
}

function Head({ message }: { readonly message: Message }): ReactElement {
  const { nameOf } = useConversation();
  const at = message.createdAt;
  return (
    <div className="flex items-baseline gap-2">
      <span className="truncate text-[0.9375rem] font-semibold">{nameOf(message.authorId)}</span>
      {message.author?.guest && (
        <span className="rounded bg-hover px-1.5 text-2xs font-medium text-ink-soft">guest</span>
      )}
      {at && (
        <time
          dateTime={at.toISOString()}
          title={fullTimeOf(at)}
          className="shrink-0 text-xs text-ink-faint tabular-nums"
        >
          {timeOf(at)}
        </time>
      )}
      {message.pinned && (
        <span className="flex items-center gap-1 self-center text-xs text-ink-faint">
          <Icon name="pin" small />
          Pinned
        </span>
      )}
    </div>
  );
}

function QuoteLine({ quote }: { readonly quote: NonNullable<Message["quote"]> }): ReactElement {
  const { nameOf, jumpTo } = useConversation();
  const isGone = quote.messageId === "" || (quote.excerpt === "" && quote.authorId === "");
  if (isGone)
    return (
      <p className="mt-0.5 mb-1 border-l-3 border-line-strong pl-2.5 text-sm text-ink-faint italic">
        The quoted message was deleted.
      </p>
    );
  return (
    <button
      type="button"
      className="mt-0.5 mb-1 block w-full max-w-xl rounded-r-md border-l-3 border-accent py-0.5 pr-2 pl-2.5 text-left text-sm text-ink-soft hover:bg-hover"
      onClick={() => {
        jumpTo(quote.messageId);
      }}
    >
      <span className="sr-only">Quoted from </span>
      <span className="font-semibold">{nameOf(quote.authorId)}</span>
      <span className="line-clamp-2">{plainText(quote.excerpt)}</span>
    </button>
  );
}

function Content({ entry }: { readonly entry: TimelineEntry }): ReactElement {
  const { me } = useWorkspace();
  const { mentionables } = useConversation();
  const { message, state } = entry;
  if (message.deletedAt) return <p className="text-ink-faint italic">This message was deleted.</p>;
  return (
    <div className={`max-w-[46rem] ${state === "pending" ? "opacity-70" : ""}`}>
      <div data-testid="message-text">
        <MessageText text={message.text} mentioned={mentionables(message.mentions)} meId={me.id} />
      </div>
      {message.editedAt && (
        <span className="text-xs text-ink-faint" title={fullTimeOf(message.editedAt)}>
          (edited)
        </span>
      )}
      {state === "pending" && <span className="sr-only">Sending…</span>}
      {state === "failed" && <Failed entry={entry} />}
    </div>
  );
}

/** What went wrong with a send, and the two ways on. */
function Failed({ entry }: { readonly entry: TimelineEntry }): ReactElement {
  const { view } = useConversation();
  const action = "font-semibold underline underline-offset-2 hover:no-underline";
  return (
    <p role="alert" className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-[0.8125rem] text-danger">
      <span className="flex items-center gap-1.5">
        <Icon name="alert" small />
        Not sent. {words(entry.error)}
      </span>
      <button
        type="button"
        className={action}
        onClick={() => {
          view.retry(entry.key);
        }}
      >
        Try again
      </button>
      <button
        type="button"
        className={action}
        onClick={() => {
          view.discard(entry.key);
        }}
      >
        Discard
      </button>
    </p>
  );
}

function ThreadLink({ message }: { readonly message: Message }): ReactElement | null {
  const { isThread, nameOf } = useConversation();
  const { thread } = message;
  if (isThread || !thread || thread.replyCount === 0) return null;
  const last = thread.lastReplyAt;
  return (
    <button
      type="button"
      className="mt-1 mb-0.5 -ml-1.5 flex max-w-full items-center gap-2 rounded-lg border border-transparent px-1.5 py-1 text-[0.8125rem] hover:border-line hover:bg-raised"
      onClick={() => {
        openPanel({ kind: "thread", messageId: message.id });
      }}
    >
      <span className="flex gap-0.5">
        {thread.participants.slice(-3).map((id) => (
          <Avatar key={id} id={id} name={nameOf(id)} size="xs" />
        ))}
      </span>
      <span className="font-semibold text-accent">
        {thread.replyCount === 1 ? "1 reply" : `${thread.replyCount} replies`}
      </span>
      {last && <span className="truncate text-ink-faint">Last at {timeOf(last)}</span>}
    </button>
  );
}

/** Who has read up to this message. */
function SeenBy({ entryKey }: { readonly entryKey: string }): ReactElement | null {
  const { seenBy, nameOf } = useConversation();
  const readers = seenBy[entryKey];
  if (!readers || readers.length === 0) return null;
  const text = `Seen by ${listOf(readers.map(nameOf), 6)}`;
  return (
    <p className="flex items-center justify-end gap-1 px-4 sm:px-5" title={text} data-testid="seen-by">
      <span className="sr-only">{text}</span>
      {readers.slice(0, 6).map((id) => (
        <Avatar key={id} id={id} name={nameOf(id)} size="xs" />
      ))}
      {readers.length > 6 && (
        <span className="text-2xs text-ink-faint" aria-hidden="true">
          +{readers.length - 6}
        </span>
      )}
    </p>
  );
}
