package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"github.com/parley-rtc/parley/sdk-go"
	"github.com/parley-rtc/parley/sdk-go/rtc"
)

const (
	audioBytes  = 100
	audioEvery  = 20 * time.Millisecond
	spokenLevel = 0x80 | 30 // voice, -30 dBov
	keyEvery    = 10 * time.Second
)

// format is how much one picture source sends.
type format struct {
	framesPerSecond int
	packetsPerFrame int
	bytesPerPacket  int
}

// Many sources of one size each stand for the layers of a large meeting: some choice of them fills any link to within
// the smallest.
var (
	large = format{framesPerSecond: 20, packetsPerFrame: 2, bytesPerPacket: 1_000} // 320 kbit/s
	small = format{framesPerSecond: 10, packetsPerFrame: 1, bytesPerPacket: 700}   // 56 kbit/s
	least = format{framesPerSecond: 5, packetsPerFrame: 1, bytesPerPacket: 700}    // 28 kbit/s
)

// video makes frames that look like VP8: a valid descriptor with a rising picture id, in front of zeros.
type video struct {
	format
	track    *webrtc.TrackLocalStaticRTP
	sequence uint16
	picture  uint16
	wanted   atomic.Bool // somebody needs a key frame
}

func newVideo(f format, number int) (*video, error) {
	codec := webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeVP8, ClockRate: 90_000}
	name := fmt.Sprintf("camera%d", number)
	track, err := webrtc.NewTrackLocalStaticRTP(codec, name, name)
	return &video{format: f, track: track}, err
}

func (v *video) source() rtc.Send {
	return rtc.Send{
		Kind: parley.Camera, Encodings: []webrtc.TrackLocal{v.track},
		OnKeyFrame: func(string) { v.wanted.Store(true) },
	}
}

// send writes a frame at a time, its packets back to back, until ctx ends.
func (v *video) send(ctx context.Context) {
	tick := time.NewTicker(time.Second / time.Duration(v.framesPerSecond))
	defer tick.Stop()
	keys := uint32(keyEvery.Seconds()) * uint32(v.framesPerSecond)
	for frame := uint32(0); ; frame++ {
		v.frame(frame, frame%keys == 0 || v.wanted.Swap(false))
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

func (v *video) frame(frame uint32, key bool) {
	v.picture = (v.picture + 1) & 0x7fff
	for i := range v.packetsPerFrame {
		payload := make([]byte, v.bytesPerPacket)
		payload[0], payload[1] = 0x80, 0x80 // extended, with a picture id
		binary.BigEndian.PutUint16(payload[2:], v.picture|0x8000)
		if i == 0 {
			payload[0] |= 0x10 // start of partition 0
			payload[4] = 0x11  // shown, not a key frame
			if key {
				copy(payload[4:], []byte{0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xb4, 0x00}) // 320 x 180
			}
		}
		v.sequence++
		header := rtp.Header{
			Version: 2, Marker: i == v.packetsPerFrame-1, SequenceNumber: v.sequence,
			Timestamp: frame * 90_000 / uint32(v.framesPerSecond),
		}
		_ = v.track.WriteRTP(&rtp.Packet{Header: header, Payload: payload}) // no path yet: nobody listens either
	}
}

// voice makes packets that look like Opus, and say that somebody speaks.
type voice struct {
	track *webrtc.TrackLocalStaticRTP
}

func newVoice() (*voice, error) {
	codec := webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus, ClockRate: 48_000, Channels: 2}
	track, err := webrtc.NewTrackLocalStaticRTP(codec, "microphone", "microphone")
	return &voice{track: track}, err
}

func (v *voice) source() rtc.Send {
	return rtc.Send{Kind: parley.Microphone, Encodings: []webrtc.TrackLocal{v.track}}
}

// send says in each packet, once the extension is agreed on, that somebody speaks.
func (v *voice) send(ctx context.Context, room *rtc.Room) {
	tick := time.NewTicker(audioEvery)
	defer tick.Stop()
	for sequence := uint16(0); ; sequence++ {
		payload := make([]byte, audioBytes)
		payload[0] = 0x78 // 20 ms, one frame
		packet := &rtp.Packet{Payload: payload, Header: rtp.Header{
			Version: 2, SequenceNumber: sequence, Timestamp: uint32(sequence) * 960,
		}}
		if id, agreed := room.ExtensionID(rtc.AudioLevelURI); agreed {
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
