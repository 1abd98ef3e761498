package conformance

import (
	"context"
	"fmt"
	"strings"

	"github.com/parley-rtc/parley/sdk-go"
)

var messageSteps = map[string]action{
	"send":     inChannel(send),
	"sendMany": inChannel(sendMany),
	"flood":    inChannel(flood),
	"edit": inChannel(func(ctx context.Context, w *world, s *Step, channel *parley.Channel) (any, error) {
		edit := parley.Edit{Text: s.Text, Custom: s.Custom, Mentions: mentions(w, s)}
		if s.Version != nil {
			version := uint32(*s.Version)
			edit.Version = &version
		}
		message, err := channel.Edit(ctx, w.messageID(s.Message), edit)
		return shown(message, err, messageView)
	}),
	"delete": inChannel(func(ctx context.Context, w *world, s *Step, channel *parley.Channel) (any, error) {
		if s.Hard {
			return nil, channel.PurgeMessage(ctx, w.messageID(s.Message))
		}
		return nil, channel.DeleteMessage(ctx, w.messageID(s.Message))
	}),
	"react": inChannel(func(ctx context.Context, w *world, s *Step, channel *parley.Channel) (any, error) {
		message, err := channel.React(ctx, w.messageID(s.Message), s.Kind)
		return shown(message, err, messageView)
	}),
	"unreact": inChannel(func(ctx context.Context, w *world, s *Step, channel *parley.Channel) (any, error) {
		message, err := channel.Unreact(ctx, w.messageID(s.Message), s.Kind)
		return shown(message, err, messageView)
	}),
	"pin": inChannel(func(ctx context.Context, w *world, s *Step, channel *parley.Channel) (any, error) {
		return nil, channel.Pin(ctx, w.messageID(s.Message))
	}),
	"unpin": inChannel(func(ctx context.Context, w *world, s *Step, channel *parley.Channel) (any, error) {
		return nil, channel.Unpin(ctx, w.messageID(s.Message))
	}),
	"message": inChannel(func(ctx context.Context, w *world, s *Step, channel *parley.Channel) (any, error) {
		message, err := channel.Message(ctx, w.messageID(s.Message))
		return shown(message, err, messageView)
	}),
	"versions": inChannel(func(ctx context.Context, w *world, s *Step, channel *parley.Channel) (any, error) {
		versions, err := channel.Versions(ctx, w.messageID(s.Message))
		return shownList(versions, err, versionView)
	}),
	"reactions": inChannel(func(ctx context.Context, w *world, s *Step, channel *parley.Channel) (any, error) {
		return all(channel.Reactions(ctx, w.messageID(s.Message)), reactionView)
	}),
	"pins": inChannel(func(ctx context.Context, _ *world, _ *Step, channel *parley.Channel) (any, error) {
		pinned, err := channel.Pins(ctx)
		return shownList(pinned, err, messageView)
	}),
	"history": inChannel(history),
	"historyAll": inChannel(func(ctx context.Context, w *world, s *Step, channel *parley.Channel) (any, error) {
		return all(channel.Messages(ctx, query(w, s)), messageView)
	}),
	"markRead": inChannel(func(ctx context.Context, _ *world, s *Step, channel *parley.Channel) (any, error) {
		state, err := channel.MarkRead(ctx, s.Offset)
		return shown(state, err, readStateView)
	}),
	"markUnread": inChannel(func(ctx context.Context, _ *world, s *Step, channel *parley.Channel) (any, error) {
		state, err := channel.MarkUnread(ctx, s.Offset)
		return shown(state, err, readStateView)
	}),
	"receipts": inChannel(func(ctx context.Context, _ *world, _ *Step, channel *parley.Channel) (any, error) {
		receipts, err := channel.Receipts(ctx)
		return shownList(receipts, err, receiptView)
	}),
	"typing": inChannel(func(_ context.Context, _ *world, s *Step, channel *parley.Channel) (any, error) {
		channel.Typing(s.Typing, "")
		return nil, nil //nolint:nilnil // nothing to show
	}),
}

func mentions(w *world, s *Step) []string {
	var out []string
	for _, user := range w.users(s.Mentions) {
		out = append(out, string(user))
	}
	return out
}

func send(ctx context.Context, w *world, s *Step, channel *parley.Channel) (any, error) {
	sent, err := channel.Send(ctx, parley.Draft{
		Text: s.Text, ClientID: s.ClientID, Custom: s.Custom, Parent: w.messageID(s.Parent),
		AlsoInChannel: s.AlsoInChannel, Quoted: w.messageID(s.Quoted), Mentions: mentions(w, s),
	})
	if err != nil {
		return nil, err
	}
	view := messageView(sent.Message)
	view["duplicate"] = sent.Duplicate
	return view, nil
}

func sendMany(ctx context.Context, _ *world, s *Step, channel *parley.Channel) (any, error) {
	for i := range s.Count {
		if _, err := channel.Send(ctx, parley.Draft{Text: padded(s, i+1)}); err != nil {
			return nil, fmt.Errorf("%d of %d: %w", i+1, s.Count, err)
		}
	}
	return nil, nil //nolint:nilnil // nothing to show
}

// floodBatch is how many messages a flood sends before it looks at the server again.
const floodBatch = 10

// flood sends until the server has closed one more socket with the step's code.
func flood(ctx context.Context, w *world, s *Step, channel *parley.Channel) (any, error) {
	before, err := w.closes(ctx, s.Code)
	for sent := 0; err == nil; {
		for range floodBatch {
			sent++
			if _, err := channel.Send(ctx, parley.Draft{Text: padded(s, sent)}); err != nil {
				return nil, fmt.Errorf("%d: %w", sent, err)
			}
		}
		var now float64
		if now, err = w.closes(ctx, s.Code); err == nil && now > before {
			return object{"count": sent}, nil
		}
	}
	return nil, err
}

// padded is the n-th text of a step that sends several.
func padded(s *Step, n int) string {
	text := fmt.Sprintf("%s-%d", s.Prefix, n)
	return text + strings.Repeat(".", max(0, s.Bytes-len(text)))
}

func query(w *world, s *Step) parley.HistoryQuery {
	q := parley.HistoryQuery{
		Limit: s.Limit, AroundMessage: w.messageID(s.AroundMessage), AroundOffset: s.AroundOffset,
		Thread: w.messageID(s.Parent),
	}
	if s.Direction == "FORWARD" {
		q.Direction = parley.Forward
	}
	return q
}

func history(ctx context.Context, w *world, s *Step, channel *parley.Channel) (any, error) {
	w.mu.Lock()
	older, newer := w.pages[s.Older], w.pages[s.Newer]
	w.mu.Unlock()
	var page parley.HistoryPage
	var err error
	switch {
	case s.Older != "":
		page, err = older.Older(ctx, s.Limit)
	case s.Newer != "":
		page, err = newer.Newer(ctx, s.Limit)
	default:
		page, err = channel.History(ctx, query(w, s))
	}
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	w.pages[s.As] = page
	w.mu.Unlock()
	return pageView(page), nil
}
