import { useCallback, useEffect, useRef } from "react";
import type { Room } from "@parley/client/rooms";
import type { TileModel } from "./Tile.js";

const HEIGHTS_MAX = 256;

/** Tells the server what is shown and how large; returns what tiles tell their heights to. */
export function useView(
  room: Room,
  large: TileModel | undefined,
  pinned: TileModel | undefined,
): (trackId: string, height: number) => void {
  const heights = useRef(new Map<string, number>());
  const onStage = large?.trackId ?? "";
  const kept = pinned?.trackId ?? "";
  const tell = useCallback(() => {
    const shown = [...heights.current].slice(-HEIGHTS_MAX).map(([trackId, height]) => ({ trackId, height }));
    room.setView({ onStage: named(onStage), pinned: named(kept), heights: shown });
  }, [room, onStage, kept]);
  const newest = useRef(tell);
  useEffect(() => {
    newest.current = tell;
    tell();
  }, [tell]);
  return useCallback((trackId: string, height: number) => {
    heights.current.delete(trackId);
    // The largest of the contract; a tile that is gone is told as hidden only while its track is known to be shown.
    if (height > 0) heights.current.set(trackId, Math.min(height, 4_320));
    newest.current();
  }, []);
}

const named = (trackId: string): readonly string[] => (trackId === "" ? [] : [trackId]);
