import type { Participant, Track } from "@parley/client";
import type { RoomSnapshot } from "@parley/client/rooms";
import { qualityOf } from "./quality.js";
import type { TileModel } from "./Tile.js";

/** Everything that there is to see: screens first, then people in the order they came, oneself last. */
export function tilesOf(snapshot: RoomSnapshot): readonly TileModel[] {
  const { participants, selfId } = snapshot;
  const others = participants.filter(({ id }) => id !== selfId);
  const self = participants.filter(({ id }) => id === selfId);
  const people = [...others, ...self];
  const screens = people.flatMap((person) => {
    const screen = tileOf(snapshot, person, "SCREEN");
    return screen.media || isSent(person, "SCREEN") ? [screen] : [];
  });
  return [...screens, ...people.map((person) => tileOf(snapshot, person, "CAMERA"))];
}

function tileOf(snapshot: RoomSnapshot, person: Participant, kind: "CAMERA" | "SCREEN"): TileModel {
  const { selfId, tracks, local, allocations, speakers } = snapshot;
  const isOwn = person.id === selfId;
  const track = trackOf(person, kind);
  const remote = tracks.find((it) => it.trackId === track?.id)?.media;
  const allocation = track && allocations[track.id];
  const isShown = isOwn ? !local[kind].muted : isSent(person, kind);
  return {
    key: `${person.id}/${kind}`,
    trackId: isOwn ? "" : (track?.id ?? ""),
    userId: person.userId,
    name: person.name === "" ? person.userId : person.name,
    kind,
    media: isShown ? (isOwn ? local[kind].media : remote) : undefined,
    isOwn,
    isMuted: isOwn ? local.MICROPHONE.muted : !isSent(person, "MICROPHONE"),
    isSpeaking: kind === "CAMERA" && speakers[0] === person.id,
    isAway: person.state === "INTERRUPTED",
    quality: isOwn || !allocation ? undefined : qualityOf(allocation, kind),
  };
}

const trackOf = (person: Participant, kind: Track["kind"]): Track | undefined =>
  person.tracks.find((track) => track.kind === kind);

const isSent = (person: Participant, kind: Track["kind"]): boolean => trackOf(person, kind)?.muted === false;
