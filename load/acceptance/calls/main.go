// Command calls has four Chromium pages and two Go clients meet in a room, once for each video codec, and prints what
// each of them receives from each other. Run it through `./parley soak calls`.
//
// Start at round.go (one codec), then member.go (the Go clients) and pages.go (the pages).
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/parley-rtc/parley/load/internal/server"
)

// roundMost is how long one codec may take, a build of the server aside.
const roundMost = 5 * time.Minute

// wishes are the flags.
type wishes struct {
	codecs   []string
	pages    int
	members  int
	hold     time.Duration
	report   string
	pictures string
}

func main() {
	var w wishes
	codecs := flag.String("codecs", "VP8,VP9,H264,AV1", "video codecs, one room each; what Chromium lacks is left out")
	flag.IntVar(&w.pages, "pages", 4, "Chromium pages")
	flag.IntVar(&w.members, "members", 2, "Go clients")
	flag.DurationVar(&w.hold, "hold", 6*time.Second, "how long each size is watched")
	flag.StringVar(&w.report, "json", "", "file for the result as JSON")
	flag.StringVar(&w.pictures, "pictures", "", "folder for a picture of each page at the end of each codec")
	flag.Parse()
	w.codecs = strings.Split(*codecs, ",")
	if err := run(w); err != nil {
		fmt.Fprintln(os.Stderr, "calls:", err)
		os.Exit(1)
	}
}

func run(w wishes) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	root := os.Getenv("PARLEY_ROOT")
	if root == "" {
		return errors.New("PARLEY_ROOT is not set: run ./parley soak calls")
	}
	data, err := os.MkdirTemp("", "parley-calls-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(data) }()
	node, err := server.Start(ctx, root, data, os.Stderr)
	if err != nil {
		return err
	}
	results, err := rounds(ctx, root, node, w)
	err = errors.Join(err, node.Stop())
	for _, result := range results {
		err = errors.Join(err, result.table(os.Stdout), result.verdict())
	}
	if w.report == "" {
		return err
	}
	text, encodeErr := json.MarshalIndent(results, "", "  ")
	if encodeErr != nil {
		return errors.Join(err, encodeErr)
	}
	return errors.Join(err, os.WriteFile(w.report, append(text, '\n'), 0o600))
}

// rounds plays each codec in a room of its own; one that fails does not keep the others from their turn.
func rounds(ctx context.Context, root string, node *server.Server, w wishes) ([]*outcome, error) {
	stage, err := enter(ctx, root, node, w)
	if err != nil {
		return nil, err
	}
	defer stage.close()
	able, err := stage.pages.codecs(ctx)
	if err != nil {
		return nil, err
	}
	var results []*outcome
	var failed error
	for _, codec := range w.codecs {
		if !able[codec] {
			fmt.Printf("%s: this Chromium does not send it\n", codec)
			continue
		}
		result, err := stage.round(ctx, codec)
		if result != nil {
			results = append(results, result)
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", codec, err))
		}
	}
	return results, failed
}
