// In the page: somebody with a camera in a room, and figures about what they see.
import { ParleyClient } from "./sdk/index.js";
import { ParleyRooms } from "./sdk/rooms/index.js";
import { encode } from "./encode.mjs";

const CAMERA = { width: 640, height: 360, frameRate: 15 };
const shown = new Map();
let me;
let client;
let connection;
let room;
let media;

async function enter({ url, name, token, mostMs }) {
  me = name;
  client = new ParleyClient({ url, token: () => token });
  await client.connect({ signal: AbortSignal.timeout(mostMs) });
}

async function join({ roomId, codec }) {
  const peer = (configuration) => (connection = new RTCPeerConnection(configuration)); // the newest, after a rejoin
  const platform = { peer, capabilities: (kind) => RTCRtpReceiver.getCapabilities(kind) };
  media = await navigator.mediaDevices.getUserMedia({ video: CAMERA, audio: true });
  const [microphone] = media.getAudioTracks();
  const [camera] = media.getVideoTracks();
  room = await new ParleyRooms(client, { platform }).join(roomId, {
    tracks: { MICROPHONE: microphone, CAMERA: camera },
    codec,
  });
  room.subscribe(show);
  show();
  return true;
}

function view(defaultHeight) {
  room.setView({ defaultHeight });
  return true;
}

/** A video element for each picture that is received, without which nothing would be decoded. */
function show() {
  const tracks = room.getSnapshot().tracks.filter(({ kind }) => kind === "CAMERA");
  for (const [mid, element] of shown) {
    if (tracks.some((track) => track.mid === mid)) continue;
    element.remove();
    shown.delete(mid);
  }
  for (const { mid, media: track } of tracks) {
    if (shown.has(mid)) continue;
    const element = document.createElement("video");
    Object.assign(element, { autoplay: true, muted: true, srcObject: new MediaStream([track]) });
    shown.set(mid, element);
    document.body.append(element);
  }
}

async function read() {
  const { tracks, participants, allocations } = room.getSnapshot();
  const userOf = new Map(participants.map(({ id, userId }) => [id, userId]));
  const report = new Map(await connection.getStats());
  const entries = [...report.values()].filter(({ kind }) => kind === "video");
  const seen = tracks.flatMap(({ mid, kind, participantId, trackId }) => {
    const entry = entries.find((it) => it.type === "inbound-rtp" && it.mid === mid);
    if (kind !== "CAMERA" || !entry) return [];
    const { layer = -1, reason = "" } = allocations[trackId] ?? {};
    return [{ from: userOf.get(participantId) ?? "", layer, reason, ...received(entry, report) }];
  });
  return { name: me, status: room.getSnapshot().status, seen, sent: entries.flatMap((it) => sent(it)) };
}

function received(entry, report) {
  return {
    codec: nameOf(report.get(entry.codecId)?.mimeType),
    width: entry.frameWidth ?? 0,
    height: entry.frameHeight ?? 0,
    frames: entry.framesDecoded ?? 0,
    keyFrames: entry.keyFramesDecoded ?? 0,
    dropped: entry.framesDropped ?? 0,
    freezes: entry.freezeCount ?? 0,
    frozenMillis: Math.round((entry.totalFreezesDuration ?? 0) * 1_000),
    lost: entry.packetsLost ?? 0,
    keyFramesAsked: entry.pliCount ?? 0,
  };
}

function sent(entry) {
  if (entry.type !== "outbound-rtp" || !entry.framesEncoded) return [];
  const { rid = "", frameHeight = 0, framesEncoded, framesPerSecond = 0 } = entry;
  const { qualityLimitationReason = "", qualityLimitationDurations = {} } = entry;
  const limited = Object.fromEntries(
    Object.entries(qualityLimitationDurations).map(([why, seconds]) => [why, Math.round(seconds * 10) / 10]),
  );
  const asked = entry.pliCount ?? 0;
  const by = { limitedBy: qualityLimitationReason, limitedSeconds: limited, keyFramesAsked: asked };
  return [{ rid, height: frameHeight, frames: framesEncoded, framesPerSecond, ...by }];
}

async function leave() {
  await room.leave();
  for (const track of media.getTracks()) track.stop();
  for (const element of shown.values()) element.remove();
  shown.clear();
  return true;
}

const nameOf = (mimeType = "") => mimeType.replace(/^.*\//, "");

const codecs = () => [...new Set(RTCRtpSender.getCapabilities("video").codecs.map(({ mimeType }) => nameOf(mimeType)))];

Object.assign(window, { enter, join, view, read, leave, codecs, encode });
