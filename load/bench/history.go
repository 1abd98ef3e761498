package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/parley-rtc/parley/load/bench/internal/node"
	"github.com/parley-rtc/parley/load/bench/internal/report"
	"github.com/parley-rtc/parley/load/bench/internal/socket"
)

const (
	historyChannels = 20
	readersMost     = 4
	pageSize        = 50
)

// history measures pages of 50 from a log of a million messages: nine of ten at the newest end, one around a random
// place.
func history(ctx context.Context, o options) error {
	r := report.New("history", fmt.Sprintf("%d messages of 500 B in %d channels; pages of %d over WebSocket, "+
		"90%% newest, 10%% around a random offset, one reader and then %d, one request at a time each, %d s; the "+
		"time is that of the whole request at the client, which shares the machine",
		o.messages, historyChannels, pageSize, readersMost, o.seconds))
	err := withNode(ctx, unlimited, func(server *node.Node) error {
		connections, err := openChannels(ctx, server, senders, historyChannels)
		defer closeAll(connections)
		if err != nil {
			return err
		}
		if err := fill(r, connections, o.messages); err != nil {
			return err
		}
		for range o.runs {
			for _, readers := range []int{1, readersMost} {
				if err := readPages(o, r, connections[:readers]); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return errors.Join(err, r.Finish(o.json))
}

func fill(r *report.Report, connections []*socket.Conn, messages int) error {
	begun := time.Now()
	loads := make([]*load, len(connections))
	var running sync.WaitGroup
	for i, c := range connections {
		loads[i] = &load{
			c: c, channel: channelOf(i, historyChannels), begin: begun, end: begun.Add(30 * time.Minute),
			limit: messages / len(connections),
		}
		running.Go(loads[i].run)
	}
	running.Wait()
	var err error
	for _, l := range loads {
		err = errors.Join(err, l.err)
	}
	r.Add("durable sends while filling", "1/s", float64(messages)/time.Since(begun).Seconds())
	return err
}

func readPages(o options, r *report.Report, connections []*socket.Conn) error {
	readers := len(connections)
	end := time.Now().Add(time.Duration(o.seconds) * time.Second)
	newest := make([][]time.Duration, readers)
	deep := make([][]time.Duration, readers)
	failures := make([]error, readers)
	var running sync.WaitGroup
	for i := range readers {
		running.Go(func() {
			for time.Now().Before(end) && failures[i] == nil {
				body := map[string]any{"channelId": channelOf(i, historyChannels), "limit": pageSize}
				around := rand.IntN(10) == 0 //nolint:gosec // load
				if around {
					body["aroundOffset"] = fmt.Sprint(1 + rand.IntN(o.messages/historyChannels)) //nolint:gosec // load
				}
				begun := time.Now()
				ok, err := connections[i].Call("getHistory", body)
				took := time.Since(begun)
				failures[i] = errors.Join(err, fullPage(ok))
				if around {
					deep[i] = append(deep[i], took)
				} else {
					newest[i] = append(newest[i], took)
				}
			}
		})
	}
	running.Wait()
	var all, atEnd, inside []time.Duration
	for i := range readers {
		atEnd, inside = append(atEnd, newest[i]...), append(inside, deep[i]...)
	}
	all = append(append(all, atEnd...), inside...)
	with := fmt.Sprintf("%d reading: ", readers)
	r.Add(with+"pages", "1/s", float64(len(all))/float64(o.seconds))
	r.Add(with+"page p50", "ms", report.Percentile(all, 0.50))
	r.Add(with+"page p95", "ms", report.Percentile(all, 0.95))
	r.Add(with+"page p99", "ms", report.Percentile(all, 0.99))
	r.Add(with+"newest page p95", "ms", report.Percentile(atEnd, 0.95))
	r.Add(with+"page inside p95", "ms", report.Percentile(inside, 0.95))
	return errors.Join(failures...)
}

func fullPage(ok json.RawMessage) error {
	var page struct {
		GetHistory struct {
			Items []struct {
				ID string `json:"id"`
			} `json:"items"`
		} `json:"getHistory"`
	}
	if err := json.Unmarshal(ok, &page); err != nil {
		return err
	}
	if n := len(page.GetHistory.Items); n < pageSize/2 {
		return fmt.Errorf("a page of %d messages", n)
	}
	return nil
}
