package main

import (
	"encoding/binary"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"
	"github.com/pion/webrtc/v4/pkg/media/samplebuilder"
)

const (
	videoClock = 90_000
	// packetsLateMost and lateMost bound how long a missing packet is waited for.
	packetsLateMost = 512
	lateMost        = 500 * time.Millisecond
	// freezeOver is by how much a frame must be later than usual to count as a freeze, as in WebRTC's statistics.
	freezeOver = 150 * time.Millisecond
	// usualWeight smooths what is usual over about as many frames as WebRTC does.
	usualWeight = 30
)

// sight is what one receives of another: the figures of a browser's statistics, for Go clients counted alike.
type sight struct {
	From         string `json:"from"`
	Codec        string `json:"codec"`
	Layer        int    `json:"layer"`
	Reason       string `json:"reason"`
	Width        int    `json:"width"`
	Height       int    `json:"height"`
	Frames       int    `json:"frames"`
	KeyFrames    int    `json:"keyFrames"`
	Dropped      int    `json:"dropped"`
	Freezes      int    `json:"freezes"`
	FrozenMillis int    `json:"frozenMillis"`
	Lost         int    `json:"lost"`
	// KeyFramesAsked is not counted by Go clients.
	KeyFramesAsked int `json:"keyFramesAsked"`
}

// stream puts the frames of one sender together.
type stream struct {
	sight
	builder *samplebuilder.SampleBuilder
	last    time.Time
	usual   time.Duration
}

func newStream(codec string) *stream {
	builder := samplebuilder.New(packetsLateMost, depacketizer(codec), videoClock,
		samplebuilder.WithMaxTimeDelay(lateMost))
	return &stream{sight: sight{Codec: codec, Layer: -1}, builder: builder}
}

func depacketizer(codec string) rtp.Depacketizer {
	switch codec {
	case "VP9":
		return &codecs.VP9Packet{}
	case "H264":
		return &codecs.H264Packet{}
	case "AV1":
		return &codecs.AV1Depacketizer{}
	default:
		return &codecs.VP8Packet{}
	}
}

func (s *stream) take(packet *rtp.Packet, now time.Time) {
	s.builder.Push(packet)
	for sample := s.builder.Pop(); sample != nil; sample = s.builder.Pop() {
		s.Lost += int(sample.PrevDroppedPackets)
		if len(sample.Data) == 0 {
			continue
		}
		s.Frames++
		s.pace(now)
		if isKey(s.Codec, sample.Data) {
			s.KeyFrames++
			if width, height := sizeOf(s.Codec, sample.Data); width > 0 {
				s.Width, s.Height = width, height
			}
		}
	}
}

// pace counts a freeze when a frame comes at more than thrice the usual distance, and 150 ms above it.
func (s *stream) pace(now time.Time) {
	since := now.Sub(s.last)
	isFirst := s.last.IsZero()
	s.last = now
	if isFirst {
		return
	}
	if s.usual > 0 && since > max(3*s.usual, s.usual+freezeOver) {
		s.Freezes++
		s.FrozenMillis += int(since.Milliseconds())
	}
	if s.usual == 0 {
		s.usual = since
	}
	s.usual += (since - s.usual) / usualWeight
}

// isKey looks at the beginning of a frame.
func isKey(codec string, frame []byte) bool {
	switch codec {
	case "VP9":
		return frame[0]&0xfc == 0x80 // frame marker, profile 0, not a repetition, key
	case "H264":
		return hasUnit(frame, func(kind byte) bool { return kind == 5 }) // an IDR slice
	case "AV1":
		return hasSequenceHeader(frame)
	default:
		return len(frame) >= 10 && frame[0]&1 == 0 && frame[3] == 0x9d && frame[4] == 0x01 && frame[5] == 0x2a
	}
}

// hasUnit looks for a unit of an Annex B stream whose kind is wanted.
func hasUnit(frame []byte, wanted func(kind byte) bool) bool {
	for at := 0; at+3 < len(frame); at++ {
		if frame[at] == 0 && frame[at+1] == 0 && frame[at+2] == 1 && wanted(frame[at+3]&0x1f) {
			return true
		}
	}
	return false
}

// hasSequenceHeader walks over the units of a frame, each with its size in front; encoders put the header before keys.
func hasSequenceHeader(frame []byte) bool {
	const sequenceHeader = 1
	for len(frame) > 0 {
		kind, hasExtension, hasSize := frame[0]>>3&0xf, frame[0]&4 != 0, frame[0]&2 != 0
		if kind == sequenceHeader {
			return true
		}
		from := 1
		if hasExtension {
			from++
		}
		if !hasSize || from > len(frame) {
			return false
		}
		size, bytes := binary.Uvarint(frame[from:])
		if bytes <= 0 || size > uint64(len(frame)-from-bytes) {
			return false
		}
		frame = frame[from+bytes+int(size):] //nolint:gosec // not above the length
	}
	return false
}

// sizeOf reads the size from a key frame of VP8 or VP9; the others hide it deeper than is worth reading here.
func sizeOf(codec string, frame []byte) (width, height int) {
	switch {
	case codec == "VP8":
		return int(binary.LittleEndian.Uint16(frame[6:]) & 0x3fff), int(binary.LittleEndian.Uint16(frame[8:]) & 0x3fff)
	case codec == "VP9" && len(frame) >= 12:
		bits := binary.BigEndian.Uint64(frame[4:]) << 4 // behind the sync code: colours in four bits, then the size
		return int(bits>>48) + 1, int(bits>>32&0xffff) + 1
	default:
		return 0, 0
	}
}
