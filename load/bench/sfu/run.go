package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/parley-rtc/parley/load/bench/internal/node"
	"github.com/parley-rtc/parley/load/bench/internal/report"
	"github.com/parley-rtc/parley/sdk-go"
)

const (
	participantsMost = 2_000
	attachWait       = 30 * time.Second
	rampStep         = 50
	rampWindow       = 5 * time.Second
	lossMost         = 0.001
	steadyWait       = 60 * time.Second
	steadyShare      = 0.95
)

// stand is one server with one media node, and the people in its room.
type stand struct {
	name   string
	server *node.Node
	media  *node.Node
	fleet  fleet
	base   int64 // RSS of the media node before anybody joined
}

// runOnce measures one case on a fresh server.
func runOnce(ctx context.Context, o options, name string, s scenario, r *report.Report) (err error) {
	data, err := os.MkdirTemp("", "parley-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(data)) }()
	st := &stand{name: name}
	defer func() { err = errors.Join(err, st.close()) }()
	if err := st.start(ctx, o, data); err != nil {
		return err
	}
	if s.ramp {
		return st.ramp(ctx, o, s, r)
	}
	return st.steady(ctx, o, s, r)
}

func (st *stand) start(ctx context.Context, o options, data string) error {
	control, err := node.FreePort(ctx)
	if err != nil {
		return err
	}
	settings := append(node.Unlimited(), "control.port="+control,
		"roles=fanout,chat,presence,signaling,control,gateway")
	if st.server, err = node.Start(ctx, data, settings...); err != nil {
		return err
	}
	st.media, err = node.StartMedia(ctx, o.core, "127.0.0.1", "127.0.0.1:"+control,
		"--participants", strconv.Itoa(participantsMost), "--bandwidth", "100000")
	if err != nil {
		return err
	}
	st.fleet.url = "http://" + st.server.Address
	return st.open(ctx)
}

// open makes the room.
func (st *stand) open(ctx context.Context) error {
	client, err := parley.Connect(ctx, parley.Options{
		URL: st.fleet.url, Token: parley.StaticToken(node.Token("host")),
	})
	if err != nil {
		return err
	}
	defer client.Close()
	_, err = client.CreateRoom(ctx, parley.NewRoom{ID: roomID, ParticipantLimit: participantsMost})
	return err
}

// enter lets the next one in; the first may be early for the media node's attachment.
func (st *stand) enter(ctx context.Context, s scenario, publishes, receives bool) (*person, error) {
	deadline := time.Now().Add(attachWait)
	for {
		p, err := st.fleet.join(ctx, s, publishes, receives)
		if err == nil || !errors.Is(err, parley.CodeNoMediaNode) || time.Now().After(deadline) {
			return p, err
		}
		if err := pause(ctx, 100*time.Millisecond); err != nil {
			return nil, err
		}
	}
}

func (st *stand) steady(ctx context.Context, o options, s scenario, r *report.Report) error {
	receivers, err := st.fill(ctx, s, s.receivers)
	if err != nil {
		return err
	}
	if err := st.fleet.awaitMedia(ctx, receivers); err != nil {
		return err
	}
	var entered, first []time.Duration
	for _, p := range receivers {
		entered = append(entered, p.entered)
		first = append(first, p.tally.firstMedia().Sub(p.began))
	}
	if err := awaitRate(ctx, receivers, steadyShare*s.offered(len(receivers))); err != nil {
		return err
	}
	if err := pause(ctx, o.settle); err != nil {
		return err
	}
	m, err := st.measure(ctx, o.window, receivers)
	if err != nil {
		return err
	}
	m.note(st.name, r)
	note := func(figure, unit string, value float64) { r.Add(st.name+" "+figure, unit, value) }
	note("received of what is sent", "%", 100*m.rate()/s.offered(len(receivers)))
	note("join answered p50", "ms", report.Percentile(entered, 0.5))
	note("first media p50", "ms", report.Percentile(first, 0.5))
	note("first media p95", "ms", report.Percentile(first, 0.95))
	rss, err := st.media.RSS()
	if err != nil {
		return err
	}
	note("RSS before joins", "MB", float64(st.base)/1e6)
	note("RSS per participant", "kB", float64(rss-st.base)/1e3/float64(len(st.fleet.people)))
	return nil
}

// awaitRate waits until the estimates of bandwidth let everything through, or for steadyWait: the report says which.
func awaitRate(ctx context.Context, receivers []*person, wanted float64) error {
	for range int(steadyWait / time.Second) {
		before, began := total(receivers), time.Now()
		if err := pause(ctx, time.Second); err != nil {
			return err
		}
		if float64(total(receivers).received-before.received)/time.Since(began).Seconds() >= wanted {
			return nil
		}
	}
	return nil
}

// fill lets the publishers in, then more receivers; it gives those who receive.
func (st *stand) fill(ctx context.Context, s scenario, more int) ([]*person, error) {
	var err error
	if st.base, err = st.media.RSS(); err != nil {
		return nil, err
	}
	var receivers []*person
	for range s.publishers {
		p, err := st.enter(ctx, s, true, s.meeting)
		if err != nil {
			return nil, err
		}
		if s.meeting {
			receivers = append(receivers, p)
		}
		if err := p.room.AwaitConnected(ctx); err != nil {
			return nil, err
		}
	}
	for range more {
		p, err := st.enter(ctx, s, false, true)
		if err != nil {
			return nil, err
		}
		receivers = append(receivers, p)
	}
	return receivers, nil
}

// ramp adds receivers until packets are lost, the node's core is full, or there are as many as were asked for.
func (st *stand) ramp(ctx context.Context, o options, s scenario, r *report.Report) error {
	receivers, err := st.fill(ctx, s, 0)
	if err != nil {
		return err
	}
	var best measurement
	for len(receivers) < o.most {
		for range rampStep {
			p, err := st.enter(ctx, s, false, true)
			if err != nil {
				return err
			}
			receivers = append(receivers, p)
		}
		if err := st.fleet.awaitMedia(ctx, receivers); err != nil {
			return err
		}
		if err := pause(ctx, o.settle); err != nil {
			return err
		}
		m, err := st.measure(ctx, rampWindow, receivers)
		if err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "%d receivers: %s\n", len(receivers), m)
		if m.loss() > lossMost || m.rate() < 0.98*s.offered(len(receivers)) {
			break
		}
		best = m
	}
	if best.received == 0 {
		return errors.New("packets were lost from the first step on")
	}
	best.note(st.name, r)
	return nil
}

func (st *stand) close() error {
	st.fleet.close()
	var failed error
	if st.media != nil {
		failed = st.media.Stop()
	}
	if st.server != nil {
		failed = errors.Join(failed, st.server.Stop())
	}
	return failed
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
