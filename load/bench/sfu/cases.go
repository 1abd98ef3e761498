package main

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
