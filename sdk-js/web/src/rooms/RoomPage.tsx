import { useEffect, useMemo, useRef, useState, type ReactElement } from "react";
import type { Room as RoomRecord } from "@parley/client";
import { ParleyRooms, type Room, type RoomSnapshot } from "@parley/client/rooms";
import { useObservable, useWorkspace } from "../app/hooks.js";
import { openChannel } from "../app/route.js";
import { words } from "../app/words.js";
import { Button } from "../ui/Button.js";
import { Devices } from "./devices.js";
import { Meeting } from "./Meeting.js";
import { PreJoin } from "./PreJoin.js";

export interface RoomPageProps {
  readonly roomId: string;
}

/** A room from its door to its end. */
export default function RoomPage({ roomId }: RoomPageProps): ReactElement {
  const { client } = useWorkspace();
  const rooms = useMemo(() => new ParleyRooms(client), [client]);
  const devices = useDevices();
  const { record, count } = useRecord(rooms, roomId);
  const [room, setRoom] = useState<Room>();
  const [isJoining, setIsJoining] = useState(false);
  const [error, setError] = useState<string>();
  const title = record && record.name !== "" ? record.name : "Meeting";
  useLeaving(room);
  useEffect(() => {
    document.title = `${title} · Parley`;
  }, [title]);
  const join = async (): Promise<void> => {
    setIsJoining(true);
    setError(undefined);
    const { microphone, camera } = devices.getSnapshot();
    try {
      setRoom(await rooms.join(roomId, { tracks: { MICROPHONE: microphone.track, CAMERA: camera.track } }));
    } catch (failure) {
      setError(words(failure));
    }
    setIsJoining(false);
  };
  const back = (): void => {
    openChannel(record?.channelId === "" ? undefined : record?.channelId);
  };
  if (room) {
    return (
      <InRoom
        room={room}
        devices={devices}
        onBack={back}
        onAgain={() => {
          setRoom(undefined);
        }}
      />
    );
  }
  return (
    <PreJoin
      title={title}
      count={count}
      devices={devices}
      isJoining={isJoining}
      error={error}
      onBack={back}
      onJoin={() => {
        void join();
      }}
    />
  );
}

interface InRoomProps {
  readonly room: Room;
  readonly devices: Devices;
  readonly onBack: () => void;
  readonly onAgain: () => void;
}

function InRoom({ room, devices, onBack, onAgain }: InRoomProps): ReactElement {
  const snapshot = useObservable(room);
  const leave = useMemo(
    () => () => {
      void room.leave();
    },
    [room],
  );
  const isOver = snapshot.status === "closed";
  useEffect(() => {
    if (!isOver) return;
    snapshot.local.SCREEN.media?.stop();
    devices.close("camera");
    devices.close("microphone");
  }, [isOver, devices, snapshot]);
  if (!isOver) return <Meeting room={room} devices={devices} onLeave={leave} />;
  return (
    <main className="grid h-full place-items-center bg-canvas p-6 text-center">
      <div className="flex max-w-sm flex-col items-center gap-4">
        <h1 className="text-xl font-semibold tracking-tight">{endWords(snapshot)}</h1>
        {snapshot.error && <p className="text-sm text-ink-soft">{words(snapshot.error)}</p>}
        <div className="flex gap-2">
          {snapshot.cause !== "ROOM_CLOSED" && (
            <Button look="primary" onClick={onAgain}>
              Join again
            </Button>
          )}
          <Button onClick={onBack}>Back to conversations</Button>
        </div>
      </div>
    </main>
  );
}

function endWords({ cause }: RoomSnapshot): string {
  switch (cause) {
    case "LEFT":
      return "You left the meeting";
    case "REMOVED":
      return "You were taken out of the meeting";
    case "ROOM_CLOSED":
      return "The meeting has ended";
    default:
      return "The connection to the meeting was lost";
  }
}

/** Devices that close with the page; a page that is mounted twice in development gets new ones. */
function useDevices(): Devices {
  const [devices] = useState(() => new Devices());
  useEffect(
    () => () => {
      devices.close("camera");
      devices.close("microphone");
    },
    [devices],
  );
  return devices;
}

/** Whoever goes to another page, or closes this one, leaves. */
function useLeaving(room: Room | undefined): void {
  const current = useRef(room);
  useEffect(() => {
    current.current = room;
    const leave = (): void => {
      void current.current?.leave();
    };
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [room]);
}

interface Found {
  readonly record: RoomRecord | undefined;
  readonly count: number;
}

/** What the room is called and how many are in it; joining tells what is wrong with it. */
function useRecord(rooms: ParleyRooms, roomId: string): Found {
  const [found, setFound] = useState<Found>({ record: undefined, count: 0 });
  useEffect(() => {
    const stop = new AbortController();
    rooms.get(roomId, { signal: stop.signal }).then(
      ({ room, participants }) => {
        setFound({ record: room, count: participants.length });
      },
      () => undefined,
    );
    return () => {
      stop.abort();
    };
  }, [rooms, roomId]);
  return found;
}
