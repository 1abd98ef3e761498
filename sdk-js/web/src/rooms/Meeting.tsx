import { useMemo, useState, type ReactElement } from "react";
import type { Room, RoomSnapshot, RoomStatus } from "@parley/client/rooms";
import { useObservable } from "../app/hooks.js";
import { IconButton } from "../ui/Button.js";
import { Controls } from "./Controls.js";
import type { Devices } from "./devices.js";
import { Stage } from "./Stage.js";
import { StatsPanel } from "./StatsPanel.js";
import { tilesOf } from "./tiles.js";
import type { TileModel } from "./Tile.js";
import { useActions } from "./useActions.js";
import { useView } from "./useView.js";
import { Sound } from "./Video.js";

export interface MeetingProps {
  readonly room: Room;
  readonly devices: Devices;
  readonly onLeave: () => void;
}

/** Inside the room: pictures, voices, controls. */
export function Meeting({ room, devices, onLeave }: MeetingProps): ReactElement {
  const snapshot = useObservable(room);
  const tiles = useMemo(() => tilesOf(snapshot), [snapshot]);
  const [isStage, setIsStage] = useState(false);
  const [pinnedKey, setPinnedKey] = useState<string>();
  const [hasStats, setHasStats] = useState(false);
  const pinned = tiles.find(({ key }) => key === pinnedKey);
  const large = pinned ?? largeOf(tiles, isStage, snapshot);
  const onHeight = useView(room, large, pinned);
  const actions = useActions(room, devices, onLeave);
  const { local } = snapshot;
  return (
    <main className="flex h-full min-h-0 flex-col bg-canvas">
      <MeetingHeader
        snapshot={snapshot}
        isStage={large !== undefined}
        canChange={tiles.length > 1}
        hasStats={hasStats}
        onLayout={() => {
          setPinnedKey(undefined);
          setIsStage(!large);
        }}
        onStats={() => {
          setHasStats(!hasStats);
        }}
      />
      <div className="relative flex min-h-0 flex-1 gap-2 px-3 pb-2">
        <Stage
          tiles={tiles}
          large={large}
          pinnedKey={pinned?.key}
          onHeight={onHeight}
          onPin={(key) => {
            setPinnedKey(key === pinned?.key ? undefined : key);
          }}
        />
        {hasStats && (
          <StatsPanel
            room={room}
            snapshot={snapshot}
            onClose={() => {
              setHasStats(false);
            }}
          />
        )}
      </div>
      <Controls
        {...actions}
        isHeard={!local.MICROPHONE.muted}
        isSeen={!local.CAMERA.muted}
        isSharing={!local.SCREEN.muted}
      />
      <Voices snapshot={snapshot} />
    </main>
  );
}

interface MeetingHeaderProps {
  readonly snapshot: RoomSnapshot;
  readonly isStage: boolean;
  readonly canChange: boolean;
  readonly hasStats: boolean;
  readonly onLayout: () => void;
  readonly onStats: () => void;
}

function MeetingHeader(props: MeetingHeaderProps): ReactElement {
  const { snapshot, isStage, canChange, hasStats, onLayout, onStats } = props;
  return (
    <header className="flex h-14 shrink-0 items-center gap-1 pr-2 pl-4">
      <div className="min-w-0 flex-1">
        <h1 className="truncate leading-tight font-semibold tracking-tight">{titleOfRoom(snapshot)}</h1>
        <p role="status" data-testid="room-status" className="truncate text-[0.8125rem] leading-tight text-ink-soft">
          {stateWords(snapshot)}
        </p>
      </div>
      <IconButton
        icon={isStage ? "grid" : "stage"}
        label={isStage ? "Show all alike" : "Show the speaker large"}
        disabled={!canChange}
        onClick={onLayout}
      />
      <IconButton icon="stats" label="Statistics" aria-pressed={hasStats} onClick={onStats} />
    </header>
  );
}

/** Whoever can be heard, whether or not they are seen. */
function Voices({ snapshot }: { readonly snapshot: RoomSnapshot }): ReactElement {
  return (
    <>
      {snapshot.tracks.map(
        ({ kind, media, mid }) =>
          (kind === "MICROPHONE" || kind === "SCREEN_AUDIO") && <Sound key={`${mid}/${media.id}`} media={media} />,
      )}
    </>
  );
}

/** A screen comes before everybody; on a stage, whoever speaks, else the first of the others. */
function largeOf(
  tiles: readonly TileModel[],
  isStage: boolean,
  { speakers, selfId }: RoomSnapshot,
): TileModel | undefined {
  const screen = tiles.find(({ kind, isOwn }) => kind === "SCREEN" && !isOwn);
  if (screen) return screen;
  if (!isStage || tiles.length < 2) return undefined;
  const speaker = speakers.find((id) => id !== selfId);
  return tiles.find(({ key }) => key === `${speaker ?? ""}/CAMERA`) ?? tiles[0];
}

const titleOfRoom = ({ room }: RoomSnapshot): string => (room.name === "" ? "Meeting" : room.name);

const states: Record<RoomStatus, string> = {
  connected: "",
  connecting: "Connecting…",
  interrupted: "Connection lost. Looking for another way…",
  rejoining: "Connection lost. Joining again…",
  closed: "The meeting is over.",
};

function stateWords({ status, participants }: RoomSnapshot): string {
  if (status !== "connected") return states[status];
  return participants.length < 2 ? "You are alone here so far" : `${participants.length} people`;
}
