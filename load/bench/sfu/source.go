package main

import (
	"context"
	"encoding/binary"
	"sync/atomic"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"
)

const (
	framesPerSecond  = 30
	packetsPerFrame  = 7
	videoBytes       = 1190
	audioBytes       = 100
	audioEvery       = 20 * time.Millisecond
	keyFrameEvery    = 10 * framesPerSecond
	videoStampOffset = 16 // behind the descriptor and what looks like a frame header
	audioStampOffset = 8
	spokenLevel      = 0x80 | 30 // voice, -30 dBov
)

// begun is what stamps count from; publishers and receivers are one process.
var begun = time.Now()

func stamp(payload []byte, offset int) {
	binary.BigEndian.PutUint64(payload[offset:], uint64(time.Since(begun)))
}

func age(payload []byte, offset int) time.Duration {
	if len(payload) < offset+8 {
		return 0
	}
	return time.Since(begun) - time.Duration(binary.BigEndian.Uint64(payload[offset:]))
}

// video makes frames that look like VP8: a valid descriptor with a rising picture id, in front of zeros.
type video struct {
	track    *webrtc.TrackLocalStaticRTP
	sequence uint16
	picture  uint16
	wanted   atomic.Bool // somebody needs a key frame
}

func newVideo() (*video, error) {
	codec := webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeVP8, ClockRate: 90_000}
	track, err := webrtc.NewTrackLocalStaticRTP(codec, "camera", "camera")
	return &video{track: track}, err
}

// send writes a frame at a time, its packets back to back, until ctx ends.
func (v *video) send(ctx context.Context) {
	tick := time.NewTicker(time.Second / framesPerSecond)
	defer tick.Stop()
	for frame := uint32(0); ; frame++ {
		v.frame(frame, frame%keyFrameEvery == 0 || v.wanted.Swap(false))
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

func (v *video) frame(frame uint32, key bool) {
	v.picture = (v.picture + 1) & 0x7fff
	for i := range packetsPerFrame {
		payload := make([]byte, videoBytes)
		payload[0], payload[1] = 0x80, 0x80 // extended, with a picture id
		binary.BigEndian.PutUint16(payload[2:], v.picture|0x8000)
		if i == 0 {
			payload[0] |= 0x10 // start of partition 0
			payload[4] = 0x11  // shown, not a key frame
			if key {
				copy(payload[4:], []byte{0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x00, 0x05, 0xd0, 0x02}) // 1280 x 720
			}
		}
		stamp(payload, videoStampOffset)
		v.sequence++
		header := rtp.Header{
			Version: 2, Marker: i == packetsPerFrame-1, SequenceNumber: v.sequence,
			Timestamp: frame * (90_000 / framesPerSecond),
		}
		_ = v.track.WriteRTP(&rtp.Packet{Header: header, Payload: payload}) // no path yet: nobody listens either
	}
}

// voice makes packets that look like Opus, and say that somebody speaks.
type voice struct {
	track *webrtc.TrackLocalStaticRTP
	level func() (uint8, bool) // id of the header extension, once agreed on
}

func newVoice() (*voice, error) {
	codec := webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus, ClockRate: 48_000, Channels: 2}
	track, err := webrtc.NewTrackLocalStaticRTP(codec, "microphone", "microphone")
	return &voice{track: track}, err
}

func (v *voice) send(ctx context.Context) {
	tick := time.NewTicker(audioEvery)
	defer tick.Stop()
	for sequence := uint16(0); ; sequence++ {
		payload := make([]byte, audioBytes)
		payload[0] = 0x78 // 20 ms, one frame
		stamp(payload, audioStampOffset)
		packet := &rtp.Packet{Payload: payload, Header: rtp.Header{
			Version: 2, SequenceNumber: sequence, Timestamp: uint32(sequence) * 960,
		}}
		if id, agreed := v.level(); agreed {
			_ = packet.SetExtension(id, []byte{spokenLevel})
		}
		_ = v.track.WriteRTP(packet) // as above
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}
