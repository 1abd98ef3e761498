// Command bench measures a Parley server from outside, over real sockets. Run it through `./parley bench NAME`.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

type options struct {
	runs     int
	json     string
	messages int
	seconds  int
}

func main() {
	benches := map[string]func(context.Context, options) error{
		"ws-memory": wsMemory, "fanout": fanout, "send": send, "history": history, "startup": startup,
	}
	name := "help"
	if len(os.Args) > 1 {
		name = os.Args[1]
	}
	bench, known := benches[name]
	if !known {
		fmt.Fprintln(os.Stderr, "usage: bench ws-memory|fanout|send|history|startup [--runs N] [--json FILE]")
		os.Exit(2)
	}
	var o options
	flags := flag.NewFlagSet(name, flag.ExitOnError)
	flags.IntVar(&o.runs, "runs", 3, "how often everything is measured")
	flags.StringVar(&o.json, "json", "", "file for the figures as JSON")
	flags.IntVar(&o.messages, "messages", 1_000_000, "history: messages in the channels")
	flags.IntVar(&o.seconds, "seconds", 10, "length of one measurement")
	_ = flags.Parse(os.Args[2:])
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	err := bench(ctx, o)
	cancel()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}
