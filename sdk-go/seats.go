package parley

import (
	"context"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// SeatHandle is a handle to one participant's media; making one asks nothing of the server. Safe for concurrent use.
type SeatHandle struct {
	room        *Room
	participant ParticipantID
}

// Seat returns the handle of a participant's media: the caller's own, or, to look at, anybody's for who may close the
// room.
func (r *Room) Seat(participant ParticipantID) *SeatHandle {
	return &SeatHandle{room: r, participant: participant}
}

// Get reads what the participant's media is at the moment.
func (s *SeatHandle) Get(ctx context.Context) (Seat, error) {
	request := &wire.GetSeat{RoomId: string(s.room.id), ParticipantId: string(s.participant)}
	ok, err := s.room.client.read(ctx, "get seat", &wire.Cmd{Command: &wire.Cmd_GetSeat{GetSeat: request}})
	return seatFromWire(ok.GetGetSeat().GetSeat()), err
}

// Subscribe listens to slots, allocations, demands and the state of the media path. All of it is ephemeral: read the
// seat with Get after subscribing and after each reconnect of the client.
func (s *SeatHandle) Subscribe(ctx context.Context, options SubscribeOptions) (*Subscription, error) {
	return s.room.client.subscribe(ctx, s.room.stream()+"."+string(s.participant), options)
}

// Leave takes the caller out of the room. Leaving where one is not succeeds.
func (s *SeatHandle) Leave(ctx context.Context) error {
	request := &wire.LeaveRoom{RoomId: string(s.room.id), ParticipantId: string(s.participant)}
	command := &wire.Cmd{Command: &wire.Cmd_LeaveRoom{LeaveRoom: request}}
	_, err := s.room.client.effect(ctx, "leave room", command)
	return err
}

// RestartICE gives the same media a new path: offer has the same sections and fresh ICE credentials. Returns the node's
// new session description.
func (s *SeatHandle) RestartICE(ctx context.Context, offer string) (string, error) {
	request := &wire.RestartIce{RoomId: string(s.room.id), ParticipantId: string(s.participant), Offer: offer}
	command := &wire.Cmd{Command: &wire.Cmd_RestartIce{RestartIce: request}}
	ok, err := s.room.client.effect(ctx, "restart ICE", command)
	return ok.GetRestartIce().GetAnswer(), err
}

// SetTracks says whether the caller's sections are muted. Sections that are not named stay as they are.
func (s *SeatHandle) SetTracks(ctx context.Context, tracks ...TrackIntent) (Participant, error) {
	request := &wire.SetTracks{
		RoomId: string(s.room.id), ParticipantId: string(s.participant), Tracks: each(tracks, TrackIntent.toWire),
	}
	command := &wire.Cmd{Command: &wire.Cmd_SetTracks{SetTracks: request}}
	ok, err := s.room.client.effect(ctx, "set tracks", command)
	return participantFromWire(ok.GetSetTracks().GetParticipant()), err
}

// View is what a participant wants to see; it replaces what was said before. Tracks that are not there are no error.
type View struct {
	// OnStage are tracks shown large: raised first.
	OnStage []TrackID
	// Pinned are tracks kept in view whoever speaks.
	Pinned []TrackID
	// Heights are the pixels that tracks are shown at; 0 hides one.
	Heights map[TrackID]uint32
	// DefaultHeight is for tracks that Heights does not name; 0 = as good as published.
	DefaultHeight uint32
	// LastN bounds the cameras that are neither on stage nor pinned; 0 = as many as there are slots.
	LastN   uint32
	NoAudio bool
}

// SetView says what the caller wants to see from now on.
func (s *SeatHandle) SetView(ctx context.Context, view View) error {
	request := &wire.SetView{
		RoomId: string(s.room.id), ParticipantId: string(s.participant),
		OnStage: texts[string](view.OnStage), Pinned: texts[string](view.Pinned),
		DefaultHeight: view.DefaultHeight, LastN: view.LastN, NoAudio: view.NoAudio,
	}
	for track, height := range view.Heights {
		request.Heights = append(request.Heights, &wire.SetView_Height{TrackId: string(track), Height: height})
	}
	_, err := s.room.client.effect(ctx, "set view", &wire.Cmd{Command: &wire.Cmd_SetView{SetView: request}})
	return err
}
