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
	cpu      float64 // seconds of the process that forwards; 0 when it is not known
	compiler float64 // of them, seconds of a JVM's compilers
	took     time.Duration
	delays   []time.Duration
}

func (st *stand) measure(ctx context.Context, window time.Duration, receivers []*person) (measurement, error) {
	cpu, compiler, err := st.used()
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
	cpuNow, compilerNow, err := st.used()
	if err != nil {
		return measurement{}, err
	}
	m := measurement{
		received: after.received - before.received, expected: after.expected - before.expected,
		cpu: cpuNow - cpu, compiler: max(0, compilerNow-compiler), took: took,
	}
	for _, p := range receivers {
		m.delays = append(m.delays, p.tally.sampling(false)...)
	}
	if m.received == 0 {
		return m, fmt.Errorf("nothing was received")
	}
	return m, nil
}

// used is the CPU of the process that forwards, and of a JVM's compilers in it, in seconds so far.
func (st *stand) used() (cpu, compiler float64, err error) {
	process := st.peer.media()
	if process == nil {
		return 0, 0, nil
	}
	if cpu, err = process.CPU(); err != nil {
		return 0, 0, err
	}
	compiler, err = process.CompilerCPU()
	return cpu, compiler, err
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

func (m measurement) note(n *noted) {
	n.add(perSecond, "1/s", m.rate())
	if m.cpu > 0 {
		n.add(perPacket, "µs", m.perPacket())
		n.add(coreUsed, "%", m.core())
	}
	if m.compiler > 0 {
		n.add("of it just-in-time compilation", "%", m.compiler*100/m.cpu)
	}
	n.add("loss", "%", m.loss()*100)
	if len(m.delays) > 0 {
		n.add("one-way p50", "ms", report.Percentile(m.delays, 0.50))
		n.add("one-way p95", "ms", report.Percentile(m.delays, 0.95))
		n.add("one-way p99", "ms", report.Percentile(m.delays, 0.99))
	}
}
