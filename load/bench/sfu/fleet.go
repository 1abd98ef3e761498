package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"github.com/parley-rtc/parley/sdk-go/rtc"
)

const mediaWait = 60 * time.Second

// person is one participant.
type person struct {
	place   place
	tally   *tally
	began   time.Time     // before the dial
	entered time.Duration // until the join was answered
	stop    context.CancelFunc
	work    sync.WaitGroup
}

// fleet is everybody in the room.
type fleet struct {
	peer    peer
	people  []*person
	numbers int
}

// join lets one more in, as a publisher, a receiver, or both.
func (f *fleet) join(ctx context.Context, s scenario, publishes, receives bool) (*person, error) {
	f.numbers++
	life, stop := context.WithCancel(context.WithoutCancel(ctx))
	p := &person{tally: newTally(), began: time.Now(), stop: stop}
	if err := p.enter(ctx, life, f, s, publishes, receives); err != nil {
		p.close()
		return nil, err
	}
	f.people = append(f.people, p)
	return p, nil
}

func (p *person) enter(ctx, life context.Context, f *fleet, s scenario, publishes, receives bool) error {
	var w wish
	var light *lightNet
	if receives {
		w.onRTP = p.count
		if s.video {
			w.video = max(1, s.publishers-1)
		}
		if s.audio {
			w.audio = max(1, s.publishers-1)
		}
	}
	if receives && s.light {
		var err error
		if light, err = newLightNet(p.tally); err != nil {
			return err
		}
		w.plain = true
		w.engine = func(settings *webrtc.SettingEngine) { settings.SetNet(light) }
	}
	var starts []func(context.Context)
	if publishes {
		var err error
		if w.sends, starts, err = p.sources(s); err != nil {
			return err
		}
	}
	var err error
	if p.place, err = f.peer.join(ctx, fmt.Sprintf("p%d", f.numbers), w); err != nil {
		return err
	}
	p.entered = time.Since(p.began)
	for _, start := range starts {
		p.work.Go(func() { start(life) })
	}
	if light != nil {
		p.work.Go(func() { light.report(life, p.place) })
	}
	return nil
}

// sources are what a publisher sends, and how to begin.
func (p *person) sources(s scenario) ([]sending, []func(context.Context), error) {
	var sends []sending
	var starts []func(context.Context)
	if s.video {
		picture, err := newVideo()
		if err != nil {
			return nil, nil, err
		}
		sends = append(sends, sending{picture.track, func() { picture.wanted.Store(true) }})
		starts = append(starts, picture.send)
	}
	if s.audio {
		sound, err := newVoice()
		if err != nil {
			return nil, nil, err
		}
		sound.level = func() (uint8, bool) { return p.place.ExtensionID(rtc.AudioLevelURI) }
		sends = append(sends, sending{sound.track, nil})
		starts = append(starts, sound.send)
	}
	return sends, starts, nil
}

func (p *person) count(ssrc uint32, packet *rtp.Packet) {
	offset := audioStampOffset
	if len(packet.Payload) == videoBytes {
		offset = videoStampOffset
	}
	p.tally.add(ssrc, packet.SequenceNumber, age(packet.Payload, offset))
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
	if p.place != nil {
		p.place.leave()
	}
}
