package main

import (
	"context"
	"errors"
	"os"
	"time"

	"github.com/parley-rtc/parley/load/bench/internal/node"
	"github.com/parley-rtc/parley/load/bench/internal/report"
)

// startup measures how long a person waits for `./parley up`, on an empty data folder and on one that is in use.
func startup(ctx context.Context, o options) error {
	r := report.New("startup", "from the call of `./parley up` to its ready line, the build done before; "+
		"the existing folder is the one that the run before made")
	if err := startBoth(ctx, report.New("", "")); err != nil { // builds, and warms the file cache; not counted
		return err
	}
	for range o.runs {
		if err := startBoth(ctx, r); err != nil {
			return err
		}
	}
	return r.Finish(o.json)
}

func startBoth(ctx context.Context, r *report.Report) error {
	data, err := os.MkdirTemp("", "parley-startup-")
	if err != nil {
		return err
	}
	err = startOnce(ctx, r, "empty folder", data)
	if err == nil {
		err = startOnce(ctx, r, "existing folder", data)
	}
	return errors.Join(err, os.RemoveAll(data))
}

func startOnce(ctx context.Context, r *report.Report, what, data string) error {
	called := time.Now()
	server, err := node.Start(ctx, data)
	if err != nil {
		return err
	}
	r.Add(what+", ready after", "ms", float64(time.Since(called).Milliseconds()))
	r.Add(what+", as the server says", "ms", float64(server.ReadyMs))
	return server.Stop()
}
