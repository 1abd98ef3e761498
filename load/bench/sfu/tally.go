package main

import (
	"sync"
	"time"
)

const sampleEvery = 4

// tally is what one receiver got in its slots.
type tally struct {
	mu      sync.Mutex
	first   time.Time
	streams map[uint32]*stream // by SSRC
	sample  bool               // delays are noted
	delays  []time.Duration
}

// stream counts the packets of one slot.
type stream struct {
	received int64
	base     int64 // unwrapped number of the first packet
	highest  int64
}

// sum is a point in time; what lies between two of them is a measurement.
type sum struct{ received, expected int64 }

func newTally() *tally { return &tally{streams: map[uint32]*stream{}} }

func (t *tally) add(ssrc uint32, sequence uint16, delay time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := t.streams[ssrc]
	if s == nil {
		if t.first.IsZero() {
			t.first = time.Now()
		}
		s = &stream{base: int64(sequence), highest: int64(sequence)}
		t.streams[ssrc] = s
	}
	s.received++
	if step := int16(sequence - uint16(s.highest)); step > 0 {
		s.highest += int64(step)
	}
	if t.sample && delay > 0 && s.received%sampleEvery == 0 {
		t.delays = append(t.delays, delay)
	}
}

func (t *tally) firstMedia() time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.first
}

func (t *tally) sum() sum {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out sum
	for _, s := range t.streams {
		out.received += s.received
		out.expected += s.highest - s.base + 1
	}
	return out
}

// sampling begins or ends the notes of delays, and gives those noted so far.
func (t *tally) sampling(on bool) []time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	noted := t.delays
	t.sample, t.delays = on, nil
	return noted
}

func (s *sum) add(other sum) {
	s.received += other.received
	s.expected += other.expected
}
