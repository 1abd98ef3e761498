// Package livekit is a client of LiveKit's public signalling, enough to measure a server of theirs with the media of
// our own generator: two peer connections, one that publishes and one that the server offers subscriptions on.
//
// Start at room.go.
package livekit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"
)

const (
	protocol     = "13" // of LiveKit: server's offers for subscriptions on a connection of their own
	messageMost  = 16 << 20
	pingEvery    = 5 * time.Second
	callWait     = 15 * time.Second
	signallingAt = "/rtc"
)

// Send is one track to publish, in one size.
type Send struct {
	Track      *webrtc.TrackLocalStaticRTP
	OnKeyFrame func() // may be nil
}

// Options say what to send and what to be told.
type Options struct {
	Send []Send
	// Receives subscribes to everything that others publish.
	Receives bool
	OnRTP    func(ssrc webrtc.SSRC, packet *rtp.Packet)
	Engine   func(settings *webrtc.SettingEngine)
	// Plain leaves Pion's interceptors out.
	Plain bool
}

// Room is a place in a room. Safe for concurrent use.
type Room struct {
	options    Options
	socket     *websocket.Conn
	publisher  *webrtc.PeerConnection
	subscriber *webrtc.PeerConnection
	cancel     context.CancelFunc
	work       sync.WaitGroup
	joined     chan struct{} // closed when the server has let us in
	published  chan struct{} // closed when the path for what we send is there; at once when nothing is sent
	ended      chan struct{} // closed when the socket is
	early      []webrtc.ICECandidateInit
	err        error // valid once ended is closed

	mu     sync.Mutex // guards what follows
	closed bool
}

// Join enters a room, and returns when the server has answered; media flows a moment later.
func Join(ctx context.Context, server Server, room, identity string, options Options) (*Room, error) {
	r := &Room{
		options: options, joined: make(chan struct{}), published: make(chan struct{}), ended: make(chan struct{}),
	}
	if err := r.dial(ctx, server, room, identity); err != nil {
		return nil, fmt.Errorf("livekit: %w", err)
	}
	if err := r.enter(ctx); err != nil {
		r.Leave() //nolint:contextcheck // leaves also when ctx has ended
		return nil, fmt.Errorf("livekit: join as %s: %w", identity, err)
	}
	return r, nil
}

func (r *Room) dial(ctx context.Context, server Server, room, identity string) error {
	api, err := newAPI(r.options)
	if err != nil {
		return err
	}
	if r.subscriber, err = api.NewPeerConnection(webrtc.Configuration{}); err != nil {
		return err
	}
	if r.publisher, err = api.NewPeerConnection(webrtc.Configuration{}); err != nil {
		return errors.Join(err, r.subscriber.Close())
	}
	query := url.Values{
		"access_token": {server.token(room, identity)}, "protocol": {protocol}, "sdk": {"go"},
		"auto_subscribe": {map[bool]string{false: "0", true: "1"}[r.options.Receives]},
	}
	address := strings.TrimSuffix(server.URL, "/") + signallingAt + "?" + query.Encode()
	ctx, cancel := context.WithTimeout(ctx, callWait)
	defer cancel()
	r.socket, _, err = websocket.Dial(ctx, address, nil) //nolint:bodyclose // the library's own on success
	if err != nil {
		return errors.Join(err, r.subscriber.Close(), r.publisher.Close())
	}
	r.socket.SetReadLimit(messageMost)
	return nil
}

// enter starts what listens, waits until the server has let us in, and offers what is sent.
func (r *Room) enter(ctx context.Context) error {
	r.subscriber.OnTrack(r.receive)
	life, cancel := context.WithCancel(context.WithoutCancel(ctx))
	r.cancel = cancel
	r.work.Go(func() { r.listen(life) })
	r.work.Go(func() { r.ping(life) })
	if err := r.await(ctx, r.joined); err != nil {
		return err
	}
	if len(r.options.Send) == 0 {
		close(r.published)
		return nil
	}
	return r.publish(ctx)
}

// await waits for a step of joining.
func (r *Room) await(ctx context.Context, step <-chan struct{}) error {
	ctx, cancel := context.WithTimeout(ctx, callWait)
	defer cancel()
	select {
	case <-step:
		return nil
	case <-r.ended:
		return r.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// listen takes what the server says, one at a time, until the socket ends.
func (r *Room) listen(ctx context.Context) {
	defer close(r.ended)
	for {
		_, message, err := r.socket.Read(ctx)
		if err == nil {
			err = r.take(ctx, message)
		}
		if err != nil {
			r.err = err
			return
		}
	}
}

func (r *Room) take(ctx context.Context, message []byte) error {
	all, err := fields(message)
	for _, f := range all {
		switch f.number {
		case responseJoin:
			close(r.joined)
		case responseOffer:
			err = r.answer(ctx, f.bytes)
		case responseAnswer:
			err = r.answered(f.bytes)
		case responseTrickle:
			err = r.candidate(f.bytes)
		case responseLeave:
			err = errors.New("the server ended the session")
		}
	}
	return err
}

// answer takes the server's offer of subscriptions.
func (r *Room) answer(ctx context.Context, message []byte) error {
	offer, err := parseDescription(message)
	if err != nil {
		return err
	}
	remote := webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: offer.sdp}
	if err := r.subscriber.SetRemoteDescription(remote); err != nil {
		return fmt.Errorf("offer of the server: %w", err)
	}
	answer, err := r.subscriber.CreateAnswer(nil)
	if err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	sdp, err := settle(ctx, r.subscriber, answer)
	if err != nil {
		return err
	}
	return r.write(ctx, request(requestAnswer, description{"answer", sdp, offer.id}.encode()))
}

// settle makes the description the connection's own, and gives it with all candidates.
func settle(ctx context.Context, pc *webrtc.PeerConnection, own webrtc.SessionDescription) (string, error) {
	gathered := webrtc.GatheringCompletePromise(pc)
	if err := pc.SetLocalDescription(own); err != nil {
		return "", fmt.Errorf("local description: %w", err)
	}
	select {
	case <-gathered:
		return pc.LocalDescription().SDP, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (r *Room) answered(message []byte) error {
	answer, err := parseDescription(message)
	if err != nil {
		return err
	}
	remote := webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: answer.sdp}
	if err := r.publisher.SetRemoteDescription(remote); err != nil {
		return fmt.Errorf("answer of the server: %w", err)
	}
	for _, candidate := range r.early {
		if err := r.publisher.AddICECandidate(candidate); err != nil {
			return fmt.Errorf("candidate: %w", err)
		}
	}
	r.early = nil
	return nil
}

func (r *Room) candidate(message []byte) error {
	t, err := parseTrickle(message)
	if err != nil {
		return err
	}
	var candidate webrtc.ICECandidateInit
	if err := json.Unmarshal([]byte(t.candidate), &candidate); err != nil {
		return fmt.Errorf("candidate: %w", err)
	}
	switch {
	case t.target != targetPublisher:
		return r.subscriber.AddICECandidate(candidate)
	case r.publisher.RemoteDescription() == nil:
		r.early = append(r.early, candidate) // the server sends a handful
		return nil
	}
	return r.publisher.AddICECandidate(candidate)
}

// WriteRTCP sends packets about what is received.
func (r *Room) WriteRTCP(packets []rtcp.Packet) error { return r.subscriber.WriteRTCP(packets) }

// AwaitConnected waits until what is sent has a path.
func (r *Room) AwaitConnected(ctx context.Context) error { return r.await(ctx, r.published) }

func (r *Room) write(ctx context.Context, message []byte) error {
	return r.socket.Write(ctx, websocket.MessageBinary, message)
}

func (r *Room) ping(ctx context.Context) {
	tick := time.NewTicker(pingEvery)
	defer tick.Stop()
	for {
		select {
		case now := <-tick.C:
			if r.write(ctx, request(requestPing, ping(now))) != nil {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

// Leave goes out of the room, and waits until nothing of it runs any more.
func (r *Room) Leave() {
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = r.write(ctx, request(requestLeave, nil)) // the server finds out by itself
	r.cancel()
	_ = r.socket.CloseNow()
	_, _ = r.publisher.Close(), r.subscriber.Close()
	r.work.Wait()
}
