import type { TrackKind } from "../wire/types.js";

/** Whose media a section carries. */
export interface SectionOwner {
  readonly trackId: string;
  readonly participantId: string;
  readonly kind: TrackKind;
}

/** One stream of media, in figures a person can use. */
export interface TrackStats extends SectionOwner {
  readonly direction: "in" | "out";
  /** The simulcast encoding, where there are several. */
  readonly rid: string;
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  /** Since the digest before. */
  readonly bitrateBps: number;
  /** Lost of what was sent, 0..1, since the digest before. */
  readonly lossRatio: number;
  readonly jitterMs: number;
  /** Since the stream began. */
  readonly frames: number;
  readonly freezes: number;
}

/** What flows at one moment. */
export interface RoomStats {
  readonly atMs: number;
  readonly rttMs: number | undefined;
  /** What the way out is thought to carry. */
  readonly availableOutBps: number | undefined;
  readonly tracks: readonly TrackStats[];
}

/** Counters of a report, kept for the differences of the next. */
export type Counters = ReadonlyMap<string, Counter>;

interface Counter {
  readonly atMs: number;
  readonly bytes: number;
  readonly packets: number;
  readonly lost: number;
}

type Entry = Readonly<Record<string, unknown>>;

/** A digest of a report and the counters for the next one. Sections of which nobody is known are left out. */
export function digest(
  report: Iterable<readonly [string, Entry]>,
  owner: (mid: string) => SectionOwner | undefined,
  before: Counters,
): { readonly stats: RoomStats; readonly counters: Counters } {
  const entries = new Map(report);
  const counters = new Map<string, Counter>();
  const tracks: TrackStats[] = [];
  let atMs = 0;
  let pair: Entry | undefined;
  for (const [id, entry] of entries) {
    atMs = Math.max(atMs, number(entry["timestamp"]));
    if (entry["type"] === "candidate-pair" && entry["nominated"] === true && entry["state"] === "succeeded")
      pair = entry;
    const direction = directions[String(entry["type"])];
    const owned = direction && owner(text(entry["mid"]));
    if (!owned) continue;
    const counter = counterOf(entry, entries, direction);
    counters.set(id, counter);
    tracks.push({ ...owned, ...figures(entry, entries, direction), ...rates(counter, before.get(id)), direction });
  }
  const rtt = pair?.["currentRoundTripTime"];
  const available = pair?.["availableOutgoingBitrate"];
  const stats = {
    atMs,
    rttMs: typeof rtt === "number" ? rtt * 1_000 : undefined,
    availableOutBps: typeof available === "number" ? available : undefined,
    tracks,
  };
  return { stats, counters };
}

const directions: Readonly<Record<string, "in" | "out">> = { "inbound-rtp": "in", "outbound-rtp": "out" };

function figures(entry: Entry, entries: ReadonlyMap<string, Entry>, direction: "in" | "out") {
  const codec = entries.get(text(entry["codecId"]));
  const remote = entries.get(text(entry["remoteId"]));
  return {
    rid: text(entry["rid"]),
    codec: text(codec?.["mimeType"]).replace(/^.*\//, ""),
    width: number(entry["frameWidth"]),
    height: number(entry["frameHeight"]),
    framesPerSecond: number(entry["framesPerSecond"]),
    jitterMs: number((direction === "in" ? entry : remote)?.["jitter"]) * 1_000,
    frames: number(entry[direction === "in" ? "framesDecoded" : "framesEncoded"]),
    freezes: number(entry["freezeCount"]),
  };
}

function counterOf(entry: Entry, entries: ReadonlyMap<string, Entry>, direction: "in" | "out"): Counter {
  const atMs = number(entry["timestamp"]);
  if (direction === "in") {
    const lost = number(entry["packetsLost"]);
    return { atMs, bytes: number(entry["bytesReceived"]), packets: number(entry["packetsReceived"]) + lost, lost };
  }
  const remote = entries.get(text(entry["remoteId"]));
  return {
    atMs,
    bytes: number(entry["bytesSent"]),
    packets: number(entry["packetsSent"]),
    lost: number(remote?.["packetsLost"]),
  };
}

function rates(now: Counter, before: Counter | undefined): { readonly bitrateBps: number; readonly lossRatio: number } {
  const seconds = before ? (now.atMs - before.atMs) / 1_000 : 0;
  if (!before || seconds <= 0) return { bitrateBps: 0, lossRatio: 0 };
  const packets = now.packets - before.packets;
  const lost = Math.max(0, now.lost - before.lost);
  return {
    bitrateBps: Math.max(0, ((now.bytes - before.bytes) * 8) / seconds),
    lossRatio: packets > 0 ? Math.min(1, lost / packets) : 0,
  };
}

const number = (value: unknown): number => (typeof value === "number" && Number.isFinite(value) ? value : 0);
const text = (value: unknown): string => (typeof value === "string" ? value : "");
