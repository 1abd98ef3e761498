package main

import (
	"context"
	"errors"
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
	clients   = 3
	tokenLife = time.Hour
	lanes     = 4
	bytesEach = 500
)

// outcome is the result; a list that should be empty says so by its name.
type outcome struct {
	Messages      int      `json:"messages"`
	Stored        int      `json:"stored"`
	StoredAtCrash int      `json:"storedAtCrash"`
	DownMillis    int64    `json:"downMillis"`
	Seconds       float64  `json:"seconds"`
	Wrong         []string `json:"wrong"`
}

// brief is what must be equal everywhere about a message.
type brief struct {
	ID       string `json:"id"`
	Offset   uint64 `json:"offset"`
	ClientID string `json:"clientId"`
	Bytes    int    `json:"bytes"`
}

func briefOf(m parley.Message) brief {
	return brief{string(m.ID), m.Offset, m.ClientID, len(m.Text)}
}

// play has three clients write at the same time, kills the server half way, and compares what everybody has in the end.
func play(ctx context.Context, messages int, node *server.Server, root string) (*outcome, error) {
	began := time.Now()
	user := func(name string) parley.TokenProvider {
		return func(context.Context) (string, error) { return node.Token(name, tokenLife, nil, ""), nil }
	}
	client, err := parley.Connect(ctx, parley.Options{URL: node.URL(), Token: user(gopher)})
	if err != nil {
		return nil, err
	}
	defer client.Close()
	members := []parley.UserID{"page-0", "page-1"}
	// A user exists once somebody has come with a token of theirs.
	for _, member := range members {
		visit, err := parley.Connect(ctx, parley.Options{URL: node.URL(), Token: user(string(member))})
		if err != nil {
			return nil, err
		}
		visit.Close()
	}
	if _, err := client.CreateChannel(ctx, parley.NewChannel{ID: channel, Members: members}); err != nil {
		return nil, err
	}
	seen, err := follow(ctx, client)
	if err != nil {
		return nil, err
	}
	defer seen.subscription.Close()
	pages, err := openPages(ctx, root, node.URL(), node.Token("page-0", tokenLife, nil, ""),
		node.Token("page-1", tokenLife, nil, ""))
	if err != nil {
		return nil, err
	}
	defer pages.close()

	result := &outcome{}
	if err := result.write(ctx, messages/clients, node, client, seen, pages); err != nil {
		return result, err
	}
	result.Messages = messages / clients * clients
	err = result.verify(ctx, client, seen, pages)
	result.Seconds = time.Since(began).Seconds()
	return result, err
}

// write has everybody send their part; the server dies when half of it is stored.
func (o *outcome) write(
	ctx context.Context, part int, node *server.Server, client *parley.Client, seen *follower, pages *pages,
) error {
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
	try(func() error { return pages.send(ctx, part) })
	try(func() error { return send(ctx, client, part) })
	try(func() error {
		if err := seen.await(ctx, func() bool { return len(seen.messages) >= part*clients/2 }); err != nil {
			return err
		}
		o.StoredAtCrash = len(seen.copy())
		down := time.Now()
		err := node.Crash(ctx)
		o.DownMillis = time.Since(down).Milliseconds()
		return err
	})
	work.Wait()
	return context.Cause(ctx)
}

func send(ctx context.Context, client *parley.Client, count int) error {
	var work sync.WaitGroup
	problems := make(chan error, lanes)
	for lane := range lanes {
		work.Go(func() {
			for number := lane; number < count; number += lanes {
				text := fmt.Sprintf("%s %d ", gopher, number)
				text += strings.Repeat("x", bytesEach-len(text))
				if _, err := client.Channel(channel).Send(ctx, parley.Draft{Text: text}); err != nil {
					problems <- fmt.Errorf("send %d: %w", number, err)
					return
				}
			}
		})
	}
	work.Wait()
	close(problems)
	var all error
	for problem := range problems {
		all = errors.Join(all, problem)
	}
	return all
}
