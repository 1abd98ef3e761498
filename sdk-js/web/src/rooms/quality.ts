import type { TrackAllocation, TrackAllocationReason, TrackKind } from "@parley/client";

/** Why a picture is as it is, for people. */
const reasons: Record<TrackAllocationReason, string> = {
  BEST: "all that is sent",
  VIEWPORT: "fits the size it is shown at",
  ROLE: "limited by their role",
  BANDWIDTH: "your connection allows no more",
  LAST_N: "not among the latest speakers",
  HIDDEN: "not shown",
  OVERLOAD: "the server is busy",
  NOT_SENT: "nothing is sent",
};

const grades = ["Low", "Medium", "High"] as const;

/** What is received of a picture, in a word and with its reason. */
export interface Quality {
  readonly grade: "Paused" | "Full" | (typeof grades)[number];
  readonly why: string;
  /** Worth telling without being asked: something holds the picture back. */
  readonly isHeldBack: boolean;
}

export function qualityOf({ layer, reason }: TrackAllocation, kind: TrackKind): Quality {
  const isHeldBack = reason === "BANDWIDTH" || reason === "OVERLOAD" || reason === "LAST_N";
  const why = reasons[reason];
  if (layer < 0) return { grade: "Paused", why, isHeldBack };
  if (kind === "SCREEN") return { grade: "Full", why, isHeldBack };
  return { grade: grades[Math.min(layer, grades.length - 1)] ?? "Low", why, isHeldBack };
}

/** "1.2 Mbit/s", "640 kbit/s". */
export function bitrate(bps: number): string {
  return bps >= 1_000_000 ? `${(bps / 1_000_000).toFixed(1)} Mbit/s` : `${Math.round(bps / 1_000)} kbit/s`;
}
