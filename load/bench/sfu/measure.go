package main

import (
	"context"
	"fmt"
	"time"

	"github.com/parley-rtc/parley/load/bench/internal/report"
)

// measurement is what happened in one window.
type measurement struct {
	received int64
	expected int64
	cpu      float64 // seconds of the media node
	took     time.Duration
	delays   []time.Duration
}

func (st *stand) measure(ctx context.Context, window time.Duration, receivers []*person) (measurement, error) {
	cpu, err := st.media.CPU()
	if err != nil {
		return measurement{}, err
	}
	began, before := time.Now(), total(receivers)
	for _, p := range receivers {
		p.tally.sampling(true)
	}
	if err := pause(ctx, window); err != nil {
		return measurement{}, err
	}
	after := total(receivers)
	took := time.Since(began)
	now, err := st.media.CPU()
	if err != nil {
		return measurement{}, err
	}
	m := measurement{
		received: after.received - before.received, expected: after.expected - before.expected,
		cpu: now - cpu, took: took,
	}
	for _, p := range receivers {
		m.delays = append(m.delays, p.tally.sampling(false)...)
	}
	if m.received == 0 {
		return m, fmt.Errorf("nothing was received")
	}
	return m, nil
}

func total(receivers []*person) sum {
	var all sum
	for _, p := range receivers {
		all.add(p.tally.sum())
	}
	return all
}

func (m measurement) rate() float64 { return float64(m.received) / m.took.Seconds() }

func (m measurement) loss() float64 {
	return max(0, float64(m.expected-m.received)/float64(max(1, m.expected)))
}

func (m measurement) perPacket() float64 { return m.cpu * 1e6 / float64(m.received) }

func (m measurement) core() float64 { return m.cpu * 100 / m.took.Seconds() }

// String describes the measurement in one line.
func (m measurement) String() string {
	return fmt.Sprintf("%.0f packets/s, %.2f µs per packet, core %.0f %%, loss %.3f %%",
		m.rate(), m.perPacket(), m.core(), m.loss()*100)
}

func (m measurement) note(name string, r *report.Report) {
	r.Add(name+" forwarded packets", "1/s", m.rate())
	r.Add(name+" node CPU per forwarded packet", "µs", m.perPacket())
	r.Add(name+" node core used", "%", m.core())
	r.Add(name+" loss", "%", m.loss()*100)
	if len(m.delays) > 0 {
		r.Add(name+" one-way p50", "ms", report.Percentile(m.delays, 0.50))
		r.Add(name+" one-way p95", "ms", report.Percentile(m.delays, 0.95))
		r.Add(name+" one-way p99", "ms", report.Percentile(m.delays, 0.99))
	}
}
