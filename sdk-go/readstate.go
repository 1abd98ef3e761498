package parley

import (
	"context"
	"time"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// Receipt says how far a member has read and received.
type Receipt struct {
	User            UserID
	ReadOffset      uint64
	DeliveredOffset uint64
}

// UnreadTotals are the caller's unread counts over all channels.
type UnreadTotals struct {
	Messages uint32
	Mentions uint32
	// Channels have at least one unread message.
	Channels uint32
}

// ReadState is where the caller stands after a read marker moved.
type ReadState struct {
	Own    OwnState
	Totals UnreadTotals
}

func receiptFromWire(r *wire.Receipt) Receipt {
	return Receipt{UserID(r.GetUserId()), r.GetReadOffset(), r.GetDeliveredOffset()}
}

func totalsFromWire(t *wire.UnreadTotals) UnreadTotals {
	return UnreadTotals{t.GetMessages(), t.GetMentions(), t.GetChannels()}
}

func readStateFromWire(s *wire.ReadState) ReadState {
	out := ReadState{Totals: totalsFromWire(s.GetTotals())}
	if own := ownFromWire(s.GetOwn()); own != nil {
		out.Own = *own
	}
	return out
}

// MarkRead moves the caller's read marker forward to offset, 0 = everything; never backward.
func (ch *Channel) MarkRead(ctx context.Context, offset uint64) (ReadState, error) {
	request := &wire.MarkRead{ChannelId: string(ch.id), Offset: offset}
	ok, err := ch.client.effect(ctx, "mark read", &wire.Cmd{Command: &wire.Cmd_MarkRead{MarkRead: request}})
	return readStateFromWire(ok.GetMarkRead()), err
}

// MarkUnread moves the caller's read marker back to just before offset.
func (ch *Channel) MarkUnread(ctx context.Context, offset uint64) (ReadState, error) {
	request := &wire.MarkUnread{ChannelId: string(ch.id), Offset: offset}
	ok, err := ch.client.effect(ctx, "mark unread", &wire.Cmd{Command: &wire.Cmd_MarkUnread{MarkUnread: request}})
	return readStateFromWire(ok.GetMarkUnread()), err
}

// MarkDelivered says that everything up to offset reached this device. Subscriptions do so by themselves.
func (ch *Channel) MarkDelivered(ctx context.Context, offset uint64) error {
	request := &wire.MarkDelivered{ChannelId: string(ch.id), Offset: offset}
	command := &wire.Cmd{Command: &wire.Cmd_MarkDelivered{MarkDelivered: request}}
	_, err := ch.client.effect(ctx, "mark delivered", command)
	return err
}

// Receipts returns how far each member has read and received.
func (ch *Channel) Receipts(ctx context.Context) ([]Receipt, error) {
	request := &wire.ListReceipts{ChannelId: string(ch.id)}
	ok, err := ch.client.read(ctx, "list receipts", &wire.Cmd{Command: &wire.Cmd_ListReceipts{ListReceipts: request}})
	return each(ok.GetListReceipts().GetItems(), receiptFromWire), err
}

// Unread returns the caller's unread counts over all channels.
func (c *Client) Unread(ctx context.Context) (UnreadTotals, error) {
	ok, err := c.read(ctx, "get unread", &wire.Cmd{Command: &wire.Cmd_GetUnread{GetUnread: &wire.GetUnread{}}})
	return totalsFromWire(ok.GetGetUnread()), err
}

// typingRepeat is how often the server takes a repeated "typing".
const typingRepeat = 2 * time.Second

// typingMost bounds what is remembered for that.
const typingMost = 1000

type typingMark struct {
	parent MessageID
	at     time.Time
}

// Typing tells the others that the caller is typing, or stopped; call it on every key stroke: repeats within two
// seconds go nowhere. parent is set when typing in a thread. It is never answered and may be lost; it ends with the
// message, and by itself after six seconds.
func (ch *Channel) Typing(typing bool, parent MessageID) {
	c := ch.client
	now := c.options.Clock.Now()
	c.mu.Lock()
	mark, known := c.typing[ch.id]
	if typing && known && mark.parent == parent && now.Sub(mark.at) < typingRepeat {
		c.mu.Unlock()
		return
	}
	if len(c.typing) >= typingMost {
		clear(c.typing) // at worst one repeat too many goes out
	}
	if typing {
		c.typing[ch.id] = typingMark{parent, now}
	} else {
		delete(c.typing, ch.id)
	}
	c.mu.Unlock()
	request := &wire.SetTyping{ChannelId: string(ch.id), ParentId: string(parent), Typing: typing}
	c.tell(&wire.Cmd{Command: &wire.Cmd_SetTyping{SetTyping: request}})
}

// typed forgets that the caller was typing: for the others a message ends it, so the next key stroke is news.
func (c *Client) typed(channel ChannelID, parent MessageID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.typing[channel].parent == parent {
		delete(c.typing, channel)
	}
}
