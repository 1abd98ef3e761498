import { openCamera, openMicrophone } from "@parley/client/rooms";
import { Store } from "../app/store.js";

export type DeviceKind = "microphone" | "camera";

/** One device of this machine, open or not. */
export interface Device {
  readonly track: MediaStreamTrack | undefined;
  /** Why it is not open although it was asked for. */
  readonly problem: string | undefined;
  readonly choices: readonly MediaDeviceInfo[];
  readonly isOpening: boolean;
}

const closed: Device = { track: undefined, problem: undefined, choices: [], isOpening: false };
const open = { microphone: openMicrophone, camera: openCamera };
const inputs = { microphone: "audioinput", camera: "videoinput" } as const;

/** The camera and the microphone of this page; whoever makes one ends it. */
export class Devices extends Store<Readonly<Record<DeviceKind, Device>>> {
  #ended = false;

  constructor() {
    super({ microphone: closed, camera: closed });
  }

  /** Opens this device, or another one of its kind; a failure is told in words by the state. */
  async open(kind: DeviceKind, deviceId?: string): Promise<MediaStreamTrack | undefined> {
    this.close(kind);
    this.#change(kind, { isOpening: true, problem: undefined });
    try {
      const track = await open[kind](deviceId);
      if (this.#ended) {
        track.stop();
        return undefined;
      }
      this.#change(kind, { track, isOpening: false });
      await this.#list();
      return track;
    } catch (error) {
      this.#change(kind, { isOpening: false, problem: deviceWords(kind, error) });
      return undefined;
    }
  }

  /** Lets the device go: its light goes out. */
  close(kind: DeviceKind): void {
    this.getSnapshot()[kind].track?.stop();
    this.#change(kind, { track: undefined });
  }

  end(): void {
    this.#ended = true;
    this.close("camera");
    this.close("microphone");
  }

  async #list(): Promise<void> {
    const all = await navigator.mediaDevices.enumerateDevices();
    for (const kind of ["microphone", "camera"] as const) {
      this.#change(kind, { choices: all.filter((it) => it.kind === inputs[kind] && it.deviceId !== "") });
    }
  }

  #change(kind: DeviceKind, change: Partial<Device>): void {
    const now = this.getSnapshot();
    this.set({ ...now, [kind]: { ...now[kind], ...change } });
  }
}

/** What a person can do about a device that does not open. */
function deviceWords(kind: DeviceKind, error: unknown): string {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError")
    return `This page may not use the ${kind}. Allow it in the address bar, or join without.`;
  if (name === "NotFoundError" || name === "OverconstrainedError") return `No ${kind} was found.`;
  if (name === "NotReadableError") return `The ${kind} is in use by another program.`;
  return `The ${kind} cannot be opened.`;
}
