import { useMemo } from "react";
import { openScreen, type Room } from "@parley/client/rooms";
import { attempt, notify } from "../app/notices.js";
import type { MeetingActions } from "./Controls.js";
import type { Devices } from "./devices.js";

/** What the controls do. */
export function useActions(room: Room, devices: Devices, onLeave: () => void): MeetingActions {
  return useMemo(
    () => ({
      toggleMicrophone: () => {
        attempt(() => toggleMicrophone(room, devices));
      },
      toggleCamera: () => {
        attempt(() => toggleCamera(room, devices));
      },
      toggleScreen: () => {
        attempt(() => toggleScreen(room));
      },
      leave: onLeave,
    }),
    [room, devices, onLeave],
  );
}

async function toggleMicrophone(room: Room, devices: Devices): Promise<void> {
  const { media, muted } = room.getSnapshot().local.MICROPHONE;
  if (media) await room.setMuted("MICROPHONE", !muted);
  else await begin(room, devices, "microphone");
}

/** A camera that is off is closed, so that its light goes out. */
async function toggleCamera(room: Room, devices: Devices): Promise<void> {
  if (room.getSnapshot().local.CAMERA.muted) {
    await begin(room, devices, "camera");
    return;
  }
  devices.close("camera");
  await room.send("CAMERA", undefined);
}

async function begin(room: Room, devices: Devices, kind: "microphone" | "camera"): Promise<void> {
  const track = await devices.open(kind);
  if (track) await room.send(kind === "camera" ? "CAMERA" : "MICROPHONE", track);
  else notify(devices.getSnapshot()[kind].problem ?? "", "error");
}

async function toggleScreen(room: Room): Promise<void> {
  if (room.getSnapshot().local.SCREEN.media) {
    await stopScreen(room);
    return;
  }
  const screen = await openScreen().catch(() => undefined); // nothing was picked
  if (!screen) return;
  screen.video.addEventListener("ended", () => {
    attempt(() => stopScreen(room));
  });
  await room.send("SCREEN", screen.video);
  if (screen.audio) await room.send("SCREEN_AUDIO", screen.audio);
}

async function stopScreen(room: Room): Promise<void> {
  const { SCREEN, SCREEN_AUDIO } = room.getSnapshot().local;
  SCREEN.media?.stop();
  SCREEN_AUDIO.media?.stop();
  if (room.getSnapshot().status === "closed") return;
  await room.send("SCREEN", undefined);
  if (SCREEN_AUDIO.media) await room.send("SCREEN_AUDIO", undefined);
}
