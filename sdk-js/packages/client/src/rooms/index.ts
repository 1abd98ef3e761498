/**
 * Rooms with audio and video, apart from the chat so that it does not carry them. Start at {@link ParleyRooms}.
 * @packageDocumentation
 */
export { ParleyRooms } from "./parleyRooms.js";
export { Room } from "./room.js";
export { openCamera, openMicrophone, openScreen } from "./devices.js";
export { defaultRoomLimits, type RoomLimits } from "./limits.js";
export type { RoomStats, SectionOwner, TrackStats } from "./stats.js";
export type {
  JoinOptions,
  LocalMedia,
  LocalTrack,
  RemoteTrack,
  RoomSnapshot,
  RoomsOptions,
  RoomStatus,
  RoomView,
  RtcPlatform,
  VideoCodec,
} from "./types.js";
