import { memo, useMemo, type ReactElement } from "react";
import { isOnlyEmoji, parseMessage, type Inline, type Mentionable } from "./markdown.js";

export interface MessageTextProps {
  readonly text: string;
  readonly mentioned: readonly Mentionable[];
  readonly meId: string;
}

/** A message's text as elements; nothing of it is ever read as HTML. */
export const MessageText = memo(function MessageText({ text, mentioned, meId }: MessageTextProps): ReactElement {
  const blocks = useMemo(() => parseMessage(text, mentioned), [text, mentioned]);
  if (isOnlyEmoji(text)) return <p className="text-3xl leading-tight">{text}</p>;
  return (
    <>
      {blocks.map((block, index) =>
        block.kind === "code" ? (
          <pre
            key={index}
            tabIndex={0} // it may be wider than the page, and keys must be able to scroll it
            className="my-1.5 overflow-x-auto rounded-lg border border-line bg-sunken px-3 py-2 font-mono text-[0.8125rem] leading-relaxed"
          >
            <code>{block.text}</code>
          </pre>
        ) : (
          <p key={index} className="wrap-anywhere whitespace-pre-wrap">
            <Inlines inlines={block.inlines} meId={meId} />
          </p>
        ),
      )}
    </>
  );
});

function Inlines({ inlines, meId }: { readonly inlines: readonly Inline[]; readonly meId: string }): ReactElement {
  return (
    <>
      {inlines.map((inline, index) => (
        <Piece key={index} inline={inline} meId={meId} />
      ))}
    </>
  );
}

function Piece({ inline, meId }: { readonly inline: Inline; readonly meId: string }): ReactElement {
  switch (inline.kind) {
    case "text":
      return <>{inline.text}</>;
    case "code":
      return <code className="rounded-md bg-hover px-1.5 py-0.5 font-mono text-[0.84em]">{inline.text}</code>;
    case "link":
      return (
        <a
          href={inline.href}
          target="_blank"
          rel="noopener noreferrer nofollow"
          className="text-accent underline decoration-1 underline-offset-2 hover:decoration-2"
        >
          {inline.text}
        </a>
      );
    case "mention":
      return <Mention text={inline.text} isMe={inline.userId === meId || inline.userId === "@channel"} />;
    case "strong":
      return (
        <strong className="font-semibold">
          <Inlines inlines={inline.children} meId={meId} />
        </strong>
      );
    case "em":
      return (
        <em>
          <Inlines inlines={inline.children} meId={meId} />
        </em>
      );
  }
}

function Mention({ text, isMe }: { readonly text: string; readonly isMe: boolean }): ReactElement {
  const look = isMe ? "bg-accent text-on-accent" : "bg-accent-soft text-accent";
  return <span className={`rounded-md px-1 font-medium ${look}`}>{text}</span>;
}
