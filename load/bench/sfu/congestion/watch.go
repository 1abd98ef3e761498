package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/pion/rtp"

	"github.com/parley-rtc/parley/sdk-go/rtc"
)

const (
	sampleEvery = 200 * time.Millisecond
	// settle is how long a step may take until the controller has found it.
	settle = 10 * time.Second
)

// sample is one point of the curves. Bytes are sums since the beginning, as the link counts them.
type sample struct {
	At        time.Duration `json:"atNanos"`
	LinkBps   int64         `json:"linkBps"`
	Arrived   int64         `json:"arrivedBytes"`
	Delivered int64         `json:"deliveredBytes"`
	QueueMs   float64       `json:"queueMs"`
	Drops     int64         `json:"drops"`
	TargetBps int64         `json:"targetBps"`
	Voices    int64         `json:"voices"` // audio packets
}

// curve is what happened at one loss, step after step.
type curve struct {
	Loss    float64  `json:"loss"`
	Samples []sample `json:"samples"`
	began   time.Time
	gaps    []silence
}

// silence is how long no audio came, ending at.
type silence struct {
	at   time.Time
	long time.Duration
}

// hearing notes the audio that reaches the receiver.
type hearing struct {
	mu      sync.Mutex
	last    time.Time
	packets int64
	gaps    []silence
}

const (
	// gapNoted is longer than a few packets lost in a row.
	gapNoted = 100 * time.Millisecond
	gapsMost = 10_000
)

func newHearing() *hearing { return &hearing{} }

func (h *hearing) take(_ rtc.Remote, packet *rtp.Packet) {
	if len(packet.Payload) != audioBytes {
		return
	}
	now := time.Now()
	h.mu.Lock()
	defer h.mu.Unlock()
	if gap := now.Sub(h.last); !h.last.IsZero() && gap > gapNoted && len(h.gaps) < gapsMost {
		h.gaps = append(h.gaps, silence{now, gap})
	}
	h.last = now
	h.packets++
}

func (h *hearing) count() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.packets
}

// silences are those so far, the one that lasts too.
func (h *hearing) silences() []silence {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	return append(append([]silence(nil), h.gaps...), silence{now, now.Sub(h.last)})
}

// watch takes the link through the steps.
func (st *stand) watch(ctx context.Context, o options, loss float64) (curve, error) {
	c := curve{Loss: loss}
	if err := st.awaitAudio(ctx); err != nil {
		return c, err
	}
	began := time.Now()
	tick := time.NewTicker(sampleEvery)
	defer tick.Stop()
	for i, bps := range o.steps {
		if err := st.link.shape(ctx, bps); err != nil {
			return c, err
		}
		for end := time.Duration(i+1) * o.length; time.Since(began) < end; {
			select {
			case <-tick.C:
			case <-ctx.Done():
				return c, ctx.Err()
			}
			s, err := st.sample(ctx, bps)
			if err != nil {
				return c, err
			}
			s.At = time.Since(began)
			c.Samples = append(c.Samples, s)
		}
	}
	c.began, c.gaps = began, st.heard.silences()
	return c, nil
}

func (st *stand) awaitAudio(ctx context.Context) error {
	for range int(connectWait / sampleEvery) {
		if st.heard.count() > 0 {
			return nil
		}
		if err := pause(ctx, sampleEvery); err != nil {
			return err
		}
	}
	return fmt.Errorf("no audio within %v", connectWait)
}

func (st *stand) sample(ctx context.Context, bps int64) (sample, error) {
	standing, err := st.link.standing(ctx)
	if err != nil {
		return sample{}, err
	}
	target, err := st.target(ctx)
	return sample{
		LinkBps: bps, Arrived: st.relay.arrived.Load(), Delivered: st.relay.delivered.Load(),
		QueueMs: float64(standing.Backlog) * 8e3 / float64(bps), Drops: standing.Drops,
		TargetBps: target, Voices: st.heard.count(),
	}, err
}

// target is what the node believes that the receiver can be sent.
func (st *stand) target(ctx context.Context) (int64, error) {
	address := fmt.Sprintf("http://%s/debug/rooms", st.media.Operators)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	reply, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	defer reply.Body.Close() //nolint:errcheck // read only
	var rooms []struct {
		Members []struct {
			ID        string `json:"id"`
			TargetBps int64  `json:"targetBps"`
		} `json:"members"`
	}
	if err := json.NewDecoder(reply.Body).Decode(&rooms); err != nil {
		return 0, fmt.Errorf("%s: %w", address, err)
	}
	for _, room := range rooms {
		for _, member := range room.Members {
			if member.ID == string(st.receiver.Self().ID) {
				return member.TargetBps, nil
			}
		}
	}
	return 0, nil // it is about to join again: its path was silent for too long
}
