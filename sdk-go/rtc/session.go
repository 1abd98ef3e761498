package rtc

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"

	"github.com/parley-rtc/parley/sdk-go"
)

// session is one placement on one node: a peer connection and the seat it fills. A room that is joined again gets
// another.
type session struct {
	room       *Room
	connection *webrtc.PeerConnection
	joined     parley.JoinedRoom
	seat       *parley.SeatHandle
	mids       []string // of what is sent, in the order of the options
	readers    sync.WaitGroup
	pathing    sync.Mutex // one ICE restart at a time
	telling    sync.Mutex // so that what the seat says is told one at a time; guards told
	told       toldSeat   // events of the seat so far

	// Guarded by mu.
	mu        sync.Mutex
	closed    bool
	slots     map[string]parley.Slot // by mid, what the server said last
	ssrcs     map[string]webrtc.SSRC // by mid
	connected chan struct{}          // closed when media can flow, until the path falls silent
	flowing   bool
	broken    chan error // one word at a time; see recovery.go
}

// toldSeat counts the events of a seat by what they tell: each is newer than that part of a snapshot asked for before.
type toldSeat struct{ slots, allocations, demands int }

// newSession offers and takes the answer in. The path is not there yet when it returns.
func newSession(ctx context.Context, room *Room) (*session, error) {
	api, err := newAPI(room.options)
	if err != nil {
		return nil, fmt.Errorf("join %s: %w", room.handle.ID(), err)
	}
	connection, err := api.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return nil, fmt.Errorf("join %s: %w", room.handle.ID(), err)
	}
	s := &session{
		room: room, connection: connection, slots: map[string]parley.Slot{}, ssrcs: map[string]webrtc.SSRC{},
		connected: make(chan struct{}), broken: make(chan error, 1),
	}
	connection.OnTrack(s.receive)
	connection.OnConnectionStateChange(s.stateChanged)
	if err := s.join(ctx); err != nil {
		s.close()
		return nil, fmt.Errorf("join %s: %w", room.handle.ID(), err)
	}
	return s, nil
}

func (s *session) join(ctx context.Context) error {
	senders, err := s.addSections()
	if err != nil {
		return err
	}
	offer, err := s.connection.CreateOffer(nil)
	if err != nil {
		return fmt.Errorf("offer: %w", err)
	}
	// The node learns our addresses from our checks (it is ICE-lite), so the offer waits for none of them.
	if err := s.connection.SetLocalDescription(offer); err != nil {
		return fmt.Errorf("local description: %w", err)
	}
	join := parley.RoomJoin{Offer: s.connection.LocalDescription().SDP, Region: s.room.options.Region}
	for i, send := range s.room.options.Send {
		s.mids = append(s.mids, senders[i].Mid())
		join.Tracks = append(join.Tracks, parley.TrackIntent{MID: s.mids[i], Kind: send.Kind, Muted: send.Muted})
	}
	s.joined, err = s.room.handle.Join(ctx, join)
	if err != nil {
		return err
	}
	s.seat = s.room.handle.Seat(s.joined.Self.ID)
	if err := s.answered(s.joined.Answer); err != nil {
		return errors.Join(err, s.leave(ctx))
	}
	return nil
}

func (s *session) answered(answer string) error {
	udp, tcp := splitCandidates(answer)
	description := webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: udp}
	if err := s.connection.SetRemoteDescription(description); err != nil {
		return fmt.Errorf("remote description: %w", err)
	}
	s.addLater(tcp)
	return nil
}

// addSections makes the sections of the offer: what is sent, in the order of the options, then the slots.
func (s *session) addSections() ([]*webrtc.RTPTransceiver, error) {
	var senders []*webrtc.RTPTransceiver
	for _, send := range s.room.options.Send {
		transceiver, err := s.addSender(send)
		if err != nil {
			return nil, err
		}
		senders = append(senders, transceiver)
	}
	receive := webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionRecvonly}
	for kind, count := range map[webrtc.RTPCodecType]int{
		webrtc.RTPCodecTypeAudio: s.room.options.AudioSlots, webrtc.RTPCodecTypeVideo: s.room.options.VideoSlots,
	} {
		for range count {
			if _, err := s.connection.AddTransceiverFromKind(kind, receive); err != nil {
				return nil, fmt.Errorf("receive slot: %w", err)
			}
		}
	}
	return senders, nil
}

func (s *session) addSender(send Send) (*webrtc.RTPTransceiver, error) {
	if len(send.Encodings) == 0 {
		return nil, fmt.Errorf("send %s: no encodings", send.Kind)
	}
	direction := webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionSendonly}
	transceiver, err := s.connection.AddTransceiverFromTrack(send.Encodings[0], direction)
	if err != nil {
		return nil, fmt.Errorf("send %s: %w", send.Kind, err)
	}
	for _, encoding := range send.Encodings[1:] {
		if err := transceiver.Sender().AddEncoding(encoding); err != nil {
			return nil, fmt.Errorf("send %s, encoding %s: %w", send.Kind, encoding.RID(), err)
		}
	}
	for i, encoding := range send.Encodings {
		sender, rid, alone := transceiver.Sender(), encoding.RID(), i == 0
		s.readers.Go(func() { s.readFeedback(sender, rid, alone, send.OnKeyFrame) })
	}
	return transceiver, nil
}

// readFeedback drains the RTCP of one encoding, which also drives Pion's retransmissions. Ends with the connection.
func (s *session) readFeedback(sender *webrtc.RTPSender, rid string, first bool, onKeyFrame func(string)) {
	for {
		var packets []rtcp.Packet
		var err error
		if first {
			packets, _, err = sender.ReadRTCP()
		} else {
			packets, _, err = sender.ReadSimulcastRTCP(rid)
		}
		if err != nil {
			return
		}
		if onKeyFrame != nil && wantsKeyFrame(packets) {
			onKeyFrame(rid)
		}
	}
}

func wantsKeyFrame(packets []rtcp.Packet) bool {
	for _, packet := range packets {
		switch packet.(type) {
		case *rtcp.PictureLossIndication, *rtcp.FullIntraRequest:
			return true
		}
	}
	return false
}

// receive reads one slot until the connection ends.
func (s *session) receive(track *webrtc.TrackRemote, receiver *webrtc.RTPReceiver) {
	mid := receiver.RTPTransceiver().Mid()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	s.ssrcs[mid] = track.SSRC()
	s.readers.Go(func() {
		for { // sender reports; Pion's receiver reports are made of them
			if _, _, err := receiver.ReadRTCP(); err != nil {
				return
			}
		}
	})
	s.readers.Go(func() {
		for {
			packet, _, err := track.ReadRTP()
			if err != nil {
				return
			}
			if s.room.options.OnRTP != nil {
				s.room.options.OnRTP(s.remote(mid), packet)
			}
		}
	})
}

func (s *session) remote(mid string) Remote {
	s.mu.Lock()
	defer s.mu.Unlock()
	slot, known := s.slots[mid]
	if !known {
		slot.MID = mid
	}
	return Remote{Slot: slot, SSRC: s.ssrcs[mid]}
}

// setSlots remembers whose the slots are, and tells it when it is news.
func (s *session) setSlots(slots []parley.Slot) {
	s.mu.Lock()
	same := len(slots) == len(s.slots)
	before := s.slots
	s.slots = make(map[string]parley.Slot, len(slots))
	for _, slot := range slots {
		same = same && before[slot.MID] == slot
		s.slots[slot.MID] = slot
	}
	s.mu.Unlock()
	if !same && s.room.options.OnSlots != nil {
		s.room.options.OnSlots(slots)
	}
}

func (s *session) leave(ctx context.Context) error {
	return s.seat.Leave(ctx)
}

// close ends the connection and waits until nobody reads from it any more.
func (s *session) close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	if err := s.connection.Close(); err != nil {
		s.room.options.Logger.Debug("parley connection not closed cleanly", "error", err)
	}
	s.readers.Wait()
}
