package rtc_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/pion/webrtc/v4"

	"github.com/parley-rtc/parley/sdk-go"
	"github.com/parley-rtc/parley/sdk-go/internal/framing"
	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// fakeNode is a server with one room: it speaks the protocol over fake sockets, and answers offers with real Pion
// connections that forward each track to a slot of everybody else.
type fakeNode struct {
	t *testing.T

	mu      sync.Mutex
	sockets []*fakeSocket
	members []*member
	log     []*wire.Push // of "call:r1"
	joins   int
	refusal *wire.Error // of joinRoom
}

type member struct {
	participant *wire.Participant
	connection  *webrtc.PeerConnection
	tracks      []*webrtc.TrackLocalStaticRTP // one per receive slot, in the order of the sections
	mids        []string
	slots       []*wire.Slot
	frames      chan struct{} // something arrived from it
}

func newFakeNode(t *testing.T) *fakeNode {
	node := &fakeNode{t: t}
	t.Cleanup(func() {
		node.mu.Lock()
		members := node.members
		node.mu.Unlock()
		for _, each := range members {
			_ = each.connection.Close()
		}
	})
	return node
}

// Dial makes the node a parley.Transport.
func (n *fakeNode) Dial(context.Context, string) (parley.Socket, error) {
	socket := &fakeSocket{node: n, toClient: make(chan []byte, 10_000), closed: make(chan struct{})}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.sockets = append(n.sockets, socket)
	return socket, nil
}

type fakeSocket struct {
	node     *fakeNode
	toClient chan []byte
	closed   chan struct{}
	once     sync.Once
}

func (f *fakeSocket) Read(ctx context.Context) ([]byte, error) {
	select {
	case message := <-f.toClient:
		return message, nil
	case <-f.closed:
		return nil, &parley.CloseError{Code: 1006}
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (f *fakeSocket) Write(_ context.Context, message []byte) error {
	for frame, err := range framing.Frames(message) {
		if err != nil {
			return err
		}
		if command := frame.GetCmd(); command != nil {
			reply := f.node.serve(command)
			reply.Id = command.GetId()
			f.send(&wire.Frame{Frame: &wire.Frame_Reply{Reply: reply}})
		}
	}
	return nil
}

func (f *fakeSocket) BytesRead() uint64 { return 0 }

func (f *fakeSocket) Close(int, string) { f.once.Do(func() { close(f.closed) }) }

func (f *fakeSocket) send(frame *wire.Frame) {
	message, err := framing.Append(nil, frame)
	if err != nil {
		panic(err)
	}
	f.toClient <- message
}

func (n *fakeNode) serve(command *wire.Cmd) *wire.Reply {
	n.mu.Lock()
	defer n.mu.Unlock()
	ok := &wire.Ok{}
	switch c := command.GetCommand().(type) {
	case *wire.Cmd_Hello:
		hello := &wire.HelloResult{SessionId: "s", User: &wire.User{Id: "me"}, HeartbeatMs: 25_000}
		ok.Result = &wire.Ok_Hello{Hello: hello}
	case *wire.Cmd_Subscribe:
		result := &wire.SubscribeResult{Stream: c.Subscribe.GetStream(), Position: n.head(), Recovered: true}
		result.Missed = n.log[c.Subscribe.GetSince().GetOffset():]
		ok.Result = &wire.Ok_Subscribe{Subscribe: result}
	case *wire.Cmd_JoinRoom:
		if n.refusal != nil {
			return &wire.Reply{Outcome: &wire.Reply_Err{Err: n.refusal}}
		}
		ok.Result = &wire.Ok_JoinRoom{JoinRoom: n.join(c.JoinRoom)}
	case *wire.Cmd_GetSeat:
		seat := &wire.Seat{}
		for _, each := range n.members {
			if each.participant.GetId() == c.GetSeat.GetParticipantId() {
				seat.Slots = each.slots
			}
		}
		ok.Result = &wire.Ok_GetSeat{GetSeat: &wire.SeatResult{Seat: seat}}
	}
	return &wire.Reply{Outcome: &wire.Reply_Ok{Ok: ok}}
}

func (n *fakeNode) head() *wire.Position {
	return &wire.Position{Epoch: "e", Offset: uint64(len(n.log))}
}

// join answers the offer. What arrives in a section goes to the slot of the same kind of everybody else.
func (n *fakeNode) join(join *wire.JoinRoom) *wire.JoinResult {
	n.joins++
	id := fmt.Sprintf("p%d", n.joins)
	m := &member{participant: &wire.Participant{Id: id, UserId: id}, frames: make(chan struct{}, 1)}
	for _, intent := range join.GetTracks() {
		m.participant.Tracks = append(m.participant.Tracks, &wire.Track{
			Id: id + "/" + intent.GetMid(), Mid: intent.GetMid(), Kind: intent.GetKind(),
		})
	}
	answer := m.answer(n, join.GetOffer())
	n.members = append(n.members, m)
	n.push(&wire.Push{Event: &wire.Push_ParticipantJoined{
		ParticipantJoined: &wire.ParticipantJoined{Participant: m.participant},
	}})
	n.mapSlots()
	return &wire.JoinResult{
		Room: &wire.Room{Id: "r1"}, Self: m.participant, Answer: answer, Position: n.head(),
		Assignment:   &wire.SfuAssignment{SfuId: "n1"},
		Participants: []*wire.Participant{m.participant},
	}
}

// mapSlots gives everybody the first track of the newest other member.
func (n *fakeNode) mapSlots() {
	for _, receiver := range n.members {
		receiver.slots = nil
		for _, other := range n.members {
			if other != receiver && len(other.participant.GetTracks()) > 0 && len(receiver.mids) > 0 {
				track := other.participant.GetTracks()[0]
				receiver.slots = []*wire.Slot{{
					Mid: receiver.mids[0], ParticipantId: other.participant.GetId(), TrackId: track.GetId(),
					Kind: track.GetKind(),
				}}
			}
		}
		n.tell(&wire.Push{
			Stream: "call:r1." + receiver.participant.GetId(),
			Event:  &wire.Push_SlotsChanged{SlotsChanged: &wire.SlotsChanged{Slots: receiver.slots}},
		})
	}
}

// push appends to the room's stream and tells everybody.
func (n *fakeNode) push(push *wire.Push) {
	push.Stream, push.Epoch, push.Offset = "call:r1", "e", uint64(len(n.log)+1)
	n.log = append(n.log, push)
	n.tell(push)
}

func (n *fakeNode) tell(push *wire.Push) {
	for _, socket := range n.sockets {
		socket.send(&wire.Frame{Frame: &wire.Frame_Push{Push: push}})
	}
}

func (n *fakeNode) takeOut(id string, cause wire.ParticipantLeft_Cause) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.push(&wire.Push{Event: &wire.Push_ParticipantLeft{
		ParticipantLeft: &wire.ParticipantLeft{ParticipantId: id, Cause: cause},
	}})
}

func (n *fakeNode) joined() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.joins
}

// answer makes the node's side of a peer connection, ICE-lite as the real one.
func (m *member) answer(n *fakeNode, offer string) string {
	var settings webrtc.SettingEngine
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetLite(true)
	var media webrtc.MediaEngine
	check(n.t, media.RegisterDefaultCodecs())
	api := webrtc.NewAPI(webrtc.WithSettingEngine(settings), webrtc.WithMediaEngine(&media))
	connection, err := api.NewPeerConnection(webrtc.Configuration{})
	check(n.t, err)
	m.connection = connection
	connection.OnTrack(func(track *webrtc.TrackRemote, _ *webrtc.RTPReceiver) { m.forward(n, track) })
	check(n.t, connection.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: offer}))
	for i, transceiver := range connection.GetTransceivers() {
		sends := transceiver.Direction() == webrtc.RTPTransceiverDirectionSendonly
		if !sends || transceiver.Kind() != webrtc.RTPCodecTypeVideo {
			continue
		}
		codec := webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeVP8, ClockRate: 90_000}
		slot, err := webrtc.NewTrackLocalStaticRTP(codec, fmt.Sprintf("slot-%d", i), fmt.Sprintf("slot-%d", i))
		check(n.t, err)
		_, err = connection.AddTrack(slot) // takes the first such section that has no track
		check(n.t, err)
		m.tracks, m.mids = append(m.tracks, slot), append(m.mids, transceiver.Mid())
	}
	answer, err := connection.CreateAnswer(nil)
	check(n.t, err)
	gathered := webrtc.GatheringCompletePromise(connection)
	check(n.t, connection.SetLocalDescription(answer))
	<-gathered
	return connection.LocalDescription().SDP
}

func (m *member) forward(n *fakeNode, track *webrtc.TrackRemote) {
	for {
		packet, _, err := track.ReadRTP()
		if err != nil {
			return
		}
		n.mu.Lock()
		for _, other := range n.members {
			if other != m && len(other.tracks) > 0 {
				packet.Extension, packet.Extensions = false, nil
				_ = other.tracks[0].WriteRTP(packet)
			}
		}
		n.mu.Unlock()
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
