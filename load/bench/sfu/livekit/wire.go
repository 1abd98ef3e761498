package livekit

import (
	"time"

	"google.golang.org/protobuf/encoding/protowire"
)

// The part of LiveKit's signalling that a participant needs who publishes and receives: numbers of fields in
// livekit_rtc.proto. Its Go module is not used: it would bring 40 others with it for these two dozen fields.
const (
	requestOffer    = 1
	requestAnswer   = 2
	requestAddTrack = 4
	requestLeave    = 8
	requestPing     = 16

	responseJoin    = 1
	responseAnswer  = 2
	responseOffer   = 3
	responseTrickle = 4
	responseLeave   = 8

	targetPublisher  = 0
	sourceCamera     = 1
	sourceMicrophone = 2
	kindVideo        = 1
)

// field is one of a message: value for numbers, bytes for texts and messages.
type field struct {
	number int
	value  uint64
	bytes  []byte
}

// fields takes a message apart; what is neither a number nor bytes is left out.
func fields(message []byte) ([]field, error) {
	var all []field
	for len(message) > 0 {
		number, kind, n := protowire.ConsumeTag(message)
		if n < 0 {
			return nil, protowire.ParseError(n)
		}
		message = message[n:]
		f := field{number: int(number)}
		switch kind {
		case protowire.VarintType:
			f.value, n = protowire.ConsumeVarint(message)
		case protowire.BytesType:
			f.bytes, n = protowire.ConsumeBytes(message)
		default:
			n = protowire.ConsumeFieldValue(number, kind, message)
		}
		if n < 0 {
			return nil, protowire.ParseError(n)
		}
		message = message[n:]
		all = append(all, f)
	}
	return all, nil
}

// description is a SessionDescription; its id ties an answer to an offer.
type description struct {
	kind, sdp string
	id        uint64
}

func parseDescription(message []byte) (description, error) {
	var d description
	all, err := fields(message)
	for _, f := range all {
		switch f.number {
		case 1:
			d.kind = string(f.bytes)
		case 2:
			d.sdp = string(f.bytes)
		case 3:
			d.id = f.value
		}
	}
	return d, err
}

func (d description) encode() []byte {
	return appendNumber(appendText(appendText(nil, 1, d.kind), 2, d.sdp), 3, d.id)
}

// trickle is one candidate of the server, for one of the two connections.
type trickle struct {
	candidate string // JSON of an RTCIceCandidateInit
	target    uint64
}

func parseTrickle(message []byte) (trickle, error) {
	var t trickle
	all, err := fields(message)
	for _, f := range all {
		switch f.number {
		case 1:
			t.candidate = string(f.bytes)
		case 2:
			t.target = f.value
		}
	}
	return t, err
}

func addTrack(id string, video bool) []byte {
	message := appendText(appendText(nil, 1, id), 2, id)
	if !video {
		return appendNumber(appendNumber(message, 8, sourceMicrophone), 13, 1) // plain Opus, without RED
	}
	message = appendNumber(message, 3, kindVideo)
	return appendNumber(appendNumber(appendNumber(message, 4, 1280), 5, 720), 8, sourceCamera)
}

func ping(now time.Time) []byte { return appendNumber(nil, 1, uint64(now.UnixMilli())) }

func appendText(message []byte, number protowire.Number, text string) []byte {
	return protowire.AppendString(protowire.AppendTag(message, number, protowire.BytesType), text)
}

func appendNumber(message []byte, number protowire.Number, value uint64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(message, number, protowire.VarintType), value)
}

// request wraps a message as the field of a SignalRequest that says what it is.
func request(number protowire.Number, message []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(nil, number, protowire.BytesType), message)
}
