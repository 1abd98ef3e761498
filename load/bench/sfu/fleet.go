package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"github.com/parley-rtc/parley/load/bench/internal/node"
	"github.com/parley-rtc/parley/sdk-go"
	"github.com/parley-rtc/parley/sdk-go/rtc"
)

const (
	roomID    = parley.RoomID("bench")
	mediaWait = 60 * time.Second
)

// person is one participant with a client of their own.
type person struct {
	client  *parley.Client
	room    *rtc.Room
	tally   *tally
	began   time.Time     // before the dial
	entered time.Duration // until the join was answered
	stop    context.CancelFunc
	work    sync.WaitGroup
}

// fleet is everybody in the room.
type fleet struct {
	url     string
	people  []*person
	numbers int
}

// join lets one more in, as a publisher, a receiver, or both.
func (f *fleet) join(ctx context.Context, s scenario, publishes, receives bool) (*person, error) {
	f.numbers++
	name := fmt.Sprintf("p%d", f.numbers)
	p := &person{tally: newTally(), began: time.Now()}
	client, err := parley.Connect(ctx, parley.Options{URL: f.url, Token: parley.StaticToken(node.Token(name))})
	if err != nil {
		return nil, err
	}
	p.client = client
	life, stop := context.WithCancel(context.WithoutCancel(ctx))
	p.stop = stop
	if err := p.enter(ctx, life, s, publishes, receives); err != nil {
		p.close() //nolint:contextcheck // leaves also when ctx has ended
		return nil, err
	}
	p.entered = time.Since(p.began)
	f.people = append(f.people, p)
	return p, nil
}

func (p *person) enter(ctx, life context.Context, s scenario, publishes, receives bool) error {
	options := rtc.Options{VideoSlots: -1, AudioSlots: -1}
	if receives {
		options.OnRTP = p.count
		if s.video {
			options.VideoSlots = max(1, s.publishers-1)
		}
		if s.audio {
			options.AudioSlots = max(1, s.publishers-1)
		}
	}
	var light *lightNet
	if receives && s.light {
		var err error
		if light, err = newLightNet(p.tally); err != nil {
			return err
		}
		options.Plain = true
		options.Engine = func(settings *webrtc.SettingEngine) { settings.SetNet(light) }
	}
	var starts []func(context.Context)
	if publishes {
		var err error
		if options.Send, starts, err = p.sources(s); err != nil {
			return err
		}
	}
	room, err := rtc.Join(ctx, p.client, roomID, options)
	if err != nil {
		return err
	}
	p.room = room
	for _, start := range starts {
		p.work.Go(func() { start(life) })
	}
	if light != nil {
		p.work.Go(func() { light.report(life, room) })
	}
	return nil
}

// sources are what a publisher sends, and how to begin.
func (p *person) sources(s scenario) ([]rtc.Send, []func(context.Context), error) {
	var sends []rtc.Send
	var starts []func(context.Context)
	if s.video {
		picture, err := newVideo()
		if err != nil {
			return nil, nil, err
		}
		sends = append(sends, rtc.Send{
			Kind: parley.Camera, Encodings: []webrtc.TrackLocal{picture.track},
			OnKeyFrame: func(string) { picture.wanted.Store(true) },
		})
		starts = append(starts, picture.send)
	}
	if s.audio {
		sound, err := newVoice()
		if err != nil {
			return nil, nil, err
		}
		sound.level = func() (uint8, bool) { return p.room.ExtensionID(rtc.AudioLevelURI) }
		sends = append(sends, rtc.Send{Kind: parley.Microphone, Encodings: []webrtc.TrackLocal{sound.track}})
		starts = append(starts, sound.send)
	}
	return sends, starts, nil
}

func (p *person) count(from rtc.Remote, packet *rtp.Packet) {
	offset := audioStampOffset
	if len(packet.Payload) == videoBytes {
		offset = videoStampOffset
	}
	p.tally.add(uint32(from.SSRC), packet.SequenceNumber, age(packet.Payload, offset))
}

// awaitMedia waits until everybody who receives has received something.
func (f *fleet) awaitMedia(ctx context.Context, receivers []*person) error {
	ctx, cancel := context.WithTimeout(ctx, mediaWait)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		missing := 0
		for _, p := range receivers {
			if p.tally.firstMedia().IsZero() {
				missing++
			}
		}
		if missing == 0 {
			return nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("%d of %d receivers got no media: %w", missing, len(receivers), ctx.Err())
		}
	}
}

func (f *fleet) close() {
	var all sync.WaitGroup
	for _, p := range f.people {
		all.Go(p.close)
	}
	all.Wait()
}

func (p *person) close() {
	p.stop()
	p.work.Wait()
	if p.room != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = p.room.Leave(ctx) // the server is about to end
	}
	p.client.Close()
}
