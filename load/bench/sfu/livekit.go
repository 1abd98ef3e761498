package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"github.com/parley-rtc/parley/load/bench/internal/node"
	"github.com/parley-rtc/parley/load/bench/sfu/livekit"
)

// livekitPeer is a LiveKit server: a fresh one of our own, or one that runs already.
type livekitPeer struct {
	server  livekit.Server
	own     *livekit.Process // nil when it runs already
	process *node.Process    // nil when it is not on this machine
}

func startLiveKit(ctx context.Context, o options, data string) (peer, error) {
	if o.livekit.URL != "" {
		p := &livekitPeer{server: o.livekit}
		if o.livekitPID != 0 {
			p.process = &node.Process{PID: o.livekitPID}
		}
		return p, nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, err
	}
	program, err := livekit.Build(ctx, o.livekitServer, filepath.Join(cache, "parley-bench"))
	if err != nil {
		return nil, err
	}
	own, err := livekit.Start(ctx, program, o.core, data)
	if err != nil {
		return nil, err
	}
	return &livekitPeer{server: own.Server, own: own, process: &node.Process{PID: own.PID}}, nil
}

type livekitPlace struct{ *livekit.Room }

func (p livekitPlace) leave() { p.Leave() }

func (p *livekitPeer) join(ctx context.Context, name string, w wish) (place, error) {
	options := livekit.Options{Receives: w.receives(), Engine: w.engine, Plain: w.plain}
	if w.onRTP != nil {
		options.OnRTP = func(ssrc webrtc.SSRC, packet *rtp.Packet) { w.onRTP(uint32(ssrc), packet) }
	}
	for _, s := range w.sends {
		options.Send = append(options.Send, livekit.Send{Track: s.track, OnKeyFrame: s.onKeyFrame})
	}
	room, err := livekit.Join(ctx, p.server, string(roomID), name, options)
	if err != nil {
		return nil, err
	}
	return livekitPlace{room}, nil
}

func (p *livekitPeer) media() *node.Process { return p.process }

func (p *livekitPeer) stop() error {
	if p.own == nil {
		return nil
	}
	return p.own.Stop()
}
