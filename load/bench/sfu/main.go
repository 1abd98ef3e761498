// Command sfu measures a media node of Parley from outside: real ICE, DTLS, SRTP and feedback, joined over the real
// WebSocket. Run it through `./parley bench sfu`.
//
// Start at cases.go (what is measured), then fleet.go (who takes part) and run.go (one measurement).
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/parley-rtc/parley/load/bench/internal/report"
)

type options struct {
	runs   int
	json   string
	cases  string
	window time.Duration
	settle time.Duration
	core   string
	most   int
}

func main() {
	var o options
	flag.IntVar(&o.runs, "runs", 3, "how often everything is measured")
	flag.StringVar(&o.json, "json", "", "file for the figures as JSON")
	flag.StringVar(&o.cases, "cases", "video20,video100,meeting,audio50,capacity", "which cases, in this order")
	flag.DurationVar(&o.window, "window", 20*time.Second, "length of one measurement")
	flag.DurationVar(&o.settle, "settle", 5*time.Second, "between the last join and the measurement")
	flag.StringVar(&o.core, "core", "0", "the core of the media node; everything else runs where it was started")
	flag.IntVar(&o.most, "most", 600, "capacity: receivers at most")
	flag.Parse()
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	err := bench(ctx, o)
	cancel()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func bench(ctx context.Context, o options) error {
	r := report.New("sfu", fmt.Sprintf("media node in a process of its own on core %s, generator on the other; VP8 of "+
		"30 frames/s x 7 packets of 1,190 B (2.0 Mbps), Opus of 50 packets/s x 100 B with audio levels; %v after %v "+
		"of settling, a fresh server and node for every run; CPU = user + system of the node's process / RTP packets "+
		"that receivers got; one-way from a time in the payload, same clock; first media from before the dial",
		o.core, o.window, o.settle))
	for _, name := range strings.Split(o.cases, ",") {
		measured, known := cases[name]
		if !known {
			return fmt.Errorf("there is no case %q", name)
		}
		for run := range o.runs {
			fmt.Fprintf(os.Stderr, "%s, run %d of %d\n", name, run+1, o.runs)
			if err := runOnce(ctx, o, name, measured, r); err != nil {
				return errors.Join(fmt.Errorf("%s, run %d: %w", name, run+1, err), r.Finish(o.json))
			}
		}
	}
	return r.Finish(o.json)
}
