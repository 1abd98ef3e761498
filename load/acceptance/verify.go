package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/parley-rtc/parley/sdk-go"
)

// wrongMost bounds what is printed.
const wrongMost = 20

func (o *outcome) blame(format string, arguments ...any) {
	if len(o.Wrong) < wrongMost {
		o.Wrong = append(o.Wrong, fmt.Sprintf(format, arguments...))
	}
}

// verify compares the stored history with what every client has; the error is nil only when all are equal.
func (o *outcome) verify(ctx context.Context, client *parley.Client, seen *follower, pages *pages) error {
	info, err := client.Channel(channel).Get(ctx)
	if err != nil {
		return err
	}
	head := info.Head.Offset
	if err := seen.await(ctx, func() bool { return seen.head >= head }); err != nil {
		return err
	}
	var log []brief
	query := parley.HistoryQuery{Limit: 200, Direction: parley.Forward}
	for message, err := range client.Channel(channel).Messages(ctx, query) {
		if err != nil {
			return err
		}
		log = append(log, briefOf(message))
	}
	o.Stored = len(log)
	o.checkLog(log)
	o.Wrong = append(o.Wrong, seen.problems...)
	o.same("the Go client's events", seen.copy(), log)
	views, err := pages.views(ctx, head)
	if err != nil {
		return err
	}
	for i, view := range views {
		for _, problem := range view.Problems {
			o.blame("page %d: %s", i, problem)
		}
		if view.Starts != 1 {
			o.blame("page %d began %d times", i, view.Starts)
		}
		o.same(fmt.Sprintf("page %d's events", i), view.Events, log)
		o.same(fmt.Sprintf("page %d's view", i), view.Shown, log)
	}
	if len(o.Wrong) > 0 || len(views) != clients-1 {
		return errors.New("not everybody ended with the same history")
	}
	return nil
}

// checkLog: everything once, nothing missing, offsets dense.
func (o *outcome) checkLog(log []brief) {
	if len(log) != o.Messages {
		o.blame("%d messages are stored, %d were sent", len(log), o.Messages)
	}
	clientIDs := map[string]bool{}
	for i, message := range log {
		if clientIDs[message.ClientID] {
			o.blame("%s is stored twice", message.ClientID)
		}
		clientIDs[message.ClientID] = true
		if i > 0 && message.Offset != log[i-1].Offset+1 {
			o.blame("offset %d follows %d", message.Offset, log[i-1].Offset)
		}
		if message.Bytes != bytesEach {
			o.blame("%s has %d bytes", message.ID, message.Bytes)
		}
	}
}

func (o *outcome) same(whose string, seen, log []brief) {
	if len(seen) != len(log) {
		o.blame("%s are %d of %d", whose, len(seen), len(log))
		return
	}
	for i := range seen {
		if seen[i] != log[i] {
			o.blame("%s have %v instead of %v", whose, seen[i], log[i])
			return
		}
	}
}
