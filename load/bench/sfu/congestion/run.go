package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/pion/webrtc/v4"

	"github.com/parley-rtc/parley/load/bench/internal/node"
	"github.com/parley-rtc/parley/sdk-go"
	"github.com/parley-rtc/parley/sdk-go/rtc"
)

const (
	roomID        = parley.RoomID("congestion")
	attachWait    = 30 * time.Second
	connectWait   = 60 * time.Second
	sourcesEach   = 8 // as many tracks as one participant may publish
	largeSenders  = 2
	slotsOfVideos = sourcesEach * (largeSenders + 1)
)

// stand is one server with one media node, those who publish, and one receiver behind the link.
type stand struct {
	server   *node.Node
	media    *node.Node
	link     *link
	relay    *relay
	people   []*person
	receiver *rtc.Room
	heard    *hearing
}

// person is a participant with a client of their own.
type person struct {
	client *parley.Client
	room   *rtc.Room
	stop   context.CancelFunc
	work   sync.WaitGroup
}

// run judges every step at every loss.
func run(ctx context.Context, o options) (err error) {
	l, err := newLink(ctx, o.queue)
	if err != nil {
		return err
	}
	defer l.close() //nolint:contextcheck // also when ctx has ended
	var all []curve
	for _, loss := range o.losses {
		c, err := runOnce(ctx, o, l, loss)
		if err != nil {
			return fmt.Errorf("loss %g %%: %w", loss*100, err)
		}
		all = append(all, c)
	}
	return report(o, all)
}

// runOnce takes a fresh server and a fresh receiver through all steps at one loss.
func runOnce(ctx context.Context, o options, l *link, loss float64) (c curve, err error) {
	data, err := os.MkdirTemp("", "parley-congestion-")
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(data)) }()
	st := &stand{link: l, heard: newHearing()}
	defer func() { err = errors.Join(err, st.close()) }() //nolint:contextcheck // also when ctx has ended
	if err := st.start(ctx, o, data, loss); err != nil {
		return c, err
	}
	return st.watch(ctx, o, loss)
}

func (st *stand) start(ctx context.Context, o options, data string, loss float64) error {
	if err := st.link.shape(ctx, o.steps[0]); err != nil {
		return err
	}
	control, err := node.FreePort(ctx)
	if err != nil {
		return err
	}
	settings := append(node.Unlimited(), "control.port="+control,
		"roles=fanout,chat,presence,signaling,control,gateway")
	if st.server, err = node.Start(ctx, data, settings...); err != nil {
		return err
	}
	cores := fmt.Sprintf("0-%d", runtime.NumCPU()-1)
	if st.media, err = node.StartMedia(ctx, cores, st.link.here, "127.0.0.1:"+control); err != nil {
		return err
	}
	if st.relay, err = newRelay(ctx, st.link, st.media.Address, o); err != nil {
		return err
	}
	st.relay.loss.Store(uint64(loss * 1e6))
	pinned, err := st.publish(ctx)
	if err != nil {
		return err
	}
	return st.receive(ctx, pinned)
}

// publish lets the senders in; it gives the large tracks.
func (st *stand) publish(ctx context.Context) ([]parley.TrackID, error) {
	var pinned []parley.TrackID
	for sender := range largeSenders + 1 {
		formats := slices.Repeat([]format{large}, sourcesEach)
		if sender == largeSenders {
			formats = slices.Repeat([]format{small, least}, sourcesEach/2)
		}
		p, err := st.sender(ctx, fmt.Sprintf("sender%d", sender), formats, sender == 0)
		if err != nil {
			return nil, err
		}
		for _, track := range p.room.Self().Tracks {
			if sender < largeSenders && track.Kind == parley.Camera {
				pinned = append(pinned, track.ID)
			}
		}
	}
	return pinned, nil
}

func (st *stand) sender(ctx context.Context, name string, formats []format, speaks bool) (*person, error) {
	var sends []rtc.Send
	var starts []func(context.Context, *rtc.Room)
	if speaks {
		sound, err := newVoice()
		if err != nil {
			return nil, err
		}
		sends, starts = append(sends, sound.source()), append(starts, sound.send)
		formats = formats[1:] // the microphone is a track too
	}
	for i, f := range formats {
		picture, err := newVideo(f, i)
		if err != nil {
			return nil, err
		}
		sends = append(sends, picture.source())
		starts = append(starts, func(life context.Context, _ *rtc.Room) { picture.send(life) })
	}
	p, err := st.join(ctx, name, rtc.Options{Send: sends, VideoSlots: -1, AudioSlots: -1})
	if err != nil {
		return nil, err
	}
	life, stop := context.WithCancel(context.WithoutCancel(ctx))
	p.stop = stop
	for _, start := range starts {
		p.work.Go(func() { start(life, p.room) })
	}
	return p, nil
}

// receive lets the receiver in behind the link, who prefers the large tracks.
func (st *stand) receive(ctx context.Context, pinned []parley.TrackID) error {
	network, err := newBehind(st.link, st.relay)
	if err != nil {
		return err
	}
	p, err := st.join(ctx, "receiver", rtc.Options{
		VideoSlots: slotsOfVideos, AudioSlots: 1,
		View:   &parley.View{Pinned: pinned},
		OnRTP:  st.heard.take,
		Engine: func(settings *webrtc.SettingEngine) { settings.SetNet(network) },
	})
	if err != nil {
		return err
	}
	st.receiver = p.room
	return nil
}

// join enters the room, which the first one makes; that one may be early for the media node's attachment.
func (st *stand) join(ctx context.Context, name string, options rtc.Options) (*person, error) {
	client, err := parley.Connect(ctx, parley.Options{
		URL: "http://" + st.server.Address, Token: parley.StaticToken(node.Token(name)),
	})
	if err != nil {
		return nil, err
	}
	p := &person{client: client, stop: func() {}}
	st.people = append(st.people, p)
	if len(st.people) == 1 {
		if _, err := client.CreateRoom(ctx, parley.NewRoom{ID: roomID}); err != nil {
			return nil, err
		}
	}
	deadline := time.Now().Add(attachWait)
	for {
		p.room, err = rtc.Join(ctx, client, roomID, options)
		if !errors.Is(err, parley.CodeNoMediaNode) || time.Now().After(deadline) {
			break
		}
		if err := pause(ctx, 100*time.Millisecond); err != nil {
			return nil, err
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	ctx, cancel := context.WithTimeout(ctx, connectWait)
	defer cancel()
	if err := p.room.AwaitConnected(ctx); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return p, nil
}

// close ends everybody, also those who came only half-way.
func (st *stand) close() error {
	var all sync.WaitGroup
	for _, p := range st.people {
		all.Go(p.close)
	}
	all.Wait()
	if st.relay != nil {
		st.relay.close()
	}
	var failed error
	if st.media != nil {
		failed = st.media.Stop()
	}
	if st.server != nil {
		failed = errors.Join(failed, st.server.Stop())
	}
	return failed
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

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
