package parley

import (
	"context"
	"iter"
	"slices"
	"time"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// Direction is the way in which history is read.
type Direction int

// Directions of history.
const (
	// Backward goes to older messages, from the newest on.
	Backward Direction = iota
	// Forward goes to newer messages, from the oldest on.
	Forward
)

// HistoryQuery says which messages to read. The zero value asks for the newest page of the timeline.
type HistoryQuery struct {
	// Limit is the size of a page, 1 to 200; 0 = 50.
	Limit     int
	Direction Direction
	// At most one of the three: a page with both sides of a message, a time or an offset.
	AroundMessage MessageID
	AroundTime    time.Time
	AroundOffset  uint64
	// Thread reads the replies to this message instead of the timeline.
	Thread MessageID

	cursor string
}

// HistoryPage is a part of history, oldest first.
type HistoryPage struct {
	Messages []Message
	// Position continues without a gap: see [SubscribeOptions.Since] and [Subscription.SkipTo].
	Position Position

	channel    *Channel
	query      HistoryQuery
	prev, next string
}

// History reads one page.
func (ch *Channel) History(ctx context.Context, query HistoryQuery) (HistoryPage, error) {
	request := &wire.GetHistory{
		ChannelId:       string(ch.id),
		Cursor:          query.cursor,
		Limit:           uint32(max(0, query.Limit)),
		Direction:       wire.GetHistory_Direction(query.Direction),
		AroundMessageId: string(query.AroundMessage),
		AroundTime:      timeToWire(query.AroundTime),
		ParentId:        string(query.Thread),
	}
	if query.AroundOffset > 0 {
		request.AroundOffset = &query.AroundOffset
	}
	ok, err := ch.client.read(ctx, "get history", &wire.Cmd{Command: &wire.Cmd_GetHistory{GetHistory: request}})
	if err != nil {
		return HistoryPage{}, err
	}
	history := ok.GetGetHistory()
	return HistoryPage{
		Messages: each(history.GetItems(), messageFromWire),
		Position: positionFromWire(history.GetPosition()),
		channel:  ch,
		query:    query,
		prev:     history.GetPrev(),
		next:     history.GetNext(),
	}, nil
}

// HasOlder is false when the page holds the beginning.
func (p HistoryPage) HasOlder() bool { return p.prev != "" }

// HasNewer is false when the page holds the present end.
func (p HistoryPage) HasNewer() bool { return p.next != "" }

// Older reads the page before this one; limit 0 = as before.
func (p HistoryPage) Older(ctx context.Context, limit int) (HistoryPage, error) {
	return p.follow(ctx, p.prev, Backward, limit)
}

// Newer reads the page after this one; limit 0 = as before.
func (p HistoryPage) Newer(ctx context.Context, limit int) (HistoryPage, error) {
	return p.follow(ctx, p.next, Forward, limit)
}

func (p HistoryPage) follow(ctx context.Context, cursor string, direction Direction, limit int) (HistoryPage, error) {
	if cursor == "" {
		return HistoryPage{Position: p.Position, channel: p.channel, query: p.query}, nil
	}
	if limit == 0 {
		limit = p.query.Limit
	}
	query := HistoryQuery{Limit: limit, Direction: direction, Thread: p.query.Thread, cursor: cursor}
	return p.channel.History(ctx, query)
}

// Messages iterates over history from where the query begins, page by page in its direction: backward yields the newest
// first. The error is the last thing it yields.
func (ch *Channel) Messages(ctx context.Context, query HistoryQuery) iter.Seq2[Message, error] {
	return func(yield func(Message, error) bool) {
		page, err := ch.History(ctx, query)
		for {
			if err != nil {
				yield(Message{}, err)
				return
			}
			if query.Direction == Backward {
				slices.Reverse(page.Messages)
			}
			for _, message := range page.Messages {
				if !yield(message, nil) {
					return
				}
			}
			switch {
			case query.Direction == Backward && page.HasOlder():
				page, err = page.Older(ctx, 0)
			case query.Direction == Forward && page.HasNewer():
				page, err = page.Newer(ctx, 0)
			default:
				return
			}
		}
	}
}
