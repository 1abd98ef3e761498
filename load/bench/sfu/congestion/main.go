// Command congestion puts a receiver behind a link that changes and loses, and looks whether the media node follows it:
// network namespaces, a token bucket for the rate, a seeded relay for delay, jitter and loss. Run it through
// `./parley soak congestion`; it needs root.
//
// Start at run.go (what happens), then link.go and relay.go (the link), watch.go and verdict.go (what is asked of it).
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"
)

type options struct {
	steps   []int64 // bits a second
	losses  []float64
	length  time.Duration
	delay   time.Duration
	jitter  time.Duration
	queue   time.Duration
	seed    int64
	json    string
	picture string
}

var errMissed = errors.New("not every step was met")

func main() {
	o, err := parse()
	if err == nil {
		ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
		err = run(ctx, o)
		cancel()
	}
	switch {
	case errors.Is(err, errNotRoot):
		fmt.Fprintln(os.Stderr, "congestion:", err)
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "congestion:", err)
		os.Exit(1)
	}
}

func parse() (options, error) {
	var o options
	steps := flag.String("steps", "1000,300,5000,2000,600,3000", "rates of the link in kbit/s, one after the other")
	losses := flag.String("losses", "0,2,5,10,20", "percent of the packets lost behind it; the steps run for each")
	flag.DurationVar(&o.length, "length", 20*time.Second, "length of a step; what is judged begins after 10 s")
	flag.DurationVar(&o.delay, "delay", 30*time.Millisecond, "one-way delay")
	flag.DurationVar(&o.jitter, "jitter", 5*time.Millisecond, "added to it, evenly spread, in order")
	flag.DurationVar(&o.queue, "queue", 500*time.Millisecond, "what the link's queue holds before it drops")
	flag.Int64Var(&o.seed, "seed", 1, "of jitter and loss")
	flag.StringVar(&o.json, "json", "", "file for the figures as JSON")
	flag.StringVar(&o.picture, "picture", "", "file for the curves as SVG")
	flag.Parse()
	for _, word := range strings.Split(*steps, ",") {
		kilobits, err := strconv.ParseInt(word, 10, 32)
		if err != nil || kilobits < 100 || kilobits > 20_000 {
			return o, fmt.Errorf("-steps: %q is not 100 to 20000", word)
		}
		o.steps = append(o.steps, kilobits*1_000)
	}
	for _, word := range strings.Split(*losses, ",") {
		percent, err := strconv.ParseFloat(word, 64)
		if err != nil || percent < 0 || percent > 50 {
			return o, fmt.Errorf("-losses: %q is not 0 to 50", word)
		}
		o.losses = append(o.losses, percent/100)
	}
	if o.length < settle+5*time.Second || o.length > time.Minute {
		return o, fmt.Errorf("-length: %v is not 15 s to 1 m", o.length)
	}
	return o, nil
}
