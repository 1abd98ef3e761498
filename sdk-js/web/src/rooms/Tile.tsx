import { useEffect, useRef, type ReactElement } from "react";
import { Avatar } from "../ui/Avatar.js";
import { Icon } from "../ui/icons.js";
import type { Quality } from "./quality.js";
import { Video } from "./Video.js";

/** One picture of the meeting. */
export interface TileModel {
  readonly key: string;
  /** Empty for one's own pictures. */
  readonly trackId: string;
  readonly userId: string;
  readonly name: string;
  readonly kind: "CAMERA" | "SCREEN";
  readonly media: MediaStreamTrack | undefined;
  readonly isOwn: boolean;
  readonly isMuted: boolean;
  readonly isSpeaking: boolean;
  readonly isAway: boolean;
  readonly quality: Quality | undefined;
}

export interface TileProps {
  readonly tile: TileModel;
  readonly isPinned: boolean;
  readonly onPin: () => void;
  /** Told the height in pixels of the screen, at each change; 0 when it is gone. */
  readonly onHeight: (trackId: string, height: number) => void;
}

/** A person or a screen; the ring shows who speaks. */
export function Tile({ tile, isPinned, onPin, onHeight }: TileProps): ReactElement {
  const element = useRef<HTMLElement>(null);
  useHeight(element, tile.trackId, onHeight);
  const { name, media, isSpeaking, isOwn, kind } = tile;
  const isScreen = kind === "SCREEN";
  const isPaused = tile.quality?.grade === "Paused";
  const title = isScreen ? `${isOwn ? "Your" : `${name}’s`} screen` : isOwn ? `${name} (you)` : name;
  return (
    <article
      ref={element}
      data-testid="tile"
      data-track={tile.trackId}
      aria-label={isSpeaking ? `${title}, speaking` : title}
      className={`group relative size-full min-h-0 overflow-hidden rounded-xl bg-raised ring-inset ${isSpeaking ? "ring-3 ring-accent" : "ring-1 ring-line"}`}
    >
      {media ? (
        <Video media={media} isMirrored={isOwn && !isScreen} isWhole={isScreen} isOld={isPaused} />
      ) : (
        <div className="grid size-full place-items-center">
          <Avatar id={tile.userId} name={name} size="lg" />
        </div>
      )}
      {isSpeaking && <span className="pointer-events-none absolute inset-0 rounded-xl ring-3 ring-accent ring-inset" />}
      <div className="absolute inset-x-2 bottom-2 flex min-w-0 items-end justify-between gap-2">
        <p className={`${chip} min-w-0`}>
          {tile.isMuted && !isScreen && (
            <>
              <Icon name="micOff" small />
              <span className="sr-only">Muted: </span>
            </>
          )}
          <span className="truncate">{title}</span>
        </p>
        {tile.quality && media && <QualityChip quality={tile.quality} />}
      </div>
      {tile.isAway && <p className={`${chip} absolute top-2 left-2`}>Connection lost…</p>}
      <button
        type="button"
        aria-pressed={isPinned}
        aria-label={`${isPinned ? "Unpin" : "Pin"} ${title}`}
        title={isPinned ? "Unpin" : "Pin"}
        onClick={onPin}
        className={`${chip} absolute top-2 right-2 size-8 justify-center px-0 opacity-0 group-hover:opacity-100 focus-visible:opacity-100 aria-pressed:opacity-100 [@media(hover:none)]:opacity-100`}
      >
        <Icon name="pin" small />
      </button>
    </article>
  );
}

/** Text over pictures of any brightness. */
const chip =
  "inline-flex items-center gap-1 rounded-md bg-[rgb(12_14_16/0.82)] px-2 py-0.5 text-[0.8125rem] leading-5 text-[#fff]";

function QualityChip({ quality: { grade, why, isHeldBack } }: { readonly quality: Quality }): ReactElement {
  return (
    <p data-testid="quality" title={`${grade}: ${why}`} className={`${chip} max-w-[60%] shrink-0`}>
      <span className="truncate">
        {grade}
        <span className={isHeldBack ? "max-sm:sr-only" : "sr-only"}>: {why}</span>
      </span>
    </p>
  );
}

function useHeight(
  element: { readonly current: HTMLElement | null },
  trackId: string,
  onHeight: TileProps["onHeight"],
): void {
  useEffect(() => {
    const { current } = element;
    if (!current || trackId === "") return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) onHeight(trackId, Math.round(entry.contentRect.height * window.devicePixelRatio));
    });
    observer.observe(current);
    return () => {
      observer.disconnect();
      onHeight(trackId, 0);
    };
  }, [element, trackId, onHeight]);
}
