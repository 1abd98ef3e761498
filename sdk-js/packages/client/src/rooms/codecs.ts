import type { VideoCodec } from "./types.js";

type Codec = RTCRtpCapabilities["codecs"][number];

/** Repairs and redundancy stay in the offer: they are negotiated with whichever codec is. */
const HELPERS: ReadonlySet<string> = new Set(["rtx"]);
const VIDEO: readonly VideoCodec[] = ["VP8", "H264", "VP9", "AV1"];

/**
 * The codecs of a section, the preferred one first. One profile of each is enough for rooms, and keeps an offer of many
 * sections small; error correction formats that nodes do not forward are left out.
 */
export function preferred(codecs: readonly Codec[], first: VideoCodec): Codec[] {
  const names = [first, ...VIDEO.filter((name) => name !== first)];
  const chosen = names.flatMap((name) => codecs.find((codec) => isNamed(codec, name) && isCommonProfile(codec)) ?? []);
  if (chosen.length === 0) return [];
  return [...chosen, ...codecs.filter(({ mimeType }) => HELPERS.has(nameOf(mimeType)))];
}

const nameOf = (mimeType: string): string => mimeType.slice(mimeType.indexOf("/") + 1).toLowerCase();
const isNamed = ({ mimeType }: Codec, name: VideoCodec): boolean => nameOf(mimeType) === name.toLowerCase();

/** Constrained baseline for H.264, profile 0 for the others: what every browser decodes. */
function isCommonProfile({ mimeType, sdpFmtpLine = "" }: Codec): boolean {
  switch (nameOf(mimeType)) {
    case "h264":
      return /profile-level-id=42[eE]0/.test(sdpFmtpLine) && sdpFmtpLine.includes("packetization-mode=1");
    case "vp9":
      return !/profile-id=[1-9]/.test(sdpFmtpLine);
    case "av1":
      return !/profile=[1-9]/.test(sdpFmtpLine);
    default:
      return true;
  }
}

/** Three sizes of the same camera; whoever watches gets the one that fits. */
export function cameraEncodings(codec: VideoCodec): RTCRtpEncodingParameters[] {
  // Without a mode of one spatial layer, these two would become one scalable stream instead of three encodings.
  const mode = codec === "VP9" || codec === "AV1" ? { scalabilityMode: "L1T3" } : {};
  return [
    { rid: "q", scaleResolutionDownBy: 4, maxBitrate: 150_000, ...mode },
    { rid: "h", scaleResolutionDownBy: 2, maxBitrate: 500_000, ...mode },
    { rid: "f", scaleResolutionDownBy: 1, maxBitrate: 1_700_000, ...mode },
  ];
}

/**
 * By how much each encoding of a camera of this size is smaller than it. Browsers send only the first two encodings of
 * a small picture and only the first of a tiny one, so the last that is sent must have the whole size.
 */
export function cameraScales({ width = 0, height = 0 }: MediaTrackSettings): readonly [number, number, number] {
  const pixels = width * height;
  if (pixels === 0 || pixels >= 960 * 540) return [4, 2, 1];
  return pixels >= 480 * 270 ? [2, 1, 1] : [1, 1, 1];
}

/** A screen is sharp or useless: one encoding. */
export const screenEncodings = (): RTCRtpEncodingParameters[] => [{ maxBitrate: 2_500_000 }];
