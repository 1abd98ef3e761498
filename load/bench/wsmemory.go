package main

import (
	"context"
	"fmt"
	"os"
	"sync"

	"github.com/parley-rtc/parley/load/bench/internal/node"
	"github.com/parley-rtc/parley/load/bench/internal/report"
	"github.com/parley-rtc/parley/load/bench/internal/socket"
)

const (
	memoryConnections = 19_000 // what 20,000 open files per process allow
	dialers           = 64
)

// wsMemory measures what an idle connection costs: a signed-in user each, subscribed to one stream.
func wsMemory(ctx context.Context, o options) error {
	r := report.New("ws-memory", fmt.Sprintf("%d idle connections, one user and one subscription (me:) each; "+
		"Serial GC, compact headers; (value at N - value at 0) / N after two full "+
		"collections; client on the same machine, no TLS", memoryConnections))
	for range o.runs {
		if err := wsMemoryRun(ctx, r); err != nil {
			return err
		}
	}
	return r.Finish(o.json)
}

func wsMemoryRun(ctx context.Context, r *report.Report) error {
	return withNode(ctx, unlimited, func(server *node.Node) error {
		emptyHeap, emptyRSS, err := memory(ctx, server)
		if err != nil {
			return err
		}
		connections, err := dialMany(ctx, server, memoryConnections, func(c *socket.Conn, user string) error {
			_, err := c.Call("subscribe", map[string]any{"stream": "me:" + user})
			return err
		})
		defer closeAll(connections)
		if err != nil {
			return err
		}
		heap, rss, err := memory(ctx, server)
		if err != nil {
			return err
		}
		r.Add("live heap per connection", "B", float64(heap-emptyHeap)/memoryConnections)
		r.Add("RSS per connection", "B", float64(rss-emptyRSS)/memoryConnections)
		r.Add("RSS of an empty node", "MiB", float64(emptyRSS)/(1<<20))
		r.Add("RSS with all connections", "MiB", float64(rss)/(1<<20))
		return nil
	})
}

func memory(ctx context.Context, server *node.Node) (heap, rss int64, err error) {
	if heap, err = server.Collect(ctx); err != nil {
		return 0, 0, err
	}
	rss, err = server.RSS()
	return heap, rss, err
}

// withNode runs a server on a fresh data folder and removes both afterwards.
func withNode(ctx context.Context, settings []string, measure func(*node.Node) error) (err error) {
	data, err := os.MkdirTemp("", "parley-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(data) }()
	server, err := node.Start(ctx, data, settings...)
	if err != nil {
		return err
	}
	defer func() {
		if stopped := server.Stop(); err == nil {
			err = stopped
		}
	}()
	return measure(server)
}

// dialMany signs in users u0…uN-1, a connection each, and prepares every one of them.
func dialMany(
	ctx context.Context, server *node.Node, n int, prepare func(*socket.Conn, string) error,
) ([]*socket.Conn, error) {
	connections := make([]*socket.Conn, n)
	next := make(chan int)
	failures := make(chan error, dialers)
	var running sync.WaitGroup
	for range dialers {
		running.Go(func() {
			for i := range next {
				user := fmt.Sprintf("u%d", i)
				c, err := socket.Dial(ctx, server.Address, node.Token(user), "d1")
				if err == nil {
					connections[i] = c
					err = prepare(c, user)
				}
				if err != nil {
					failures <- fmt.Errorf("connection %d: %w", i, err)
					return
				}
			}
		})
	}
	err := feed(next, n, failures)
	running.Wait()
	if err == nil && len(failures) > 0 {
		err = <-failures
	}
	return connections, err
}

func feed(next chan<- int, n int, failures <-chan error) error {
	defer close(next)
	for i := range n {
		select {
		case next <- i:
		case err := <-failures:
			return err
		}
	}
	return nil
}

func closeAll(connections []*socket.Conn) {
	for _, c := range connections {
		if c != nil {
			c.Close()
		}
	}
}
