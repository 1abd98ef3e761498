package main

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/parley-rtc/parley/load/bench/internal/node"
	"github.com/parley-rtc/parley/load/bench/internal/report"
	"github.com/parley-rtc/parley/load/bench/internal/socket"
)

const (
	subscribers = 1_000
	outstanding = 8
	sampleEvery = 50 // of the subscribers, for latency
)

var (
	created   = []byte(`"messageCreated"`)
	timestamp = []byte(`"t=`)
)

// unlimited takes the rate limits out of the way: they are not what is measured.
var unlimited = func() []string {
	var settings []string
	for _, name := range []string{"user", "read", "write", "send", "auth", "address"} {
		settings = append(settings, "limits."+name+"=900000000/60s burst 900000000")
	}
	return settings
}()

// deliveries are what the subscribers of one run saw.
type deliveries struct {
	count   atomic.Int64
	mu      sync.Mutex
	samples []time.Duration
}

// fanout measures one busy channel: durable messages in, every one to 1,000 sockets.
func fanout(ctx context.Context, o options) error {
	r := report.New("fanout", fmt.Sprintf("1 channel, %d subscribers, 200 B messages sent durably over a "+
		"WebSocket with %d outstanding (saturation), %d s after 3 s of warm-up; server on one core, client on the "+
		"other; latency from before the send to the subscriber, of every %dth subscriber",
		subscribers, outstanding, o.seconds, sampleEvery))
	for range o.runs {
		if err := fanoutRun(ctx, o, r); err != nil {
			return err
		}
	}
	return r.Finish(o.json)
}

func fanoutRun(ctx context.Context, o options, r *report.Report) error {
	return withNode(ctx, unlimited, func(server *node.Node) error {
		if err := server.Pin(ctx); err != nil {
			return err
		}
		publisher, err := socket.Dial(ctx, server.Address, node.Token("publisher"), "d1")
		if err != nil {
			return err
		}
		defer publisher.Close()
		if _, err := publisher.Call("createChannel",
			map[string]any{"id": "arena", "type": "livestream", "name": "arena", "public": true}); err != nil {
			return err
		}
		connections, err := dialMany(ctx, server, subscribers, func(c *socket.Conn, _ string) error {
			if _, err := c.Call("joinChannel", map[string]any{"channelId": "arena"}); err != nil {
				return err
			}
			_, err := c.Call("subscribe", map[string]any{"stream": "ch:arena"})
			return err
		})
		defer closeAll(connections)
		if err != nil {
			return err
		}
		var seen deliveries
		for i, c := range connections {
			go seen.watch(c, i%sampleEvery == 0)
		}
		return measureFanout(o, r, server, publisher, &seen)
	})
}

func (d *deliveries) watch(c *socket.Conn, sample bool) {
	for {
		text, err := c.Read()
		if err != nil {
			return
		}
		d.count.Add(int64(bytes.Count(text, created)))
		if sample {
			d.note(text)
		}
	}
}

// note reads the sending times out of the texts of the messages.
func (d *deliveries) note(text []byte) {
	now := time.Now().UnixNano()
	for {
		at := bytes.Index(text, timestamp)
		if at < 0 {
			return
		}
		text = text[at+len(timestamp):]
		nanos, err := strconv.ParseInt(string(text[:19]), 10, 64)
		if err != nil {
			return
		}
		d.mu.Lock()
		d.samples = append(d.samples, time.Duration(now-nanos))
		d.mu.Unlock()
	}
}

func (d *deliveries) reset() {
	d.count.Store(0)
	d.mu.Lock()
	d.samples = d.samples[:0]
	d.mu.Unlock()
}

func measureFanout(o options, r *report.Report, server *node.Node, publisher *socket.Conn, seen *deliveries) error {
	stop := make(chan struct{})
	ended := make(chan error, 1)
	go func() { ended <- publish(publisher, stop) }()
	<-time.After(3 * time.Second)
	cpuBefore, err := server.CPU()
	if err != nil {
		return err
	}
	seen.reset()
	begun := time.Now()
	<-time.After(time.Duration(o.seconds) * time.Second)
	count, took := seen.count.Load(), time.Since(begun)
	cpuAfter, err := server.CPU()
	close(stop)
	if failed := <-ended; failed != nil {
		return failed
	}
	if err != nil {
		return err
	}
	if count == 0 {
		return fmt.Errorf("nothing was delivered")
	}
	seen.mu.Lock()
	defer seen.mu.Unlock()
	r.Add("deliveries", "1/s", float64(count)/took.Seconds())
	r.Add("messages", "1/s", float64(count)/took.Seconds()/subscribers)
	r.Add("server CPU per delivery", "µs", (cpuAfter-cpuBefore)*1e6/float64(count))
	r.Add("server core used", "%", (cpuAfter-cpuBefore)*100/took.Seconds())
	r.Add("latency p50", "ms", report.Percentile(seen.samples, 0.50))
	r.Add("latency p99", "ms", report.Percentile(seen.samples, 0.99))
	return nil
}

// publish keeps `outstanding` sends under way until it is stopped.
func publish(c *socket.Conn, stop <-chan struct{}) error {
	padding := strings.Repeat("x", 170)
	run := time.Now().UnixNano()
	underWay := 0
	for i := 0; ; i++ {
		for ; underWay < outstanding; underWay++ {
			i++
			body := map[string]any{
				"channelId": "arena", "clientId": fmt.Sprintf("b%d-%d", run, i),
				"text": fmt.Sprintf("t=%d %s", time.Now().UnixNano(), padding),
			}
			if _, err := c.Post("sendMessage", body); err != nil {
				return err
			}
		}
		text, err := c.Read()
		if err != nil {
			return err
		}
		for _, f := range socket.Frames(text) {
			if f.Reply == nil {
				continue
			}
			if f.Reply.Err != nil {
				return fmt.Errorf("send: %s %s", f.Reply.Err.Name, f.Reply.Err.Detail)
			}
			underWay--
		}
		select {
		case <-stop:
			return nil
		default:
		}
	}
}
