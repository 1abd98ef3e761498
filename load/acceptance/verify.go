package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/parley-rtc/parley/sdk-go"
)

// wrongMost bounds what is printed.
const wrongMost = 20

// tally is one history of those compared.
type tally struct {
	Whose    string `json:"whose"`
	Messages int    `json:"messages"`
	First    uint64 `json:"first"` // offsets
	Last     uint64 `json:"last"`
	Equal    bool   `json:"equalToTheLog"`
}

func (o *outcome) blame(format string, arguments ...any) {
	if len(o.Wrong) < wrongMost {
		o.Wrong = append(o.Wrong, fmt.Sprintf(format, arguments...))
	}
}

// table shows the histories side by side.
func (o *outcome) table(out io.Writer) error {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(t, "history\tmessages\tfirst offset\tlast offset\tequal to the log")
	for _, history := range o.Histories {
		_, _ = fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%t\n",
			history.Whose, history.Messages, history.First, history.Last, history.Equal)
	}
	return t.Flush()
}

// verify compares the stored history with what every client has; the error is nil only when all are equal.
func (s *stage) verify(ctx context.Context, o *outcome) error {
	info, err := s.client.Channel(channel).Get(ctx)
	if err != nil {
		return err
	}
	if err := s.seen.await(ctx, func() bool { return s.seen.head >= info.Head.Offset }); err != nil {
		return err
	}
	var log []brief
	clientIDs := map[string]bool{}
	query := parley.HistoryQuery{Limit: 200, Direction: parley.Forward}
	for message, err := range s.client.Channel(channel).Messages(ctx, query) {
		if err != nil {
			return err
		}
		log = append(log, briefOf(message))
		if clientIDs[message.ClientID] {
			o.blame("%s is stored twice", message.ClientID)
		}
		clientIDs[message.ClientID] = true
	}
	o.Stored = len(log)
	o.checkLog(log)
	if len(log) == 0 {
		return errors.New("nothing is stored")
	}
	o.compare("the stored log", nil, log, log)
	o.compare("the Go client", s.seen.problems, s.seen.copy(), log)
	views, err := s.pages.read(ctx, log[len(log)-1].Offset)
	if err != nil {
		return err
	}
	for _, view := range views {
		o.compare(view.Name+"'s page", view.Problems, view.Shown, log)
	}
	if len(o.Wrong) > 0 || len(views) != len(atPages) {
		return errors.New("not everybody ended with the same history")
	}
	return nil
}

// checkLog: everything once, nothing missing, offsets dense.
func (o *outcome) checkLog(log []brief) {
	if len(log) != o.Messages {
		o.blame("%d messages are stored, %d were sent", len(log), o.Messages)
	}
	texts := map[string]bool{}
	for i, message := range log {
		if texts[message.Text] {
			o.blame("%q is stored twice", message.Text)
		}
		texts[message.Text] = true
		if i > 0 && message.Offset != log[i-1].Offset+1 {
			o.blame("offset %d follows %d", message.Offset, log[i-1].Offset)
		}
		if len(message.Text) != bytesEach {
			o.blame("%s has %d bytes", message.ID, len(message.Text))
		}
	}
}

// compare holds what somebody has against the log: the same ids, offsets and texts in the same order.
func (o *outcome) compare(whose string, problems []string, seen, log []brief) {
	equal := len(problems) == 0 && slices.Equal(seen, log)
	for _, problem := range problems {
		o.blame("%s %s", whose, problem)
	}
	if len(seen) != len(log) {
		o.blame("%s has %d of %d messages", whose, len(seen), len(log))
	}
	for i := range min(len(seen), len(log)) {
		if seen[i] != log[i] {
			o.blame("%s has %v instead of %v", whose, seen[i], log[i])
			break
		}
	}
	history := tally{Whose: whose, Messages: len(seen), Equal: equal}
	if len(seen) > 0 {
		history.First, history.Last = seen[0].Offset, seen[len(seen)-1].Offset
	}
	o.Histories = append(o.Histories, history)
}
