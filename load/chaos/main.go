// Command chaos shows that nothing acknowledged is lost and nothing happens twice: many people, one of them on the
// TypeScript client, send while their sockets are killed at random, sends are repeated, and the server is killed
// with -9. Run it through `./parley soak chaos`.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/parley-rtc/parley/load/internal/server"
)

// most is how long everything may take.
const most = time.Hour

func main() {
	var p plan
	flag.IntVar(&p.Messages, "messages", 20_000, "acknowledged sends")
	flag.IntVar(&p.Crashes, "crashes", 3, "how often the server is killed with -9")
	flag.IntVar(&p.People, "people", 16, "Go clients that send and watch, beside one on the TypeScript client")
	flag.IntVar(&p.Channels, "channels", 8, "channels, all people in each")
	flag.Uint64Var(&p.Seed, "seed", uint64(time.Now().UnixNano()), "repeats the same faults")
	report := flag.String("json", "", "file for the result as JSON")
	flag.Parse()
	if err := run(p, *report); err != nil {
		fmt.Fprintln(os.Stderr, "chaos:", err)
		os.Exit(1)
	}
}

func run(p plan, report string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	result, err := onOwnServer(ctx, p)
	if result != nil {
		err = errors.Join(err, publish(result, report))
	}
	return err
}

// onOwnServer plays the plan against a server on a fresh data folder.
func onOwnServer(ctx context.Context, p plan) (*outcome, error) {
	root := os.Getenv("PARLEY_ROOT")
	if root == "" {
		return nil, errors.New("PARLEY_ROOT is not set: run ./parley soak chaos")
	}
	data, err := os.MkdirTemp("", "parley-chaos-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(data) }()
	node, err := server.Start(ctx, root, data, os.Stderr)
	if err != nil {
		return nil, err
	}
	result, err := play(ctx, p, node, root)
	return result, errors.Join(err, node.Stop())
}

func publish(result *outcome, file string) error {
	text, err := json.MarshalIndent(result, "", "  ")
	if err != nil {
		return err
	}
	fmt.Println(string(text))
	if file == "" {
		return nil
	}
	return os.WriteFile(file, append(text, '\n'), 0o600)
}
