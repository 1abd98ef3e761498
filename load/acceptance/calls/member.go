package main

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"
	"github.com/pion/webrtc/v4/pkg/media"

	"github.com/parley-rtc/parley/sdk-go"
	"github.com/parley-rtc/parley/sdk-go/rtc"
)

// frameEvery is the pace of the picture that encode.mjs makes.
const frameEvery = time.Second / 15

// member is a Go client in the room: it sends a picture over and over, and puts the frames of others together.
type member struct {
	name   string
	room   *rtc.Room
	camera *webrtc.TrackLocalStaticSample
	wanted atomic.Bool // somebody needs a key frame

	mu      sync.Mutex
	streams map[webrtc.SSRC]*stream
	owners  map[parley.ParticipantID]webrtc.SSRC
	given   map[parley.TrackID]parley.Allocation

	stop context.CancelFunc
	work sync.WaitGroup
}

// joinAs enters the room; frames may be empty, then the member only watches.
func joinAs(
	ctx context.Context, client *parley.Client, id parley.RoomID, codec string, frames [][]byte,
) (*member, error) {
	m := &member{
		name: string(client.UserID()), streams: map[webrtc.SSRC]*stream{},
		owners: map[parley.ParticipantID]webrtc.SSRC{}, given: map[parley.TrackID]parley.Allocation{},
	}
	var err error
	m.camera, err = webrtc.NewTrackLocalStaticSample(
		webrtc.RTPCodecCapability{MimeType: "video/" + codec, ClockRate: videoClock}, "camera", "camera")
	if err != nil {
		return nil, err
	}
	options := rtc.Options{OnRTP: m.receive(codec), OnAllocations: m.allocated}
	if len(frames) > 0 {
		options.Send = []rtc.Send{{
			Kind: parley.Camera, Encodings: []webrtc.TrackLocal{m.camera},
			OnKeyFrame: func(string) { m.wanted.Store(true) },
		}}
	}
	if m.room, err = rtc.Join(ctx, client, id, options); err != nil {
		return nil, err
	}
	sending, stop := context.WithCancel(ctx)
	m.stop = stop
	if len(frames) > 0 {
		m.work.Go(func() { m.send(sending, frames) })
	}
	return m, nil
}

// send plays the frames over and over, from the key frame at their beginning whenever one is wanted.
func (m *member) send(ctx context.Context, frames [][]byte) {
	tick := time.NewTicker(frameEvery)
	defer tick.Stop()
	for next := 0; ; next = (next + 1) % len(frames) {
		if m.wanted.Swap(false) {
			next = 0
		}
		// Without a path yet, nobody watches either.
		_ = m.camera.WriteSample(media.Sample{Data: frames[next], Duration: frameEvery})
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// receive keeps what comes before the server has said whose it is: the first key frame is often among it.
func (m *member) receive(codec string) func(rtc.Remote, *rtp.Packet) {
	return func(from rtc.Remote, packet *rtp.Packet) {
		m.mu.Lock()
		defer m.mu.Unlock()
		to := m.streams[from.SSRC]
		if to == nil {
			to = newStream(codec)
			m.streams[from.SSRC] = to
		}
		if from.Track != "" && from.Kind == parley.Camera {
			m.owners[from.Participant] = from.SSRC
		}
		to.take(packet, time.Now())
	}
}

func (m *member) allocated(allocations []parley.Allocation) {
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.given)
	for _, allocation := range allocations {
		m.given[allocation.Track] = allocation
	}
}

// read is what the member receives of everybody.
func (m *member) read() pageView {
	view := pageView{Name: m.name, Status: m.room.State().String()}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, participant := range m.room.Participants() {
		from := m.streams[m.owners[participant.ID]]
		if from == nil {
			continue
		}
		seen := from.sight
		seen.From = string(participant.User)
		for _, track := range participant.Tracks {
			if given, known := m.given[track.ID]; known && track.Kind == parley.Camera {
				seen.Layer, seen.Reason = given.Layer, given.Reason.String()
			}
		}
		view.Seen = append(view.Seen, seen)
	}
	return view
}

func (m *member) leave(ctx context.Context) error {
	m.stop()
	m.work.Wait()
	return m.room.Leave(ctx)
}
