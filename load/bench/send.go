package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/parley-rtc/parley/load/bench/internal/node"
	"github.com/parley-rtc/parley/load/bench/internal/report"
	"github.com/parley-rtc/parley/load/bench/internal/socket"
)

const (
	senders  = 64
	channels = 16
	window   = 8 // sends under way per sender
)

// send measures durable sends: acknowledged after the commit, fsync on.
func send(ctx context.Context, o options) error {
	r := report.New("send", fmt.Sprintf("%d senders over %d channels, %d sends of 500 B under way each, %d s after a "+
		"warm-up of 10 s; acknowledged = committed in PostgreSQL with fsync on; JVM, PostgreSQL, Redis and "+
		"the client share the machine",
		senders, channels, window, o.seconds))
	for range o.runs {
		run := func(server *node.Node) error { return sendRun(ctx, o, r, server) }
		if err := withNode(ctx, unlimited, run); err != nil {
			return err
		}
	}
	return r.Finish(o.json)
}

func sendRun(ctx context.Context, o options, r *report.Report, server *node.Node) error {
	connections, err := openChannels(ctx, server, senders, channels)
	defer closeAll(connections)
	if err != nil {
		return err
	}
	begin := time.Now().Add(10 * time.Second)
	end := begin.Add(time.Duration(o.seconds) * time.Second)
	loads := make([]*load, senders)
	var running sync.WaitGroup
	for i, c := range connections {
		loads[i] = &load{c: c, channel: channelOf(i, channels), begin: begin, end: end}
		running.Go(loads[i].run)
	}
	running.Wait()
	var waits []time.Duration
	for _, l := range loads {
		err = errors.Join(err, l.err)
		waits = append(waits, l.waits...)
	}
	r.Add("durable sends", "1/s", float64(len(waits))/float64(o.seconds))
	r.Add("acknowledged p50", "ms", report.Percentile(waits, 0.50))
	r.Add("acknowledged p99", "ms", report.Percentile(waits, 0.99))
	return err
}

func channelOf(sender, channels int) string { return fmt.Sprintf("room-%d", sender%channels) }

// openChannels signs in n users, and makes everybody a member of the channel they will send to.
func openChannels(ctx context.Context, server *node.Node, n, channels int) ([]*socket.Conn, error) {
	owner, err := socket.Dial(ctx, server.Address, node.Token("owner"), "d1")
	if err != nil {
		return nil, err
	}
	defer owner.Close()
	for i := range channels {
		body := map[string]any{"id": channelOf(i, channels), "name": "room", "public": true}
		if _, err := owner.Call("createChannel", body); err != nil {
			return nil, err
		}
	}
	return dialMany(ctx, server, n, func(c *socket.Conn, user string) error {
		var i int
		if _, err := fmt.Sscanf(user, "u%d", &i); err != nil {
			return err
		}
		_, err := c.Call("joinChannel", map[string]any{"channelId": channelOf(i, channels)})
		return err
	})
}

// load is one sender with a window of sends under way.
type load struct {
	c          *socket.Conn
	channel    string
	begin, end time.Time
	limit      int // sends in all; 0 = until the end
	waits      []time.Duration
	err        error
}

func (l *load) run() {
	text := strings.Repeat("m", 500)
	posted := map[uint32]time.Time{}
	for sent := 0; ; {
		for len(posted) < window && time.Now().Before(l.end) && (l.limit == 0 || sent < l.limit) {
			sent++
			id, err := l.c.Post("sendMessage", map[string]any{
				"channelId": l.channel, "clientId": fmt.Sprintf("%p-%d-%d", l, l.end.UnixNano(), sent), "text": text,
			})
			if err != nil {
				l.err = err
				return
			}
			posted[id] = time.Now()
		}
		if len(posted) == 0 {
			return
		}
		if l.err = l.answers(posted); l.err != nil {
			return
		}
	}
}

func (l *load) answers(posted map[uint32]time.Time) error {
	text, err := l.c.Read()
	if err != nil {
		return err
	}
	now := time.Now()
	for _, f := range socket.Frames(text) {
		if f.Reply == nil {
			continue
		}
		if f.Reply.Err != nil {
			return fmt.Errorf("send: %s %s", f.Reply.Err.Name, f.Reply.Err.Detail)
		}
		at := posted[f.Reply.ID]
		delete(posted, f.Reply.ID)
		if at.After(l.begin) && now.Before(l.end) {
			l.waits = append(l.waits, now.Sub(at))
		}
	}
	return nil
}
