package main

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"github.com/parley-rtc/parley/load/bench/internal/node"
	"github.com/parley-rtc/parley/sdk-go"
	"github.com/parley-rtc/parley/sdk-go/rtc"
)

const (
	roomID           = parley.RoomID("bench")
	participantsMost = 2_000
	attachWait       = 30 * time.Second
)

// parleyPeer is a server and a media node in processes of their own.
type parleyPeer struct {
	server, node *node.Node
	url          string
}

func startParley(ctx context.Context, o options, data string) (peer, error) {
	p := &parleyPeer{}
	if err := p.start(ctx, o, data); err != nil {
		return nil, errors.Join(err, p.stop())
	}
	return p, nil
}

func (p *parleyPeer) start(ctx context.Context, o options, data string) error {
	control, err := node.FreePort(ctx)
	if err != nil {
		return err
	}
	settings := append(node.Unlimited(), "control.port="+control,
		"roles=fanout,chat,presence,signaling,control,gateway")
	if p.server, err = node.Start(ctx, data, settings...); err != nil {
		return err
	}
	p.node, err = node.StartMedia(ctx, o.core, "127.0.0.1", "127.0.0.1:"+control,
		"--participants", strconv.Itoa(participantsMost), "--bandwidth", "100000")
	if err != nil {
		return err
	}
	p.url = "http://" + p.server.Address
	return p.open(ctx)
}

// open makes the room.
func (p *parleyPeer) open(ctx context.Context) error {
	client, err := p.connect(ctx, "host")
	if err != nil {
		return err
	}
	defer client.Close()
	_, err = client.CreateRoom(ctx, parley.NewRoom{ID: roomID, ParticipantLimit: participantsMost})
	return err
}

func (p *parleyPeer) connect(ctx context.Context, name string) (*parley.Client, error) {
	return parley.Connect(ctx, parley.Options{URL: p.url, Token: parley.StaticToken(node.Token(name))})
}

// parleyPlace is a participant with a client of their own.
type parleyPlace struct {
	*rtc.Room
	client *parley.Client
}

func (p *parleyPeer) join(ctx context.Context, name string, w wish) (place, error) {
	client, err := p.connect(ctx, name)
	if err != nil {
		return nil, err
	}
	options := rtc.Options{
		VideoSlots: slots(w.video), AudioSlots: slots(w.audio), Plain: w.plain, Engine: w.engine,
	}
	if w.onRTP != nil {
		options.OnRTP = func(from rtc.Remote, packet *rtp.Packet) { w.onRTP(uint32(from.SSRC), packet) }
	}
	for _, s := range w.sends {
		kind := parley.Camera
		if s.track.Kind() == webrtc.RTPCodecTypeAudio {
			kind = parley.Microphone
		}
		send := rtc.Send{Kind: kind, Encodings: []webrtc.TrackLocal{s.track}}
		if s.onKeyFrame != nil {
			send.OnKeyFrame = func(string) { s.onKeyFrame() }
		}
		options.Send = append(options.Send, send)
	}
	room, err := enter(ctx, client, options)
	if err != nil {
		client.Close()
		return nil, err
	}
	return &parleyPlace{room, client}, nil
}

// enter joins; the first may be early for the media node's attachment.
func enter(ctx context.Context, client *parley.Client, options rtc.Options) (*rtc.Room, error) {
	deadline := time.Now().Add(attachWait)
	for {
		room, err := rtc.Join(ctx, client, roomID, options)
		if err == nil || !errors.Is(err, parley.CodeNoMediaNode) || time.Now().After(deadline) {
			return room, err
		}
		if err := pause(ctx, 100*time.Millisecond); err != nil {
			return nil, err
		}
	}
}

// slots says "none" as the SDK does.
func slots(wanted int) int {
	if wanted == 0 {
		return -1
	}
	return wanted
}

func (p *parleyPlace) leave() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_ = p.Leave(ctx) // the server is about to end
	p.client.Close()
}

func (p *parleyPeer) media() *node.Process { return &p.node.Process }

func (p *parleyPeer) stop() error {
	var failed error
	if p.node != nil {
		failed = p.node.Stop()
	}
	if p.server != nil {
		failed = errors.Join(failed, p.server.Stop())
	}
	return failed
}
