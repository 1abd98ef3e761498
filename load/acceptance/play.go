package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/parley-rtc/parley/load/internal/server"
	"github.com/parley-rtc/parley/sdk-go"
)

const (
	channel   = "main-job"
	gopher    = "gopher"
	tokenLife = time.Hour
	lanes     = 4
	bytesEach = 500
	// leadMost is how far the Go client may be ahead of the pages, so that all three write when the server dies.
	leadMost = 10
)

// atPages are those who use the web app.
var atPages = []parley.UserID{"ada", "bob"}

// outcome is the result; a list that should be empty says so by its name.
type outcome struct {
	Messages      int      `json:"messages"`
	Stored        int      `json:"stored"`
	StoredAtCrash int      `json:"storedAtCrash"`
	DownMillis    int64    `json:"downMillis"`
	Seconds       float64  `json:"seconds"`
	Histories     []tally  `json:"histories"`
	Wrong         []string `json:"wrong"`
}

// brief is what must be equal everywhere about a message.
type brief struct {
	ID     string `json:"id"`
	Offset uint64 `json:"offset"`
	Text   string `json:"text"`
}

func briefOf(m parley.Message) brief { return brief{string(m.ID), m.Offset, m.Text} }

// stage is what plays: the server and the three clients.
type stage struct {
	node   *server.Server
	client *parley.Client
	seen   *follower
	pages  *pages
}

// play has three clients write at the same time, kills the server half way, and compares what everybody has in the end.
func play(ctx context.Context, messages int, node *server.Server, root, pictures string) (*outcome, error) {
	began := time.Now()
	client, err := enter(ctx, node)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	seen, err := follow(ctx, client)
	if err != nil {
		return nil, err
	}
	defer seen.subscription.Close()
	var people []string
	for _, name := range atPages {
		people = append(people, string(name)+"="+node.Token(string(name), tokenLife, nil, ""))
	}
	shown, err := openPages(ctx, root, node.URL(), pictures, people...)
	if err != nil {
		return nil, err
	}
	defer shown.close()

	s := &stage{node, client, seen, shown}
	result := &outcome{Messages: messages}
	if err := s.write(ctx, result); err != nil {
		return result, err
	}
	err = s.verify(ctx, result)
	result.Seconds = time.Since(began).Seconds()
	return result, err
}

// enter connects the Go client and makes the channel with everybody in it.
func enter(ctx context.Context, node *server.Server) (*parley.Client, error) {
	user := func(name parley.UserID) parley.TokenProvider {
		return func(context.Context) (string, error) { return node.Token(string(name), tokenLife, nil, ""), nil }
	}
	client, err := parley.Connect(ctx, parley.Options{URL: node.URL(), Token: user(gopher)})
	if err != nil {
		return nil, err
	}
	// A user exists once somebody has come with a token of theirs.
	for _, name := range atPages {
		visit, err := parley.Connect(ctx, parley.Options{URL: node.URL(), Token: user(name)})
		if err != nil {
			client.Close()
			return nil, err
		}
		visit.Close()
	}
	job := parley.NewChannel{ID: channel, Name: channel, Members: atPages}
	if _, err := client.CreateChannel(ctx, job); err != nil {
		client.Close()
		return nil, err
	}
	return client, nil
}

// write has everybody write their part; the server dies when half of all is stored.
func (s *stage) write(ctx context.Context, o *outcome) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var work sync.WaitGroup
	try := func(act func() error) {
		work.Go(func() {
			if err := act(); err != nil {
				cancel(err)
			}
		})
	}
	third := o.Messages / (len(atPages) + 1)
	try(func() error { return s.pages.write(ctx, []int{third, third}) })
	try(func() error { return s.send(ctx, o.Messages-len(atPages)*third) })
	try(func() error {
		if err := s.seen.await(ctx, func() bool { return len(s.seen.messages) >= o.Messages/2 }); err != nil {
			return err
		}
		o.StoredAtCrash = len(s.seen.copy())
		down := time.Now()
		err := s.node.Crash(ctx)
		o.DownMillis = time.Since(down).Milliseconds()
		return err
	})
	work.Wait()
	return context.Cause(ctx)
}

// send is the Go client's part, in step with the pages.
func (s *stage) send(ctx context.Context, count int) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var work sync.WaitGroup
	for lane := range lanes {
		work.Go(func() {
			for number := lane; number < count; number += lanes {
				if err := s.sendOne(ctx, number); err != nil {
					cancel(fmt.Errorf("send %d: %w", number, err))
					return
				}
			}
		})
	}
	work.Wait()
	return context.Cause(ctx)
}

func (s *stage) sendOne(ctx context.Context, number int) error {
	everybody := len(atPages) + 1
	inStep := func() bool { return len(s.seen.messages) >= everybody*(number-leadMost) }
	if err := s.seen.await(ctx, inStep); err != nil {
		return err
	}
	text := fmt.Sprintf("%s %d ", gopher, number)
	text += strings.Repeat("x", bytesEach-len(text))
	_, err := s.client.Channel(channel).Send(ctx, parley.Draft{Text: text})
	return err
}
