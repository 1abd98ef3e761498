import { useEffect, useRef, type ReactElement } from "react";

export interface MediaProps {
  readonly media: MediaStreamTrack;
}

/** A picture; the name beside it says whose. One that is old, the last before a pause, has lost its colours. */
export function Video({
  media,
  isMirrored = false,
  isWhole = false,
  isOld = false,
}: MediaProps & {
  readonly isMirrored?: boolean;
  readonly isWhole?: boolean;
  readonly isOld?: boolean;
}): ReactElement {
  const element = useRef<HTMLVideoElement>(null);
  useSource(element, media);
  return (
    <video
      ref={element}
      autoPlay
      playsInline
      muted
      aria-hidden="true"
      className={`absolute inset-0 size-full ${isWhole ? "object-contain" : "object-cover"} ${isMirrored ? "-scale-x-100" : ""} ${isOld ? "brightness-50 grayscale" : ""}`}
    />
  );
}

/** A voice. */
export function Sound({ media }: MediaProps): ReactElement {
  const element = useRef<HTMLAudioElement>(null);
  useSource(element, media);
  return <audio ref={element} autoPlay />;
}

function useSource(element: { readonly current: HTMLMediaElement | null }, media: MediaStreamTrack): void {
  useEffect(() => {
    const { current } = element;
    if (!current) return undefined;
    current.srcObject = new MediaStream([media]);
    current.play().catch(() => undefined); // a page nobody has touched yet; the next gesture starts it
    return () => {
      current.srcObject = null;
    };
  }, [element, media]);
}
