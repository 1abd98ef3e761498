package parley

import (
	"context"
	"iter"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// Draft is a message to be sent.
type Draft struct {
	// Text is at most 16 KiB.
	Text   string
	Custom Custom
	// Parent makes it a reply in the thread of that message; AlsoInChannel shows it in the timeline too.
	Parent        MessageID
	AlsoInChannel bool
	// Quoted is the message that this one answers, shown with it.
	Quoted MessageID
	// Mentions are user ids; "@channel" mentions everybody and needs the capability "mention-all".
	Mentions []string
	// ClientID makes the send idempotent; made by the library when empty. Set it to repeat a send of an earlier
	// process.
	ClientID string
}

// Sent is the answer to a send.
type Sent struct {
	Message Message
	// Duplicate is true when the message was stored by an earlier send with the same ClientID.
	Duplicate bool
}

// Send publishes a message and returns once the server has stored it durably.
//
// Send repeats itself over lost connections; one ClientID covers every attempt, so the message appears once however
// often the connection drops. When ctx ends first, the error matches [ErrNotConfirmed] and the context's error: the
// message may or may not be stored. A refusal is an [*Error]. Open timelines show the message at once, as pending.
func (ch *Channel) Send(ctx context.Context, draft Draft) (Sent, error) {
	if draft.ClientID == "" {
		draft.ClientID = ch.client.chance.id()
	}
	custom, err := draft.Custom.toWire()
	if err != nil {
		return Sent{}, err
	}
	request := &wire.SendMessage{
		ChannelId: string(ch.id), ClientId: draft.ClientID, Text: draft.Text, Custom: custom,
		ParentId: string(draft.Parent), AlsoInChannel: draft.AlsoInChannel, QuotedId: string(draft.Quoted),
		Mentions: draft.Mentions,
	}
	ch.client.typed(ch.id, draft.Parent)
	ch.client.showPending(ch.id, draft)
	ok, err := ch.client.effect(ctx, "send message", &wire.Cmd{Command: &wire.Cmd_SendMessage{SendMessage: request}})
	if err != nil {
		ch.client.showFailed(ch.id, draft.ClientID, err)
		return Sent{}, err
	}
	stored := ok.GetSendMessage()
	sent := Sent{messageFromWire(stored.GetMessage()), stored.GetDuplicate() || ok.GetReplayed()}
	ch.client.showSent(ch.id, sent)
	return sent, nil
}

// Edit says how a message changes.
type Edit struct {
	Text     string
	Custom   Custom
	Mentions []string
	// Version, when given, is the version that the caller saw; when it is another by now: [CodePreconditionFailed].
	Version *uint32
}

// Edit replaces the text of a message. Its earlier text stays readable through Versions.
func (ch *Channel) Edit(ctx context.Context, message MessageID, edit Edit) (Message, error) {
	custom, err := edit.Custom.toWire()
	if err != nil {
		return Message{}, err
	}
	request := &wire.EditMessage{
		ChannelId: string(ch.id), MessageId: string(message), Text: edit.Text, Custom: custom,
		Mentions: edit.Mentions, Version: edit.Version,
	}
	ok, err := ch.client.effect(ctx, "edit message", &wire.Cmd{Command: &wire.Cmd_EditMessage{EditMessage: request}})
	return messageFromWire(ok.GetEditMessage().GetMessage()), err
}

// DeleteMessage leaves a tombstone in place of a message.
func (ch *Channel) DeleteMessage(ctx context.Context, message MessageID) error {
	return ch.delete(ctx, message, false)
}

// PurgeMessage removes a message so that nothing of it remains; needs the capability "hard-delete".
func (ch *Channel) PurgeMessage(ctx context.Context, message MessageID) error {
	return ch.delete(ctx, message, true)
}

func (ch *Channel) delete(ctx context.Context, message MessageID, hard bool) error {
	request := &wire.DeleteMessage{ChannelId: string(ch.id), MessageId: string(message), Hard: hard}
	command := &wire.Cmd{Command: &wire.Cmd_DeleteMessage{DeleteMessage: request}}
	_, err := ch.client.effect(ctx, "delete message", command)
	return err
}

// Message reads one message.
func (ch *Channel) Message(ctx context.Context, message MessageID) (Message, error) {
	request := &wire.GetMessage{ChannelId: string(ch.id), MessageId: string(message)}
	ok, err := ch.client.read(ctx, "get message", &wire.Cmd{Command: &wire.Cmd_GetMessage{GetMessage: request}})
	return messageFromWire(ok.GetGetMessage().GetMessage()), err
}

// Versions returns the earlier texts of an edited message, oldest first. Authors and moderators may see them.
func (ch *Channel) Versions(ctx context.Context, message MessageID) ([]MessageVersion, error) {
	request := &wire.ListVersions{ChannelId: string(ch.id), MessageId: string(message)}
	ok, err := ch.client.read(ctx, "list versions", &wire.Cmd{Command: &wire.Cmd_ListVersions{ListVersions: request}})
	return each(ok.GetListVersions().GetItems(), versionFromWire), err
}

// React adds the caller's reaction; kind is an emoji or a short name. Adding it again changes nothing.
func (ch *Channel) React(ctx context.Context, message MessageID, kind string) (Message, error) {
	request := &wire.React{ChannelId: string(ch.id), MessageId: string(message), Kind: kind}
	ok, err := ch.client.effect(ctx, "react", &wire.Cmd{Command: &wire.Cmd_React{React: request}})
	return messageFromWire(ok.GetReact().GetMessage()), err
}

// Unreact takes the caller's reaction back.
func (ch *Channel) Unreact(ctx context.Context, message MessageID, kind string) (Message, error) {
	request := &wire.Unreact{ChannelId: string(ch.id), MessageId: string(message), Kind: kind}
	ok, err := ch.client.effect(ctx, "unreact", &wire.Cmd{Command: &wire.Cmd_Unreact{Unreact: request}})
	return messageFromWire(ok.GetUnreact().GetMessage()), err
}

// Reactions iterates over who reacted how, page by page.
func (ch *Channel) Reactions(ctx context.Context, message MessageID) iter.Seq2[Reaction, error] {
	return pages(func(cursor string) ([]Reaction, string, error) {
		request := &wire.ListReactions{ChannelId: string(ch.id), MessageId: string(message), Cursor: cursor}
		command := &wire.Cmd{Command: &wire.Cmd_ListReactions{ListReactions: request}}
		ok, err := ch.client.read(ctx, "list reactions", command)
		page := ok.GetListReactions()
		return each(page.GetItems(), reactionFromWire), page.GetNext(), err
	})
}

// Pin marks a message for everybody.
func (ch *Channel) Pin(ctx context.Context, message MessageID) error {
	request := &wire.PinMessage{ChannelId: string(ch.id), MessageId: string(message)}
	_, err := ch.client.effect(ctx, "pin message", &wire.Cmd{Command: &wire.Cmd_PinMessage{PinMessage: request}})
	return err
}

// Unpin takes the mark away.
func (ch *Channel) Unpin(ctx context.Context, message MessageID) error {
	request := &wire.UnpinMessage{ChannelId: string(ch.id), MessageId: string(message)}
	_, err := ch.client.effect(ctx, "unpin message", &wire.Cmd{Command: &wire.Cmd_UnpinMessage{UnpinMessage: request}})
	return err
}

// Pins returns the pinned messages.
func (ch *Channel) Pins(ctx context.Context) ([]Message, error) {
	request := &wire.ListPins{ChannelId: string(ch.id)}
	ok, err := ch.client.read(ctx, "list pins", &wire.Cmd{Command: &wire.Cmd_ListPins{ListPins: request}})
	return each(ok.GetListPins().GetItems(), messageFromWire), err
}
