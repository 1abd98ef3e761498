package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/parley-rtc/parley/load/bench/internal/report"
)

const (
	rampStep    = 50
	rampWindow  = 5 * time.Second
	rampSettle  = 5 * time.Second
	lossMost    = 0.001
	steadyWait  = 60 * time.Second
	steadyShare = 0.95
)

// stand is one server and the people in its room.
type stand struct {
	peer  peer
	fleet fleet
	base  int64 // RSS of the process that forwards before anybody joined
	noted noted
}

// runOnce measures one case on a fresh server of this kind.
func runOnce(ctx context.Context, o options, kind string, s scenario) (figures noted, err error) {
	data, err := os.MkdirTemp("", "parley-bench-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(data)) }()
	server, err := peers[kind](ctx, o, data)
	if err != nil {
		return nil, err
	}
	st := &stand{peer: server, fleet: fleet{peer: server}, noted: noted{}}
	defer func() { err = errors.Join(err, st.close()) }()
	if s.ramp {
		err = st.ramp(ctx, o, s)
	} else {
		err = st.steady(ctx, o, s)
	}
	return st.noted, err
}

func (st *stand) steady(ctx context.Context, o options, s scenario) error {
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
	m.note(&st.noted)
	st.noted.add("received of what is sent", "%", 100*m.rate()/s.offered(len(receivers)))
	st.noted.add("join answered p50", "ms", report.Percentile(entered, 0.5))
	st.noted.add("first media p50", "ms", report.Percentile(first, 0.5))
	st.noted.add("first media p95", "ms", report.Percentile(first, 0.95))
	return st.noteMemory()
}

// noteMemory states what the process had before anybody joined, and what each participant adds.
func (st *stand) noteMemory() error {
	process := st.peer.media()
	if process == nil {
		return nil
	}
	rss, err := process.RSS()
	st.noted.add("RSS before joins", "MB", float64(st.base)/1e6)
	st.noted.add("RSS per participant beyond that", "kB", float64(rss-st.base)/1e3/float64(len(st.fleet.people)))
	return err
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
	if process := st.peer.media(); process != nil {
		var err error
		if st.base, err = process.RSS(); err != nil {
			return nil, err
		}
	}
	var receivers []*person
	for range s.publishers {
		p, err := st.fleet.join(ctx, s, true, s.meeting)
		if err != nil {
			return nil, err
		}
		if s.meeting {
			receivers = append(receivers, p)
		}
		if err := p.place.AwaitConnected(ctx); err != nil {
			return nil, err
		}
	}
	for range more {
		p, err := st.fleet.join(ctx, s, false, true)
		if err != nil {
			return nil, err
		}
		receivers = append(receivers, p)
	}
	return receivers, nil
}

// ramp adds receivers until packets are lost, the node's core is full, or there are as many as were asked for.
func (st *stand) ramp(ctx context.Context, o options, s scenario) error {
	receivers, err := st.fill(ctx, s, 0)
	if err != nil {
		return err
	}
	var best measurement
	for len(receivers) < o.most {
		for range rampStep {
			p, err := st.fleet.join(ctx, s, false, true)
			if err != nil {
				return err
			}
			receivers = append(receivers, p)
		}
		if err := st.fleet.awaitMedia(ctx, receivers); err != nil {
			return err
		}
		if err := awaitRate(ctx, receivers, steadyShare*s.offered(len(receivers))); err != nil {
			return err
		}
		settle := rampSettle
		if best.received == 0 {
			settle = max(settle, o.settle)
		}
		if err := pause(ctx, settle); err != nil {
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
		return errors.New("the first step already lost packets or did not reach its rate")
	}
	best.note(&st.noted)
	return nil
}

func (st *stand) close() error {
	st.fleet.close()
	return st.peer.stop()
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
