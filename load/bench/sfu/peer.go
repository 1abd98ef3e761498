package main

import (
	"context"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"github.com/parley-rtc/parley/load/bench/internal/node"
)

// peer is who answers: a server with a room on it. Everything that is measured goes through here, so that two kinds of
// servers get the same media from the same generator.
type peer interface {
	// join lets one more in; it returns when the server has answered.
	join(ctx context.Context, name string, w wish) (place, error)
	// media is the process that forwards packets; nil when it runs elsewhere.
	media() *node.Process
	stop() error
}

// wish is what a participant wants of a room.
type wish struct {
	sends        []sending
	video, audio int // how many of a kind are received at most; 0 = none
	onRTP        func(ssrc uint32, packet *rtp.Packet)
	plain        bool // without Pion's interceptors
	engine       func(*webrtc.SettingEngine)
}

// receives says whether anything is wanted of others.
func (w wish) receives() bool { return w.video+w.audio > 0 }

// sending is one track with one encoding.
type sending struct {
	track      *webrtc.TrackLocalStaticRTP
	onKeyFrame func() // may be nil
}

// place is one participant's, in the room of either server.
type place interface {
	AwaitConnected(ctx context.Context) error
	ExtensionID(uri string) (uint8, bool)
	WriteRTCP(packets []rtcp.Packet) error
	leave()
}

// peers begin a fresh server each, by the name that the table calls them.
var peers = map[string]func(ctx context.Context, o options, data string) (peer, error){
	"parley":  startParley,
	"livekit": startLiveKit,
}
