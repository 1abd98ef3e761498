/** Every bound of rooms, by name. */
export interface RoomLimits {
  /** A session description of more bytes is refused by the contract. */
  readonly offerBytesMax: number;
  /** Changes of the view within this time become one request. */
  readonly viewDelayMs: number;
  /** A path that is only interrupted gets this long to come back by itself. */
  readonly interruptedMs: number;
  /** A restart that has not connected after this long is tried again. */
  readonly restartPatienceMs: number;
  /** Restarts without a connection; after these the room is joined again. */
  readonly restartsMax: number;
  /** Joins in a row without a connection; after these the room is given up. */
  readonly rejoinsMax: number;
  readonly backoffFirstMs: number;
  readonly backoffCapMs: number;
  /** Events held back while a snapshot is read. */
  readonly heldEventsMax: number;
  /** How long leaving waits for the server before it ends here anyway. */
  readonly leaveTimeoutMs: number;
}

/** The limits unless told otherwise. */
export const defaultRoomLimits: RoomLimits = {
  offerBytesMax: 61_440,
  viewDelayMs: 120,
  interruptedMs: 1_500,
  restartPatienceMs: 8_000,
  restartsMax: 3,
  rejoinsMax: 8,
  backoffFirstMs: 500,
  backoffCapMs: 10_000,
  heldEventsMax: 1_000,
  leaveTimeoutMs: 3_000,
};
