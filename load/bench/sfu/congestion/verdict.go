package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"time"
)

// What is asked of every step.
const (
	shareLeast = 0.8
	queueMost  = 200 // ms that packets stand in the link's queue once the step has settled
	audioLeast = 0.9 // of what this loss leaves
	gapMost    = 400 // ms without any audio
)

// verdict is what became of one step. Rates and queue are those after settling, audio that of the whole step.
type verdict struct {
	Loss      float64 `json:"loss"`
	LinkBps   int64   `json:"linkBps"`
	Received  float64 `json:"receivedBps"`
	Share     float64 `json:"share"` // of what the link can deliver at this loss
	Target    float64 `json:"targetBps"`
	QueueMean float64 `json:"queueMeanMs"`
	QueueP95  float64 `json:"queueP95Ms"`
	Standing  float64 `json:"queueStandingMs"`
	Audio     float64 `json:"audioShare"`
	Gap       float64 `json:"audioGapMs"`
	Passed    bool    `json:"passed"`
}

func (c curve) verdicts(o options) []verdict {
	var all []verdict
	for i, bps := range o.steps {
		from, to := time.Duration(i)*o.length, time.Duration(i+1)*o.length
		all = append(all, c.judge(bps, from, to))
	}
	return all
}

func (c curve) between(from, to time.Duration) []sample {
	var found []sample
	for _, s := range c.Samples {
		if s.At >= from && s.At < to {
			found = append(found, s)
		}
	}
	return found
}

func (c curve) judge(bps int64, from, to time.Duration) verdict {
	v := verdict{Loss: c.Loss, LinkBps: bps}
	whole, settled := c.between(from, to), c.between(from+settle, to)
	if len(settled) < 2 {
		return v
	}
	first, last := settled[0], settled[len(settled)-1]
	v.Received = float64(last.Delivered-first.Delivered) * 8 / (last.At - first.At).Seconds()
	v.Share = v.Received / (float64(bps) * (1 - c.Loss))
	var queues []float64
	for _, s := range settled {
		v.Target += float64(s.TargetBps) / float64(len(settled))
		v.QueueMean += s.QueueMs / float64(len(settled))
		queues = append(queues, s.QueueMs)
	}
	v.Standing = standingQueue(queues)
	slices.Sort(queues)
	v.QueueP95 = queues[len(queues)*95/100]
	sent := (whole[len(whole)-1].At - whole[0].At).Seconds() / audioEvery.Seconds()
	v.Audio = float64(whole[len(whole)-1].Voices-whole[0].Voices) / (sent * (1 - c.Loss))
	for _, gap := range c.gaps {
		if at := gap.at.Sub(c.began); at >= from && at < to {
			v.Gap = max(v.Gap, float64(gap.long.Milliseconds()))
		}
	}
	heard := v.Audio >= audioLeast && v.Gap <= gapMost
	v.Passed = v.Share >= shareLeast && v.Standing <= queueMost && heard
	return v
}

// standingQueue is the longest that does not go away within a second: one that drains is how a rate is found.
func standingQueue(queues []float64) float64 {
	window, most := int(time.Second/sampleEvery), 0.0
	for i := 0; i+window <= len(queues); i++ {
		most = max(most, slices.Min(queues[i:i+window]))
	}
	return most
}

// report prints the table, writes files that were asked for, and fails when a step was missed.
func report(o options, curves []curve) error {
	var all []verdict
	for _, c := range curves {
		all = append(all, c.verdicts(o)...)
	}
	fmt.Printf("each step %v after the other, judged from second %.0f; delay %v + 0-%v, queue of %v, seed %d\n\n",
		o.length, settle.Seconds(), o.delay, o.jitter, o.queue, o.seed)
	const heading = "%6s %9s %12s %7s %12s %10s %10s %10s %7s %9s\n"
	fmt.Printf(heading, "loss", "link", "received", "share", "estimate", "queue mean", "queue p95", "standing", "audio",
		"worst gap")
	fmt.Printf(heading, "%", "kbit/s", "kbit/s", "%", "kbit/s", "ms", "ms", "ms", "%", "ms")
	missed := 0
	for _, v := range all {
		word := "ok"
		if !v.Passed {
			word = "MISSED"
			missed++
		}
		fmt.Printf("%6g %9d %12.0f %7.0f %12.0f %10.0f %10.0f %10.0f %7.0f %9.0f  %s\n", v.Loss*100, v.LinkBps/1_000,
			v.Received/1e3, v.Share*100, v.Target/1e3, v.QueueMean, v.QueueP95, v.Standing, v.Audio*100, v.Gap, word)
	}
	if err := write(o, curves, all); err != nil {
		return err
	}
	if missed > 0 {
		return fmt.Errorf("%w: %d of %d", errMissed, missed, len(all))
	}
	return nil
}

func write(o options, curves []curve, all []verdict) error {
	if o.json != "" {
		text, err := json.MarshalIndent(struct {
			Verdicts []verdict `json:"verdicts"`
			Curves   []curve   `json:"curves"`
		}{all, curves}, "", " ")
		if err != nil {
			return err
		}
		if err := os.WriteFile(o.json, append(text, '\n'), 0o600); err != nil {
			return err
		}
	}
	if o.picture != "" {
		return os.WriteFile(o.picture, []byte(draw(o, curves)), 0o600)
	}
	return nil
}
