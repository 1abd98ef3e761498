// Command acceptance does the main job on real input: two Chromium pages with the web app and a Go client in one
// channel, the server killed with -9 in the middle and started again on its data. Run it through `./parley soak
// mainjob`.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/parley-rtc/parley/load/internal/server"
)

// most is how long everything may take, a build of the server aside.
const most = 15 * time.Minute

func main() {
	messages := flag.Int("messages", 1000, "messages of 500 bytes in all, a third by each client")
	report := flag.String("json", "", "file for the result as JSON")
	pictures := flag.String("pictures", "", "folder for a picture of each page in the end; default .parley/mainjob")
	flag.Parse()
	if err := run(*messages, *report, *pictures); err != nil {
		fmt.Fprintln(os.Stderr, "mainjob:", err)
		os.Exit(1)
	}
}

func run(messages int, report, pictures string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	root := os.Getenv("PARLEY_ROOT")
	if root == "" {
		return errors.New("PARLEY_ROOT is not set: run ./parley soak mainjob")
	}
	if pictures == "" {
		pictures = filepath.Join(root, ".parley", "mainjob")
	}
	if err := os.MkdirAll(pictures, 0o750); err != nil {
		return err
	}
	data, err := os.MkdirTemp("", "parley-mainjob-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(data) }()
	node, err := server.Start(ctx, root, data, os.Stderr)
	if err != nil {
		return err
	}
	result, err := play(ctx, messages, node, root, pictures)
	err = errors.Join(err, node.Stop())
	if result == nil {
		return err
	}
	err = errors.Join(err, result.table(os.Stdout))
	text, encodeErr := json.MarshalIndent(result, "", "  ")
	if err = errors.Join(err, encodeErr); encodeErr != nil {
		return err
	}
	fmt.Println(string(text))
	if report != "" {
		err = errors.Join(err, os.WriteFile(report, append(text, '\n'), 0o600))
	}
	return err
}
