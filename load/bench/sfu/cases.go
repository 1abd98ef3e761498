package main

import "time"

// scenario says who takes part.
type scenario struct {
	publishers int
	receivers  int // beside the publishers
	video      bool
	audio      bool
	// meeting has the publishers receive each other.
	meeting bool
	// light receivers read headers at the socket and drop the rest, so that the generator is not what saturates.
	light bool
	// ramp adds receivers step by step until packets are lost.
	ramp bool
}

var cases = map[string]scenario{
	"video20":  {publishers: 1, receivers: 20, video: true},
	"video100": {publishers: 1, receivers: 100, video: true},
	"meeting":  {publishers: 6, video: true, audio: true, meeting: true},
	"audio50":  {publishers: 1, receivers: 50, audio: true},
	"capacity": {publishers: 1, video: true, light: true, ramp: true},
}

// offered is how many packets a second this many receivers get when nothing is held back.
func (s scenario) offered(receivers int) float64 {
	senders, each := s.publishers, 0
	if s.meeting {
		senders--
	}
	if s.video {
		each += framesPerSecond * packetsPerFrame
	}
	if s.audio {
		each += int(time.Second / audioEvery)
	}
	return float64(receivers * senders * each)
}
