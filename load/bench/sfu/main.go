// Command sfu measures a media node of Parley from outside: real ICE, DTLS, SRTP and feedback, joined over the real
// WebSocket; and, in turns, a LiveKit server with the same media. Run it through `./parley bench sfu`.
//
// Start at cases.go (what is measured), then peer.go (who answers), fleet.go (who takes part) and run.go
// (one measurement).
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
	"github.com/parley-rtc/parley/load/bench/sfu/livekit"
)

type options struct {
	runs   int
	json   string
	cases  string
	window time.Duration
	settle time.Duration
	core   string
	most   int
	peers  []string

	livekit       livekit.Server // when URL is empty, one is started
	livekitPID    int
	livekitServer string
}

func main() {
	var o options
	flag.IntVar(&o.runs, "runs", 3, "how often everything is measured")
	flag.StringVar(&o.json, "json", "", "file for the figures as JSON")
	flag.StringVar(&o.cases, "cases", "video20,video100,meeting,audio50,capacity", "which cases, in this order")
	flag.DurationVar(&o.window, "window", 20*time.Second, "length of one measurement")
	flag.DurationVar(&o.settle, "settle", 20*time.Second, "between the last join and the measurement: a JVM compiles")
	flag.StringVar(&o.core, "core", "0", "the core of the media node; everything else runs where it was started")
	flag.IntVar(&o.most, "most", 600, "capacity: receivers at most")
	kinds := flag.String("peer", "", "parley, livekit, or both with a comma between; they take turns")
	flag.StringVar(&o.livekit.URL, "livekit", "", "URL of a LiveKit server that runs; measured beside Parley")
	flag.StringVar(&o.livekit.Key, "livekit-key", "devkey", "its API key")
	flag.StringVar(&o.livekit.Secret, "livekit-secret", "secret", "the secret of that key")
	flag.IntVar(&o.livekitPID, "livekit-pid", 0, "its process, when it is on this machine, for CPU and memory")
	flag.StringVar(&o.livekitServer, "livekit-server", "v1.13.5",
		"without --livekit: a LiveKit program, or the version to build with go install")
	flag.Parse()
	o.peers = choose(*kinds, o.livekit.URL)
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	err := bench(ctx, o)
	cancel()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// choose says who is measured; a URL of LiveKit's alone means both.
func choose(kinds, url string) []string {
	switch {
	case kinds != "":
		return strings.Split(kinds, ",")
	case url != "":
		return []string{"parley", "livekit"}
	}
	return []string{"parley"}
}

func bench(ctx context.Context, o options) error {
	r := report.New("sfu", fmt.Sprintf("%s; what forwards is a process of its own on core %s, the generator on the "+
		"other; VP8 of 30 frames/s x 7 packets of 1,190 B (2.0 Mbps), Opus of 50 packets/s x 100 B with audio levels; "+
		"%v after %v of settling (a JVM compiles meanwhile; further steps of a ramp %v after %v), a fresh server for "+
		"every run, runs take turns; CPU = user + system of the whole process / RTP packets that receivers got; one-"+
		"way from a time in the payload, same clock; first media from before the dial",
		strings.Join(o.peers, " and "), o.core, o.window, o.settle, rampWindow, rampSettle))
	for _, name := range strings.Split(o.cases, ",") {
		if err := runCase(ctx, o, name, r); err != nil {
			return errors.Join(fmt.Errorf("%s: %w", name, err), r.Finish(o.json))
		}
	}
	return r.Finish(o.json)
}

// runCase measures one case as often as wanted, all peers in turn, so that a noisy minute meets both.
func runCase(ctx context.Context, o options, name string, r *report.Report) error {
	measured, known := cases[name]
	if !known {
		return errors.New("there is no such case")
	}
	for run := range o.runs {
		var all []noted
		for _, kind := range o.peers {
			if peers[kind] == nil {
				return fmt.Errorf("there is no peer %q", kind)
			}
			fmt.Fprintf(os.Stderr, "%s, run %d of %d, %s\n", name, run+1, o.runs, kind)
			figures, err := runOnce(ctx, o, kind, measured)
			if err != nil {
				return fmt.Errorf("run %d, %s: %w", run+1, kind, err)
			}
			figures.to(r, name+" "+kind)
			all = append(all, figures)
		}
		if len(all) == 2 {
			all[0].against(all[1]).to(r, name+" "+strings.Join(o.peers, "/"))
		}
	}
	return nil
}
