package conformance

import (
	"context"
	"os"
	"path/filepath"

	"github.com/parley-rtc/parley/sdk-go"
)

// offerFile is what clients without media join with: the scenarios of rooms are about what people are told.
const offerFile = "offer.sdp"

// cannedTracks are the sections of the offer that send.
var cannedTracks = []parley.TrackIntent{{MID: "0", Kind: parley.Microphone}, {MID: "1", Kind: parley.Camera}}

// inRoom is a step of one client in one room.
func inRoom(do func(ctx context.Context, s *Step, room *parley.Room) (any, error)) action {
	return asked(func(ctx context.Context, w *world, s *Step, client *parley.Client) (any, error) {
		return do(ctx, s, client.Room(parley.RoomID(w.user(s.Room))))
	})
}

var roomSteps = map[string]action{
	"createRoom": asked(func(ctx context.Context, w *world, s *Step, client *parley.Client) (any, error) {
		room := parley.NewRoom{Name: text(s.Name), ParticipantLimit: uint32(s.Limit)} //nolint:gosec // of a scenario
		if s.Room != "" {
			room.ID = parley.RoomID(w.user(s.Room))
		}
		if s.Channel != "" {
			room.Channel = parley.ChannelID(w.channelID(s.Channel))
		}
		info, err := client.CreateRoom(ctx, room)
		return shown(info, err, roomView)
	}),
	"rooms": asked(func(ctx context.Context, w *world, s *Step, client *parley.Client) (any, error) {
		rooms, err := client.Rooms(ctx, parley.ChannelID(w.channelID(s.Channel)), 0)
		return shownList(rooms, err, roomView)
	}),
	"room": inRoom(func(ctx context.Context, _ *Step, room *parley.Room) (any, error) {
		info, participants, err := room.Get(ctx)
		return object{"room": roomView(info), "participants": list(participants, participantView)["items"]}, err
	}),
	"closeRoom": inRoom(func(ctx context.Context, _ *Step, room *parley.Room) (any, error) {
		return nil, room.Close(ctx)
	}),
	"joinRoom": inRoom(func(ctx context.Context, s *Step, room *parley.Room) (any, error) {
		offer, err := os.ReadFile(filepath.Join(folder, offerFile))
		if err != nil {
			return nil, err
		}
		join := parley.RoomJoin{Offer: string(offer), Tracks: cannedTracks}
		if s.Text != "" {
			join.Offer = s.Text
		}
		joined, err := room.Join(ctx, join)
		return shown(joined, err, joinedView)
	}),
	"leaveRoom": inRoom(func(ctx context.Context, s *Step, room *parley.Room) (any, error) {
		return nil, room.Seat(parley.ParticipantID(s.Participant)).Leave(ctx)
	}),
	"mute": inRoom(func(ctx context.Context, s *Step, room *parley.Room) (any, error) {
		muted := parley.TrackIntent{MID: "0", Kind: parley.Microphone, Muted: true}
		participant, err := room.Seat(parley.ParticipantID(s.Participant)).SetTracks(ctx, muted)
		return shown(participant, err, participantView)
	}),
	"removeFromRoom": inRoom(func(ctx context.Context, s *Step, room *parley.Room) (any, error) {
		return nil, room.Remove(ctx, parley.ParticipantID(s.Participant))
	}),
	"seat": inRoom(func(ctx context.Context, s *Step, room *parley.Room) (any, error) {
		seat, err := room.Seat(parley.ParticipantID(s.Participant)).Get(ctx)
		return shown(seat, err, seatView)
	}),
}

func roomView(r parley.RoomInfo) object {
	return object{
		"id": r.ID, "name": r.Name, "channelId": r.Channel, "createdBy": r.CreatedBy, "createdAt": stamp(r.CreatedAt),
		"participantLimit": r.ParticipantLimit, "participantCount": r.ParticipantCount,
	}
}

func participantView(p parley.Participant) object {
	tracks := make([]object, len(p.Tracks))
	for i, track := range p.Tracks {
		tracks[i] = object{"id": track.ID, "mid": track.MID, "kind": track.Kind.String(), "muted": track.Muted}
	}
	return object{
		"id": p.ID, "userId": p.User, "name": p.Name, "role": p.Role.String(), "state": p.State.String(),
		"joinedAt": stamp(p.JoinedAt), "tracks": tracks,
	}
}

func joinedView(j parley.JoinedRoom) object {
	return object{
		"room": roomView(j.Room), "self": participantView(j.Self), "answer": j.Answer,
		"participants": list(j.Participants, participantView)["items"],
	}
}

func seatView(s parley.Seat) object {
	slots := make([]object, len(s.Slots))
	for i, slot := range s.Slots {
		slots[i] = object{
			"mid": slot.MID, "participantId": slot.Participant, "trackId": slot.Track, "kind": slot.Kind.String(),
		}
	}
	return object{"state": s.State.String(), "slots": slots}
}

func roomEventView(body parley.Body) object {
	switch b := body.(type) {
	case parley.ParticipantJoined:
		return object{"participant": participantView(b.Participant)}
	case parley.ParticipantUpdated:
		return object{"participant": participantView(b.Participant)}
	case parley.ParticipantLeft:
		return object{"participantId": b.Participant, "userId": b.User, "cause": b.Cause.String()}
	case parley.RoomClosed:
		return object{"by": b.By}
	default:
		return nil
	}
}
