import { useEffect, useId, type ReactElement } from "react";
import { useObservable, useWorkspace } from "../app/hooks.js";
import { Avatar } from "../ui/Avatar.js";
import { Button, IconButton } from "../ui/Button.js";
import type { DeviceKind, Devices } from "./devices.js";
import { Video } from "./Video.js";

export interface PreJoinProps {
  readonly title: string;
  readonly count: number;
  readonly devices: Devices;
  readonly isJoining: boolean;
  readonly error: string | undefined;
  readonly onJoin: () => void;
  readonly onBack: () => void;
}

/** Before the room: how one will look and sound, with which devices; joining without any is fine too. */
export function PreJoin({ title, count, devices, isJoining, error, onJoin, onBack }: PreJoinProps): ReactElement {
  const { me } = useWorkspace();
  const { camera, microphone } = useObservable(devices);
  useEffect(() => {
    void devices.open("microphone").then(() => devices.open("camera"));
  }, [devices]);
  return (
    <main className="h-full overflow-y-auto bg-canvas">
      <div className="mx-auto grid min-h-full max-w-5xl content-center gap-6 p-4 md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] md:items-center md:gap-10 md:p-8">
        <div className="flex flex-col gap-3">
          <div className="relative aspect-video w-full overflow-hidden rounded-2xl bg-raised ring-1 ring-line ring-inset">
            {camera.track ? (
              <Video media={camera.track} isMirrored />
            ) : (
              <div className="grid size-full place-content-center justify-items-center gap-3">
                <Avatar id={me.id} name={me.name} size="lg" />
                <p className="text-sm text-ink-soft">{camera.isOpening ? "Starting the camera…" : "Camera is off"}</p>
              </div>
            )}
          </div>
          <div className="flex justify-center gap-2">
            <DeviceToggle kind="microphone" devices={devices} />
            <DeviceToggle kind="camera" devices={devices} />
          </div>
        </div>
        <div className="flex flex-col gap-4">
          <div>
            <h1 className="text-2xl font-semibold tracking-tight text-balance">{title}</h1>
            <p className="mt-1 text-sm text-ink-soft">{countWords(count)}</p>
          </div>
          <DeviceChoice kind="microphone" devices={devices} />
          <DeviceChoice kind="camera" devices={devices} />
          {[microphone.problem, camera.problem].map(
            (problem) =>
              problem !== undefined && (
                <p key={problem} className="rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn-ink">
                  {problem}
                </p>
              ),
          )}
          {error !== undefined && (
            <p role="alert" className="rounded-lg bg-danger-soft px-3 py-2 text-sm text-danger">
              {error}
            </p>
          )}
          <div className="flex flex-wrap gap-2">
            <Button look="primary" className="min-h-11 flex-1" disabled={isJoining} onClick={onJoin}>
              {isJoining ? "Joining…" : error === undefined ? "Join now" : "Try again"}
            </Button>
            <Button className="min-h-11" onClick={onBack}>
              Back
            </Button>
          </div>
        </div>
      </div>
    </main>
  );
}

function countWords(count: number): string {
  if (count === 0) return "Nobody else is here yet.";
  return count === 1 ? "One person is here." : `${count} people are here.`;
}

interface DeviceProps {
  readonly kind: DeviceKind;
  readonly devices: Devices;
}

function DeviceToggle({ kind, devices }: DeviceProps): ReactElement {
  const { track, isOpening } = useObservable(devices)[kind];
  const icon = kind === "camera" ? "camera" : "mic";
  return (
    <IconButton
      icon={track ? icon : `${icon}Off`}
      label={`Turn the ${kind} ${track ? "off" : "on"}`}
      disabled={isOpening}
      className="size-11 border border-line bg-raised"
      onClick={() => {
        if (track) devices.close(kind);
        else void devices.open(kind);
      }}
    />
  );
}

const titles = { microphone: "Microphone", camera: "Camera" };

function DeviceChoice({ kind, devices }: DeviceProps): ReactElement {
  const id = useId();
  const { choices, track } = useObservable(devices)[kind];
  const chosen = track?.getSettings().deviceId ?? "";
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {titles[kind]}
      </label>
      <select
        id={id}
        value={chosen}
        disabled={choices.length === 0}
        className="h-10 w-full rounded-lg border border-line-strong bg-surface px-3 text-[0.9375rem] text-ink disabled:text-ink-faint"
        onChange={(event) => {
          void devices.open(kind, event.target.value);
        }}
      >
        {!track && <option value="">{choices.length === 0 ? "None found" : "Off"}</option>}
        {choices.map(({ deviceId, label }) => (
          <option key={deviceId} value={deviceId}>
            {label === "" ? titles[kind] : label}
          </option>
        ))}
      </select>
    </div>
  );
}
