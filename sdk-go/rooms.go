package parley

import (
	"context"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// Room is a handle to a room; making one asks nothing of the server. It holds the commands; whoever wants media takes
// package rtc, which is built on them. Safe for concurrent use.
type Room struct {
	client *Client
	id     RoomID
}

// Room returns the handle of a room.
func (c *Client) Room(id RoomID) *Room { return &Room{client: c, id: id} }

// ID returns the id of the room.
func (r *Room) ID() RoomID { return r.id }

func (r *Room) stream() string { return "call:" + string(r.id) }

// NewRoom says what to create. Everything is optional.
type NewRoom struct {
	// ID is chosen by the caller, or made by the server when empty.
	ID   RoomID
	Name string
	// Channel limits the room to the members of a channel.
	Channel ChannelID
	// ParticipantLimit is the server's own when 0.
	ParticipantLimit uint32
}

// CreateRoom makes a room that the caller hosts. An id that is taken is [CodeRoomExists].
func (c *Client) CreateRoom(ctx context.Context, room NewRoom) (RoomInfo, error) {
	request := &wire.CreateRoom{
		Id: string(room.ID), Name: room.Name, ChannelId: string(room.Channel), ParticipantLimit: room.ParticipantLimit,
	}
	ok, err := c.effect(ctx, "create room", &wire.Cmd{Command: &wire.Cmd_CreateRoom{CreateRoom: request}})
	return roomFromWire(ok.GetCreateRoom().GetRoom()), err
}

// Rooms returns the newest open rooms of a channel, or, without one, those that the caller made. 0 = as many as the
// server thinks fit, 100 at most.
func (c *Client) Rooms(ctx context.Context, channel ChannelID, limit uint32) ([]RoomInfo, error) {
	request := &wire.ListRooms{ChannelId: string(channel), Limit: limit}
	ok, err := c.read(ctx, "list rooms", &wire.Cmd{Command: &wire.Cmd_ListRooms{ListRooms: request}})
	return each(ok.GetListRooms().GetRooms(), roomFromWire), err
}

// Get reads the room and who is there. A room that the caller may not know of is [CodeRoomNotFound].
func (r *Room) Get(ctx context.Context) (RoomInfo, []Participant, error) {
	request := &wire.GetRoom{RoomId: string(r.id)}
	ok, err := r.client.read(ctx, "get room", &wire.Cmd{Command: &wire.Cmd_GetRoom{GetRoom: request}})
	result := ok.GetGetRoom()
	return roomFromWire(result.GetRoom()), each(result.GetParticipants(), participantFromWire), err
}

// Close ends the room for everybody; its creator, an owner or moderator of its channel, or an admin may.
func (r *Room) Close(ctx context.Context) error {
	request := &wire.CloseRoom{RoomId: string(r.id)}
	_, err := r.client.effect(ctx, "close room", &wire.Cmd{Command: &wire.Cmd_CloseRoom{CloseRoom: request}})
	return err
}

// Remove takes another participant out; for whoever may close the room.
func (r *Room) Remove(ctx context.Context, participant ParticipantID) error {
	request := &wire.RemoveParticipant{RoomId: string(r.id), ParticipantId: string(participant)}
	command := &wire.Cmd{Command: &wire.Cmd_RemoveParticipant{RemoveParticipant: request}}
	_, err := r.client.effect(ctx, "remove participant", command)
	return err
}

// Subscribe listens to who comes, goes, changes and speaks. Continue behind [JoinedRoom.Position] to miss nothing.
func (r *Room) Subscribe(ctx context.Context, options SubscribeOptions) (*Subscription, error) {
	return r.client.subscribe(ctx, r.stream(), options)
}

// RoomJoin is what a client brings into a room.
type RoomJoin struct {
	// Offer is the client's session description: sections that it may send in, and receive slots.
	Offer string
	// Tracks say what the sending sections carry; without a word, a camera in video and a microphone in audio.
	Tracks []TrackIntent
	// Region nearest to the client, when it knows; the server decides.
	Region string
}

// JoinedRoom is what a client gets for it.
type JoinedRoom struct {
	Room RoomInfo
	// Self is the caller, with the id that [Room.Seat] takes.
	Self Participant
	// Answer is the node's session description.
	Answer string
	Node   MediaNode
	// Participants is everybody there, the caller too, as of Position of the room's stream.
	Participants []Participant
	Position     Position
}

// Join lets the caller in and answers their offer. When the answer was lost and the command repeated, a seat may remain
// on the server that nobody connects to; it ends by itself.
func (r *Room) Join(ctx context.Context, join RoomJoin) (JoinedRoom, error) {
	request := &wire.JoinRoom{
		RoomId: string(r.id), Offer: join.Offer, Tracks: each(join.Tracks, TrackIntent.toWire), Region: join.Region,
	}
	ok, err := r.client.effect(ctx, "join room", &wire.Cmd{Command: &wire.Cmd_JoinRoom{JoinRoom: request}})
	result := ok.GetJoinRoom()
	return JoinedRoom{
		Room: roomFromWire(result.GetRoom()), Self: participantFromWire(result.GetSelf()), Answer: result.GetAnswer(),
		Node: nodeFromWire(result.GetAssignment()), Participants: each(result.GetParticipants(), participantFromWire),
		Position: positionFromWire(result.GetPosition()),
	}, err
}
