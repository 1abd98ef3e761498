package parley

import (
	"context"
	"iter"
	"time"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// Channel is a handle to a channel; making one asks nothing of the server. Safe for concurrent use.
type Channel struct {
	client *Client
	id     ChannelID
}

// Channel returns the handle of a channel.
func (c *Client) Channel(id ChannelID) *Channel { return &Channel{client: c, id: id} }

// ID returns the id of the channel.
func (ch *Channel) ID() ChannelID { return ch.id }

func (ch *Channel) stream() string { return "ch:" + string(ch.id) }

// NewChannel says what to create. Everything is optional.
type NewChannel struct {
	// ID is chosen by the caller, or made by the server when empty.
	ID ChannelID
	// Type is a configured channel type; empty = "messaging".
	Type    string
	Name    string
	Topic   string
	Public  bool
	Custom  Custom
	Members []UserID
}

// CreateChannel makes a channel that the caller owns. An id that is taken is [CodeChannelExists].
func (c *Client) CreateChannel(ctx context.Context, channel NewChannel) (ChannelInfo, error) {
	custom, err := channel.Custom.toWire()
	if err != nil {
		return ChannelInfo{}, err
	}
	request := &wire.CreateChannel{
		Id: string(channel.ID), Type: channel.Type, Name: channel.Name, Topic: channel.Topic, Public: channel.Public,
		Custom: custom, MemberIds: texts[string](channel.Members),
	}
	ok, err := c.effect(ctx, "create channel", &wire.Cmd{Command: &wire.Cmd_CreateChannel{CreateChannel: request}})
	return channelFromWire(ok.GetCreateChannel().GetChannel()), err
}

// OpenDirect returns the conversation of the caller and users, made at first use: always the same for the same people.
func (c *Client) OpenDirect(ctx context.Context, users ...UserID) (ChannelInfo, error) {
	request := &wire.OpenDirect{UserIds: texts[string](users)}
	ok, err := c.effect(ctx, "open direct", &wire.Cmd{Command: &wire.Cmd_OpenDirect{OpenDirect: request}})
	return channelFromWire(ok.GetOpenDirect().GetChannel()), err
}

// Channels iterates over the caller's channels, most recently active first, page by page.
func (c *Client) Channels(ctx context.Context) iter.Seq2[ChannelInfo, error] {
	return pages(func(cursor string) ([]ChannelInfo, string, error) {
		request := &wire.ListChannels{Cursor: cursor}
		ok, err := c.read(ctx, "list channels", &wire.Cmd{Command: &wire.Cmd_ListChannels{ListChannels: request}})
		page := ok.GetListChannels()
		return each(page.GetItems(), channelFromWire), page.GetNext(), err
	})
}

// BrowseChannels iterates over the public channels whose name begins with prefix, by name.
func (c *Client) BrowseChannels(ctx context.Context, prefix string) iter.Seq2[ChannelInfo, error] {
	return pages(func(cursor string) ([]ChannelInfo, string, error) {
		request := &wire.BrowseChannels{Cursor: cursor, Prefix: prefix}
		ok, err := c.read(ctx, "browse channels", &wire.Cmd{Command: &wire.Cmd_BrowseChannels{BrowseChannels: request}})
		page := ok.GetBrowseChannels()
		return each(page.GetItems(), channelFromWire), page.GetNext(), err
	})
}

// ChannelTypes returns the configured types.
func (c *Client) ChannelTypes(ctx context.Context) ([]ChannelType, error) {
	request := &wire.ListChannelTypes{}
	ok, err := c.read(ctx, "channel types", &wire.Cmd{Command: &wire.Cmd_ListChannelTypes{ListChannelTypes: request}})
	return each(ok.GetListChannelTypes().GetItems(), channelTypeFromWire), err
}

// Get reads the channel with the caller's own state and capabilities.
func (ch *Channel) Get(ctx context.Context) (ChannelInfo, error) {
	request := &wire.GetChannel{ChannelId: string(ch.id)}
	ok, err := ch.client.read(ctx, "get channel", &wire.Cmd{Command: &wire.Cmd_GetChannel{GetChannel: request}})
	return channelFromWire(ok.GetGetChannel().GetChannel()), err
}

// ChannelChange says what to change; nil fields stay as they are.
type ChannelChange struct {
	Name     *string
	Topic    *string
	Public   *bool
	Frozen   *bool
	SlowMode *time.Duration
	Custom   Custom
}

// Update changes the channel whose version the caller saw; when it is another by now: [CodePreconditionFailed].
func (ch *Channel) Update(ctx context.Context, version uint64, change ChannelChange) (ChannelInfo, error) {
	custom, err := change.Custom.toWire()
	if err != nil {
		return ChannelInfo{}, err
	}
	request := &wire.UpdateChannel{
		ChannelId: string(ch.id), Version: &version, Name: change.Name, Topic: change.Topic, Public: change.Public,
		Frozen: change.Frozen, Custom: custom,
	}
	if change.SlowMode != nil {
		seconds := uint32(max(0, *change.SlowMode/time.Second)) // the server refuses what is too much
		request.SlowModeSeconds = &seconds
	}
	command := &wire.Cmd{Command: &wire.Cmd_UpdateChannel{UpdateChannel: request}}
	ok, err := ch.client.effect(ctx, "update channel", command)
	return channelFromWire(ok.GetUpdateChannel().GetChannel()), err
}

// Delete removes the channel for everybody.
func (ch *Channel) Delete(ctx context.Context) error {
	request := &wire.DeleteChannel{ChannelId: string(ch.id)}
	command := &wire.Cmd{Command: &wire.Cmd_DeleteChannel{DeleteChannel: request}}
	_, err := ch.client.effect(ctx, "delete channel", command)
	return err
}

// pages turns a cursor-paged question into an iterator; the error is the last thing it yields.
func pages[T any](page func(cursor string) ([]T, string, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for cursor := ""; ; {
			items, next, err := page(cursor)
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			for _, item := range items {
				if !yield(item, nil) {
					return
				}
			}
			if next == "" {
				return
			}
			cursor = next
		}
	}
}
