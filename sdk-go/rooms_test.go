package parley_test

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"testing/synctest"

	"github.com/parley-rtc/parley/sdk-go"
	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

var (
	fakeTrack = &wire.Track{Id: "p1/0", Mid: "0", Kind: wire.Track_SCREEN, Muted: true}
	fakeSelf  = &wire.Participant{
		Id: "p1", UserId: "me", Role: wire.ParticipantRole_HOST, Tracks: []*wire.Track{fakeTrack},
	}
)

// executeRoom answers commands of rooms from fixed facts; joining pushes its event.
func (s *fakeServer) executeRoom(command *wire.Cmd) *wire.Ok {
	room := &wire.Room{Id: "r1", Name: "Daily", ParticipantLimit: 9}
	switch c := command.GetCommand().(type) {
	case *wire.Cmd_CreateRoom:
		return &wire.Ok{Result: &wire.Ok_CreateRoom{CreateRoom: &wire.RoomResult{Room: room}}}
	case *wire.Cmd_ListRooms:
		return &wire.Ok{Result: &wire.Ok_ListRooms{ListRooms: &wire.Rooms{Rooms: []*wire.Room{room}}}}
	case *wire.Cmd_JoinRoom:
		s.push("call:"+c.JoinRoom.GetRoomId(), &wire.Push{
			Event: &wire.Push_ParticipantJoined{ParticipantJoined: &wire.ParticipantJoined{Participant: fakeSelf}},
		})
		return &wire.Ok{Result: &wire.Ok_JoinRoom{JoinRoom: &wire.JoinResult{
			Room: room, Self: fakeSelf, Answer: "answer to " + c.JoinRoom.GetOffer(),
			Assignment:   &wire.SfuAssignment{SfuId: "n1", Endpoint: "127.0.0.1:1", Token: "t"},
			Participants: []*wire.Participant{fakeSelf}, Position: s.head("call:" + c.JoinRoom.GetRoomId()),
		}}}
	case *wire.Cmd_RestartIce:
		return &wire.Ok{Result: &wire.Ok_RestartIce{RestartIce: &wire.IceRestarted{Answer: "again"}}}
	case *wire.Cmd_GetSeat:
		seat := &wire.Seat{
			Slots:       []*wire.Slot{{Mid: "2", ParticipantId: "p2", TrackId: "p2/1", Kind: wire.Track_CAMERA}},
			Allocations: []*wire.TrackAllocation{{TrackId: "p2/1", Layer: -1, Reason: wire.TrackAllocation_NOT_SENT}},
		}
		return &wire.Ok{Result: &wire.Ok_GetSeat{GetSeat: &wire.SeatResult{Seat: seat}}}
	default:
		return &wire.Ok{}
	}
}

// push gives a recoverable event its place and publishes it. The lock is held.
func (s *fakeServer) push(stream string, push *wire.Push) {
	push.Stream, push.Epoch, push.Offset = stream, s.epoch, s.head(stream).GetOffset()+1
	s.publish(push)
}

func TestARoomIsJoinedAndItsStreamContinuesBehindTheJoin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := newFakeServer()
		client := connect(t, server)
		room := client.Room("r1")
		joined, err := room.Join(t.Context(), parley.RoomJoin{
			Offer: "offer", Tracks: []parley.TrackIntent{{MID: "0", Kind: parley.Screen, Muted: true}},
		})
		if err != nil || joined.Answer != "answer to offer" || joined.Self.ID != "p1" || joined.Node.ID != "n1" {
			t.Fatalf("got %+v, %v", joined, err)
		}
		want := []parley.Track{{ID: "p1/0", MID: "0", Kind: parley.Screen, Muted: true}}
		if !reflect.DeepEqual(joined.Self.Tracks, want) || joined.Self.Role != parley.Host {
			t.Errorf("got %+v", joined.Self)
		}
		events, err := room.Subscribe(t.Context(), parley.SubscribeOptions{Since: joined.Position})
		if err != nil {
			t.Fatal(err)
		}
		server.mu.Lock()
		left := &wire.ParticipantLeft{ParticipantId: "p2", UserId: "bob", Cause: wire.ParticipantLeft_NODE_LOST}
		server.push("call:r1", &wire.Push{Event: &wire.Push_ParticipantLeft{ParticipantLeft: left}})
		server.push("call:r1", &wire.Push{Event: &wire.Push_RoomClosed{RoomClosed: &wire.RoomClosed{By: "bob"}}})
		server.mu.Unlock()
		expectBody(t, events, parley.ParticipantLeft{Participant: "p2", User: "bob", Cause: parley.NodeLost})
		expectBody(t, events, parley.RoomClosed{By: "bob"})
		if _, err := events.Next(t.Context()); !errors.Is(err, parley.CodeRoomNotFound) {
			t.Errorf("the stream of a closed room ended with %v", err)
		}
	})
}

func TestASeatIsReadAndItsEventsCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := newFakeServer()
		seat := connect(t, server).Room("r1").Seat("p1")
		events, err := seat.Subscribe(t.Context(), parley.SubscribeOptions{})
		if err != nil {
			t.Fatal(err)
		}
		read, err := seat.Get(t.Context())
		slots := []parley.Slot{{MID: "2", Participant: "p2", Track: "p2/1", Kind: parley.Camera}}
		if err != nil || !reflect.DeepEqual(read.Slots, slots) {
			t.Errorf("got %+v, %v", read, err)
		}
		allocations := []parley.Allocation{{Track: "p2/1", Layer: -1, Reason: parley.NotSent}}
		if !reflect.DeepEqual(read.Allocations, allocations) {
			t.Errorf("got %+v", read.Allocations)
		}
		server.mu.Lock()
		server.sockets[0].send(&wire.Frame{Frame: &wire.Frame_Push{Push: &wire.Push{
			Stream: "call:r1.p1", Event: &wire.Push_DemandChanged{
				DemandChanged: &wire.DemandChanged{Demand: &wire.TrackDemand{TrackId: "p1/0", TopLayer: -1}},
			},
		}}})
		server.mu.Unlock()
		expectBody(t, events, parley.DemandChanged{Demand: parley.Demand{Track: "p1/0", TopLayer: -1}})
		if answer, err := seat.RestartICE(t.Context(), "fresh"); err != nil || answer != "again" {
			t.Errorf("got %q, %v", answer, err)
		}
		view := parley.View{Heights: map[parley.TrackID]uint32{"p2/1": 180}, LastN: 4}
		if err := seat.SetView(t.Context(), view); err != nil {
			t.Error(err)
		}
		if err := seat.Leave(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestRoomsAreMadeAndListed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := newFakeServer()
		client := connect(t, server)
		made, err := client.CreateRoom(t.Context(), parley.NewRoom{ID: "r1", Name: "Daily"})
		if err != nil || made.ID != "r1" || made.ParticipantLimit != 9 {
			t.Errorf("got %+v, %v", made, err)
		}
		rooms, err := client.Rooms(t.Context(), "", 0)
		if err != nil || len(rooms) != 1 {
			t.Errorf("got %+v, %v", rooms, err)
		}
	})
}

// TestChangedTellsOfASessionThatWasReplaced holds that whoever takes the channel first misses no reconnect.
func TestChangedTellsOfASessionThatWasReplaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := newFakeServer()
		client := connect(t, server)
		changed := client.Changed()
		server.last().hangUp(1006, "")
		<-changed
	})
}

func expectBody(t *testing.T, events *parley.Subscription, want parley.Body) {
	t.Helper()
	event, err := events.Next(context.WithoutCancel(t.Context()))
	if err != nil || !reflect.DeepEqual(event.Body, want) {
		t.Errorf("got %+v, %v instead of %+v", event.Body, err, want)
	}
}
