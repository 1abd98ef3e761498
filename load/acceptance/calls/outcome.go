package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// outcome is what one codec came to; a list that should be empty says so by its name.
type outcome struct {
	Codec   string     `json:"codec"`
	Seconds float64    `json:"seconds"`
	Pairs   []pair     `json:"pairs"`
	Senders []pageView `json:"senders"`
	Wrong   []string   `json:"wrong"`
	// Same are pairs whose picture did not change its size with the view: the link did not seem to carry more.
	Same []string `json:"same"`
}

// pair is what somebody received of somebody else while it was watched.
type pair struct {
	From            string  `json:"from"`
	To              string  `json:"to"`
	Codec           string  `json:"codec"`
	Frames          int     `json:"frames"`
	FramesPerSecond float64 `json:"framesPerSecond"`
	KeyFrames       int     `json:"keyFrames"`
	Freezes         int     `json:"freezes"`
	FrozenMillis    int     `json:"frozenMillis"`
	Dropped         int     `json:"dropped"`
	Lost            int     `json:"lost"`
	// Sizes are shown large, small, and large again.
	Sizes []string `json:"sizes"`
	// Reason is the last allocation's.
	Reason string `json:"reason"`
}

// missing notes pairs that do not decode.
func (o *outcome) missing(pairs []string) {
	slices.Sort(pairs)
	for _, each := range pairs {
		o.Wrong = append(o.Wrong, "no picture: "+each)
	}
}

// compare makes the pairs of the difference between the first and the last that was read.
func (o *outcome) compare(first, large, small, last []pageView) {
	for _, view := range last {
		if len(view.Sent) > 0 {
			o.Senders = append(o.Senders, pageView{Name: view.Name, Status: view.Status, Sent: view.Sent})
		}
		for _, seen := range view.Seen {
			before, _ := find(first, view.Name, seen.From)
			p := pair{
				From: seen.From, To: view.Name, Codec: seen.Codec,
				Frames: seen.Frames - before.Frames, KeyFrames: seen.KeyFrames - before.KeyFrames,
				Freezes: seen.Freezes - before.Freezes, FrozenMillis: seen.FrozenMillis - before.FrozenMillis,
				Dropped: seen.Dropped - before.Dropped, Lost: seen.Lost - before.Lost,
				Reason: seen.Reason,
			}
			for _, views := range [][]pageView{large, small, last} {
				p.Sizes = append(p.Sizes, sizeIn(views, view.Name, seen.From))
			}
			p.FramesPerSecond = float64(p.Frames) / o.Seconds
			o.judge(p, seen)
			o.Pairs = append(o.Pairs, p)
		}
	}
}

func (o *outcome) judge(p pair, seen sight) {
	name := p.From + " -> " + p.To
	if p.Frames <= 0 {
		o.Wrong = append(o.Wrong, "the picture stands: "+name)
	}
	if p.Codec != o.Codec {
		o.Wrong = append(o.Wrong, fmt.Sprintf("%s instead of %s: %s", p.Codec, o.Codec, name))
	}
	if isSimulcast(seen) && p.Sizes[0] != "" && p.Sizes[0] == p.Sizes[1] {
		o.Same = append(o.Same, name)
	}
}

// isSimulcast is true for pictures that come in several sizes and whose size is known.
func isSimulcast(seen sight) bool { return strings.HasPrefix(seen.From, "page-") && seen.Height > 0 }

func find(views []pageView, to, from string) (sight, bool) {
	for _, view := range views {
		for _, seen := range view.Seen {
			if view.Name == to && seen.From == from {
				return seen, true
			}
		}
	}
	return sight{}, false
}

func sizeIn(views []pageView, to, from string) string {
	seen, found := find(views, to, from)
	if !found || seen.Height == 0 {
		return ""
	}
	return fmt.Sprintf("%dx%d", seen.Width, seen.Height)
}

func (o *outcome) table(out io.Writer) error {
	_, _ = fmt.Fprintf(out, "\n%s, %.0f s\n", o.Codec, o.Seconds)
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(t, "from\tto\tframes\tper s\tkeys\tfreezes\tfrozen ms\tdropped\tlost\tsizes\treason")
	for _, p := range o.Pairs {
		_, _ = fmt.Fprintf(t, "%s\t%s\t%d\t%.1f\t%d\t%d\t%d\t%d\t%d\t%s\t%s\n",
			p.From, p.To, p.Frames, p.FramesPerSecond, p.KeyFrames,
			p.Freezes, p.FrozenMillis, p.Dropped, p.Lost, strings.Join(p.Sizes, " "), p.Reason)
	}
	if len(o.Same) > 0 {
		_, _ = fmt.Fprintf(t, "\nthe same size large and small: %s\n", strings.Join(o.Same, ", "))
	}
	_, _ = fmt.Fprintln(t, "\npage\tsends\tframes\tper s\tlimited by\tlimited for s\tkeys asked")
	for _, sender := range o.Senders {
		for _, sent := range sender.Sent {
			_, _ = fmt.Fprintf(t, "%s\t%s %dp\t%d\t%.0f\t%s\t%s\t%d\n", sender.Name, sent.RID, sent.Height, sent.Frames,
				sent.FramesPerSecond, sent.LimitedBy, limits(sent.LimitedSeconds), sent.KeyFramesAsked)
		}
	}
	return t.Flush()
}

// limits are the reasons that took any time, and how long.
func limits(seconds map[string]float64) string {
	var texts []string
	for why, each := range seconds {
		if each > 0 && why != "none" {
			texts = append(texts, fmt.Sprintf("%s %.0f", why, each))
		}
	}
	slices.Sort(texts)
	return strings.Join(texts, ", ")
}

// verdict is nil when everybody decoded everybody.
func (o *outcome) verdict() error {
	if len(o.Wrong) == 0 {
		return nil
	}
	return errors.New(o.Codec + ": " + strings.Join(o.Wrong, "; "))
}
