import { useEffect, useState, type ReactElement } from "react";
import type { Room, RoomSnapshot, RoomStats, TrackStats } from "@parley/client/rooms";
import { IconButton } from "../ui/Button.js";
import { bitrate, qualityOf } from "./quality.js";

const EVERY_MS = 1_000;

export interface StatsPanelProps {
  readonly room: Room;
  readonly snapshot: RoomSnapshot;
  readonly onClose: () => void;
}

/** What flows now, in figures and words. */
export function StatsPanel({ room, snapshot, onClose }: StatsPanelProps): ReactElement {
  const stats = useStats(room);
  const tracks = stats?.tracks.filter(({ bitrateBps, frames }) => bitrateBps > 0 || frames > 0) ?? [];
  return (
    <aside
      aria-label="Statistics"
      className="absolute inset-0 z-10 flex flex-col bg-surface md:static md:w-80 md:shrink-0 md:rounded-xl md:border md:border-line"
    >
      <header className="flex items-center gap-2 py-1.5 pr-1.5 pl-4">
        <h2 className="flex-1 font-semibold">Statistics</h2>
        <IconButton icon="close" label="Close statistics" small onClick={onClose} />
      </header>
      {/* Scrolls by keys too. */}
      <div tabIndex={0} role="region" aria-label="Figures" className="min-h-0 flex-1 overflow-y-auto px-4 pb-4 text-sm">
        <dl className="grid grid-cols-[1fr_auto] gap-y-1 border-b border-line pb-3">
          <Figure
            name="Delay to the server"
            value={stats?.rttMs === undefined ? "–" : `${Math.round(stats.rttMs)} ms`}
          />
          <Figure name="Coming in" value={bitrate(sum(tracks, "in"))} />
          <Figure name="Going out" value={bitrate(sum(tracks, "out"))} />
        </dl>
        {tracks.length === 0 && <p className="pt-3 text-ink-soft">Nothing flows yet.</p>}
        <ul>
          {tracks.map((track) => (
            <TrackLine key={`${track.direction}${track.trackId}${track.rid}`} track={track} snapshot={snapshot} />
          ))}
        </ul>
      </div>
    </aside>
  );
}

const kinds = { MICROPHONE: "voice", CAMERA: "camera", SCREEN: "screen", SCREEN_AUDIO: "screen sound" };
const encodings: Readonly<Record<string, string>> = { q: ", small", h: ", medium", f: ", large" };

function TrackLine({ track, snapshot }: { readonly track: TrackStats; readonly snapshot: RoomSnapshot }): ReactElement {
  const person = snapshot.participants.find(({ id }) => id === track.participantId);
  const whose = track.direction === "out" ? "Your" : `${person?.name ?? "Somebody"}’s`;
  const allocation = snapshot.allocations[track.trackId];
  const quality = track.direction === "in" && allocation ? qualityOf(allocation, track.kind) : undefined;
  return (
    <li className="border-b border-line py-3 last:border-0">
      <h3 className="font-medium">
        {whose} {kinds[track.kind]}
        {encodings[track.rid]}
      </h3>
      <dl className="mt-1 grid grid-cols-[1fr_auto] gap-y-0.5">
        {track.width > 0 && (
          <Figure
            name="Picture"
            value={`${track.width} × ${track.height}, ${Math.round(track.framesPerSecond)} per second`}
          />
        )}
        <Figure name="Rate" value={`${bitrate(track.bitrateBps)} ${track.codec}`} />
        <Figure name="Lost" value={`${(track.lossRatio * 100).toFixed(1)} %`} />
        <Figure name="Unsteadiness" value={`${Math.round(track.jitterMs)} ms`} />
        {track.direction === "in" && track.width > 0 && <Figure name="Freezes" value={String(track.freezes)} />}
      </dl>
      {quality && (
        <p className="mt-1 text-ink-soft">
          {quality.grade}: {quality.why}.
        </p>
      )}
    </li>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }): ReactElement {
  return (
    <>
      <dt className="text-ink-soft">{name}</dt>
      <dd className="text-right tabular-nums">{value}</dd>
    </>
  );
}

const sum = (tracks: readonly TrackStats[], direction: "in" | "out"): number =>
  tracks.reduce((total, track) => total + (track.direction === direction ? track.bitrateBps : 0), 0);

function useStats(room: Room): RoomStats | undefined {
  const [stats, setStats] = useState<RoomStats>();
  useEffect(() => {
    let isOver = false;
    const read = (): void => {
      void room.stats().then(
        (now) => {
          if (!isOver) setStats(now);
        },
        () => undefined, // between two connections there is nothing to read
      );
    };
    read();
    const timer = setInterval(read, EVERY_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [room]);
  return stats;
}
