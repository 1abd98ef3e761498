import type { Clock } from "../base/clock.js";
import type { ParleyError } from "../base/errors.js";
import type {
  Participant,
  ParticipantLeftCause,
  Room as RoomRecord,
  SetView,
  TrackAllocation,
  TrackKind,
} from "../wire/types.js";
import type { RoomLimits } from "./limits.js";

/** A video codec by its name in session descriptions. */
export type VideoCodec = "VP8" | "VP9" | "H264" | "AV1";

/** What the platform gives; tests give their own. */
export interface RtcPlatform {
  peer(configuration: RTCConfiguration): RTCPeerConnection;
  /** What can be sent or received; null = unknown, then nothing is preferred. */
  capabilities(kind: "audio" | "video"): Pick<RTCRtpCapabilities, "codecs"> | null;
}

/** For all rooms of one client. */
export interface RoomsOptions {
  readonly platform?: RtcPlatform | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
  readonly limits?: Partial<RoomLimits> | undefined;
  /** E.g. TURN servers for networks that let nothing else through. */
  readonly rtc?: RTCConfiguration | undefined;
}

/** What is sent from the beginning; everything can come later. */
export type LocalMedia = Readonly<Partial<Record<TrackKind, MediaStreamTrack | undefined>>>;

/** How to join. */
export interface JoinOptions {
  readonly tracks?: LocalMedia | undefined;
  /** Receive slots: how many people can be seen and heard at once. */
  readonly slots?: { readonly video?: number; readonly audio?: number } | undefined;
  /** What cameras and screens are sent in, when node and browser can. */
  readonly codec?: VideoCodec | undefined;
  /** The nearest region, when the application knows. */
  readonly region?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Somebody's track that is in one of the caller's slots. */
export interface RemoteTrack {
  readonly trackId: string;
  readonly participantId: string;
  readonly kind: TrackKind;
  /** The receive slot. */
  readonly mid: string;
  readonly media: MediaStreamTrack;
}

/** What the caller sends of one kind. */
export interface LocalTrack {
  readonly kind: TrackKind;
  readonly id: string;
  readonly media: MediaStreamTrack | undefined;
  /** True while nothing of it is sent. */
  readonly muted: boolean;
  /** The best simulcast layer that anybody watches; -1 = nobody; undefined = not told yet. */
  readonly demand: number | undefined;
}

/**
 * - `connected`: media flows, as far as this side can tell.
 * - `connecting`: let in, no media path yet.
 * - `interrupted`: the path is lost; a new one is being looked for.
 * - `rejoining`: the place in the room is lost; another is being asked for.
 * - `closed`: over, see `cause` and `error`.
 */
export type RoomStatus = "connecting" | "connected" | "interrupted" | "rejoining" | "closed";

/** Everything about a room at one moment; a new object after each change. */
export interface RoomSnapshot {
  readonly status: RoomStatus;
  readonly room: RoomRecord;
  /** The caller's own id; another one after each join. */
  readonly selfId: string;
  /** Everybody, the caller too, in the order they came. */
  readonly participants: readonly Participant[];
  /** Ids of who speaks, the dominant one first. */
  readonly speakers: readonly string[];
  readonly tracks: readonly RemoteTrack[];
  readonly local: Readonly<Record<TrackKind, LocalTrack>>;
  /** By track id: what of it is received, and why not more. */
  readonly allocations: Readonly<Record<string, TrackAllocation>>;
  /** Why one is out. */
  readonly cause: ParticipantLeftCause | undefined;
  readonly error: ParleyError | undefined;
}

/** What one wants to see; see the contract's `SetView`. */
export type RoomView = Omit<SetView, "roomId" | "participantId">;
