package rtc

import (
	"log/slog"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"github.com/parley-rtc/parley/sdk-go"
)

// Defaults of [Options].
const (
	VideoSlotsDefault = 9
	AudioSlotsDefault = 3
)

// Bounds of what is waited for and repeated.
const (
	// quietWait is how long a path may be silent before it gets an ICE restart.
	quietWait = 3 * time.Second
	// restartWait is how long a restarted path has to carry media before the room is joined again.
	restartWait = 15 * time.Second
	// refreshEvery bounds how long a lost ephemeral event can matter.
	refreshEvery = 20 * time.Second
	// callWait bounds each command of the room's own.
	callWait = 15 * time.Second
	// rejoinsMost is how often a place is looked for again before the room gives up.
	rejoinsMost = 8
)

// Send is one thing to send. Its tracks live as long as their owner wants: they are bound again when the room is joined
// again. What is written while there is no path is dropped.
type Send struct {
	Kind parley.TrackKind
	// Encodings are the same picture in several sizes, smallest first, each with its own RID (simulcast); for audio,
	// and for video that is sent in one size, a single one without RID.
	Encodings []webrtc.TrackLocal
	Muted     bool
	// OnKeyFrame is called when somebody needs a key frame of an encoding (its RID; "" for a single one). It must not
	// block.
	OnKeyFrame func(rid string)
}

// Remote says whose media a slot carries at the moment.
type Remote struct {
	parley.Slot
	// SSRC of the slot, for RTCP.
	SSRC webrtc.SSRC
}

// Options say what to send and what to be told. All fields are optional. Functions are called one at a time per kind,
// from the room's own goroutines, and must not block.
type Options struct {
	Send []Send
	// VideoSlots and AudioSlots bound how many are received at once; 0 = the default, negative = none.
	VideoSlots int
	AudioSlots int
	// View is what to see from the beginning.
	View *parley.View
	// Region nearest to the client, when it knows.
	Region string

	// OnRTP takes each packet that arrives, from one goroutine per slot. Remote.Track is empty while the server's word
	// on whose it is has not arrived; a slot changes hands a moment before its map does.
	OnRTP func(from Remote, packet *rtp.Packet)
	// OnSlots is told who is in the slots, all of them, at each change.
	OnSlots func(slots []parley.Slot)
	// OnParticipants is told who is there, in the order of joining, at each change.
	OnParticipants func(participants []parley.Participant)
	// OnSpeakers is told who speaks, the dominant one first.
	OnSpeakers func(speakers []parley.ParticipantID)
	// OnAllocations is told what this receiver gets of each video, and why not more.
	OnAllocations func(allocations []parley.Allocation)
	// OnDemand is told which encodings of an own track somebody watches.
	OnDemand func(demand parley.Demand)
	// OnState is told of every change, with the reason of Recovering and Ended.
	OnState func(state State, reason error)
	Logger  *slog.Logger

	// Engine changes Pion's settings before each peer connection is made.
	Engine func(settings *webrtc.SettingEngine)
	// Plain leaves Pion's interceptors out: no NACKs, no reports, no feedback. For measuring, not for use.
	Plain bool
}

func (o Options) complete() Options {
	o.VideoSlots = slots(o.VideoSlots, VideoSlotsDefault)
	o.AudioSlots = slots(o.AudioSlots, AudioSlotsDefault)
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

func slots(wanted, otherwise int) int {
	if wanted == 0 {
		return otherwise
	}
	return max(0, wanted)
}
