package parley

import (
	"time"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// RoomID names a room within a tenant.
type RoomID string

// ParticipantID names somebody's presence in one room; one user may be there several times.
type ParticipantID string

// TrackID names what a participant sends in one section: "PARTICIPANT/MID".
type TrackID string

// RoomInfo is what a room was when it was read.
type RoomInfo struct {
	ID   RoomID
	Name string
	// Channel is whose members may join; empty = every user of the tenant who knows the id.
	Channel          ChannelID
	CreatedBy        UserID
	CreatedAt        time.Time
	ParticipantLimit uint32
	ParticipantCount uint32
}

// ParticipantRole says what a participant may do, and how much of a receiver's bandwidth their media may take.
type ParticipantRole int

// Roles of participants.
const (
	Viewer ParticipantRole = iota
	Host
	Controller
)

// String returns the role as the contract spells it.
func (r ParticipantRole) String() string { return wire.ParticipantRole(r).String() }

// MediaState is what a participant's media path is doing.
type MediaState int

// States of a media path.
const (
	// MediaJoining means that media has not flowed yet.
	MediaJoining MediaState = iota
	MediaConnected
	// MediaInterrupted means that the path is silent: the node waits for it, or for an ICE restart.
	MediaInterrupted
)

// String returns the state as the contract spells it.
func (s MediaState) String() string { return wire.Participant_State(s).String() }

// Participant is somebody in a room.
type Participant struct {
	ID       ParticipantID
	User     UserID
	Name     string
	Role     ParticipantRole
	State    MediaState
	JoinedAt time.Time
	Tracks   []Track
}

// TrackKind is what a track shows or lets hear.
type TrackKind int

// Kinds of tracks.
const (
	Microphone TrackKind = iota
	Camera
	Screen
	ScreenAudio
)

// String returns the kind as the contract spells it.
func (k TrackKind) String() string { return wire.Track_Kind(k).String() }

// IsVideo is true for what is seen.
func (k TrackKind) IsVideo() bool { return k == Camera || k == Screen }

// Track is what a participant can send in one section of their session description.
type Track struct {
	ID TrackID
	// MID is the section's media id.
	MID  string
	Kind TrackKind
	// Muted means that nothing is sent: muted, or not begun.
	Muted bool
}

// TrackIntent is a track as the client names it, before it has an id.
type TrackIntent struct {
	MID   string
	Kind  TrackKind
	Muted bool
}

// Slot says who is in one of the caller's receive slots.
type Slot struct {
	// MID is the receiving section's media id.
	MID         string
	Participant ParticipantID
	Track       TrackID
	Kind        TrackKind
}

// AllocationReason says why a receiver gets no more of a track.
type AllocationReason int

// Reasons of an [Allocation].
const (
	// AsPublished: all that is published.
	AsPublished AllocationReason = iota
	// ForViewport: as large as it is shown.
	ForViewport
	// ForRole: bounded by the publisher's role.
	ForRole
	// ForBandwidth: the receiver's link allows no more.
	ForBandwidth
	// ForLastN: not among the last speakers that the receiver asked for.
	ForLastN
	// Hidden: not shown.
	Hidden
	// ForOverload: the node has too much to do.
	ForOverload
	// NotSent: the publisher sends nothing.
	NotSent
)

// String returns the reason as the contract spells it.
func (r AllocationReason) String() string { return wire.TrackAllocation_Reason(r).String() }

// Allocation is what a receiver gets of one video track, and why not more.
type Allocation struct {
	Track TrackID
	// Layer is the simulcast encoding or spatial layer, 0 the smallest; -1 = nothing.
	Layer      int
	Reason     AllocationReason
	BitrateBps uint64
}

// Demand is the best layer of one of the caller's own tracks that anybody watches: what is above need not be encoded.
type Demand struct {
	Track TrackID
	// TopLayer is -1 when nobody watches.
	TopLayer int
}

// Seat is all that one participant's media is at the moment; the events of [SeatHandle.Subscribe] change it.
type Seat struct {
	State       MediaState
	Slots       []Slot
	Allocations []Allocation
	Demands     []Demand
}

// MediaNode says where a participant's media goes.
type MediaNode struct {
	ID     string
	Region string
	// Endpoint is "address:port" of the node's media port.
	Endpoint string
	// Token names session, participant and node, signed.
	Token string
}

func roomFromWire(r *wire.Room) RoomInfo {
	return RoomInfo{
		ID: RoomID(r.GetId()), Name: r.GetName(), Channel: ChannelID(r.GetChannelId()),
		CreatedBy: UserID(r.GetCreatedBy()), CreatedAt: timeFromWire(r.GetCreatedAt()),
		ParticipantLimit: r.GetParticipantLimit(), ParticipantCount: r.GetParticipantCount(),
	}
}

func participantFromWire(p *wire.Participant) Participant {
	return Participant{
		ID: ParticipantID(p.GetId()), User: UserID(p.GetUserId()), Name: p.GetName(),
		Role: ParticipantRole(p.GetRole()), State: MediaState(p.GetState()), JoinedAt: timeFromWire(p.GetJoinedAt()),
		Tracks: each(p.GetTracks(), trackFromWire),
	}
}

func trackFromWire(t *wire.Track) Track {
	return Track{ID: TrackID(t.GetId()), MID: t.GetMid(), Kind: TrackKind(t.GetKind()), Muted: t.GetMuted()}
}

func (t TrackIntent) toWire() *wire.TrackIntent {
	return &wire.TrackIntent{Mid: t.MID, Kind: wire.Track_Kind(t.Kind), Muted: t.Muted} //nolint:gosec // a small enum
}

func slotFromWire(s *wire.Slot) Slot {
	return Slot{
		MID: s.GetMid(), Participant: ParticipantID(s.GetParticipantId()), Track: TrackID(s.GetTrackId()),
		Kind: TrackKind(s.GetKind()),
	}
}

func allocationFromWire(a *wire.TrackAllocation) Allocation {
	return Allocation{
		Track: TrackID(a.GetTrackId()), Layer: int(a.GetLayer()), Reason: AllocationReason(a.GetReason()),
		BitrateBps: a.GetBitrateBps(),
	}
}

func demandFromWire(d *wire.TrackDemand) Demand {
	return Demand{Track: TrackID(d.GetTrackId()), TopLayer: int(d.GetTopLayer())}
}

func seatFromWire(s *wire.Seat) Seat {
	return Seat{
		State: MediaState(s.GetState()), Slots: each(s.GetSlots(), slotFromWire),
		Allocations: each(s.GetAllocations(), allocationFromWire), Demands: each(s.GetDemands(), demandFromWire),
	}
}

func nodeFromWire(a *wire.SfuAssignment) MediaNode {
	return MediaNode{ID: a.GetSfuId(), Region: a.GetRegion(), Endpoint: a.GetEndpoint(), Token: a.GetToken()}
}
