import type { ParticipantState, Push, Seat, Slot, TrackAllocation, Participant } from "../wire/types.js";

/** Who is in a room, as its stream tells. Every change is safe to apply twice. */
export interface Roster {
  readonly participants: readonly Participant[];
  readonly speakers: readonly string[];
}

/** What one participant's media is. */
export interface SeatState {
  readonly state: ParticipantState;
  readonly slots: readonly Slot[];
  readonly allocations: Readonly<Record<string, TrackAllocation>>;
  /** By track id. */
  readonly demands: Readonly<Record<string, number>>;
}

export const emptySeat: SeatState = { state: "JOINING", slots: [], allocations: {}, demands: {} };

/** The roster after an event of "call:ROOM". */
export function nextRoster(roster: Roster, { event }: Push): Roster {
  const { participants, speakers } = roster;
  switch (event.kind) {
    case "participantJoined":
    case "participantUpdated": {
      const { participant } = event.body;
      if (!participant) return roster;
      const isKnown = participants.some(({ id }) => id === participant.id);
      if (!isKnown) return { ...roster, participants: [...participants, participant] };
      return { ...roster, participants: participants.map((it) => (it.id === participant.id ? participant : it)) };
    }
    case "participantLeft": {
      const left = event.body.participantId;
      return {
        participants: participants.filter(({ id }) => id !== left),
        speakers: speakers.filter((id) => id !== left),
      };
    }
    case "speakersChanged":
      return { ...roster, speakers: event.body.participantIds };
    default:
      return roster;
  }
}

export const seatOf = ({ state, slots, allocations, demands }: Seat): SeatState => ({
  state,
  slots,
  allocations: byTrack(allocations),
  demands: Object.fromEntries(demands.map(({ trackId, topLayer }) => [trackId, topLayer])),
});

/** The seat after an event of "call:ROOM.PARTICIPANT". */
export function nextSeat(seat: SeatState, { event }: Push): SeatState {
  switch (event.kind) {
    case "slotsChanged":
      return { ...seat, slots: event.body.slots };
    case "allocationsChanged":
      return { ...seat, allocations: byTrack(event.body.allocations) };
    case "demandChanged": {
      const { demand } = event.body;
      return demand ? { ...seat, demands: { ...seat.demands, [demand.trackId]: demand.topLayer } } : seat;
    }
    case "mediaStateChanged":
      return { ...seat, state: event.body.state };
    default:
      return seat;
  }
}

const byTrack = (allocations: readonly TrackAllocation[]): Readonly<Record<string, TrackAllocation>> =>
  Object.fromEntries(allocations.map((allocation) => [allocation.trackId, allocation]));
