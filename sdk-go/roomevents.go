package parley

import "github.com/parley-rtc/parley/sdk-go/internal/wire"

// LeaveCause says why somebody is out of a room.
type LeaveCause int

// Causes of [ParticipantLeft].
const (
	LeftByThemselves LeaveCause = iota
	RemovedByHost
	// MediaLost: their media path ended and did not come back.
	MediaLost
	// NodeLost: their media node is gone; joining again places them elsewhere.
	NodeLost
	ForRoomClosed
)

// String returns the cause as the contract spells it.
func (c LeaveCause) String() string { return wire.ParticipantLeft_Cause(c).String() }

// Events of a room, on "call:ROOM".
type (
	// ParticipantJoined tells of somebody new.
	ParticipantJoined struct{ Participant Participant }
	// ParticipantLeft tells of somebody who is out, and why.
	ParticipantLeft struct {
		Participant ParticipantID
		User        UserID
		Cause       LeaveCause
	}
	// ParticipantUpdated carries the whole participant after the change.
	ParticipantUpdated struct{ Participant Participant }
	// RoomClosed is the last event of a room.
	RoomClosed struct{ By UserID }
	// SpeakersChanged names who speaks, the dominant one first. Ephemeral.
	SpeakersChanged struct{ Participants []ParticipantID }
)

// Events of one participant's media, on "call:ROOM.PARTICIPANT". All are ephemeral.
type (
	// SlotsChanged carries all slots that carry something.
	SlotsChanged struct{ Slots []Slot }
	// AllocationsChanged carries all video tracks.
	AllocationsChanged struct{ Allocations []Allocation }
	// DemandChanged tells of one of the caller's own tracks.
	DemandChanged struct{ Demand Demand }
	// MediaStateChanged tells what the media path is doing.
	MediaStateChanged struct {
		State  MediaState
		Reason string
	}
)

// Type returns "participantJoined".
func (ParticipantJoined) Type() string { return "participantJoined" }

// Type returns "participantLeft".
func (ParticipantLeft) Type() string { return "participantLeft" }

// Type returns "participantUpdated".
func (ParticipantUpdated) Type() string { return "participantUpdated" }

// Type returns "roomClosed".
func (RoomClosed) Type() string { return "roomClosed" }

// Type returns "speakersChanged".
func (SpeakersChanged) Type() string { return "speakersChanged" }

// Type returns "slotsChanged".
func (SlotsChanged) Type() string { return "slotsChanged" }

// Type returns "allocationsChanged".
func (AllocationsChanged) Type() string { return "allocationsChanged" }

// Type returns "demandChanged".
func (DemandChanged) Type() string { return "demandChanged" }

// Type returns "mediaStateChanged".
func (MediaStateChanged) Type() string { return "mediaStateChanged" }

func roomBody(push *wire.Push) Body {
	switch e := push.GetEvent().(type) {
	case *wire.Push_ParticipantJoined:
		return ParticipantJoined{participantFromWire(e.ParticipantJoined.GetParticipant())}
	case *wire.Push_ParticipantLeft:
		left := e.ParticipantLeft
		return ParticipantLeft{
			ParticipantID(left.GetParticipantId()), UserID(left.GetUserId()), LeaveCause(left.GetCause()),
		}
	case *wire.Push_ParticipantUpdated:
		return ParticipantUpdated{participantFromWire(e.ParticipantUpdated.GetParticipant())}
	case *wire.Push_RoomClosed:
		return RoomClosed{UserID(e.RoomClosed.GetBy())}
	case *wire.Push_SpeakersChanged:
		return SpeakersChanged{texts[ParticipantID](e.SpeakersChanged.GetParticipantIds())}
	case *wire.Push_SlotsChanged:
		return SlotsChanged{each(e.SlotsChanged.GetSlots(), slotFromWire)}
	case *wire.Push_AllocationsChanged:
		return AllocationsChanged{each(e.AllocationsChanged.GetAllocations(), allocationFromWire)}
	case *wire.Push_DemandChanged:
		return DemandChanged{demandFromWire(e.DemandChanged.GetDemand())}
	case *wire.Push_MediaStateChanged:
		changed := e.MediaStateChanged
		return MediaStateChanged{MediaState(changed.GetState()), changed.GetReason()}
	default:
		return nil
	}
}
