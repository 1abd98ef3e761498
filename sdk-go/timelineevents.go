package parley

import "slices"

// apply changes the view as an event says. Events are idempotent here, so one that a snapshot holds already does no
// harm.
func (t *Timeline) apply(event Event) {
	c := t.channel.client
	c.mu.Lock()
	defer c.mu.Unlock()
	me := c.session.User.ID
	switch body := event.Body.(type) {
	case MessageCreated:
		t.created(body, me)
	case MessageEdited:
		t.change(body.Message.ID, func(message *Message) {
			own := message.OwnReactions
			*message = body.Message
			message.OwnReactions = own
		})
	case MessageDeleted:
		t.deleted(event, body)
	case ReactionAdded:
		t.change(body.Message, func(message *Message) {
			message.Reactions = body.Counts
			if body.Reaction.User == me && !slices.Contains(message.OwnReactions, body.Reaction.Kind) {
				message.OwnReactions = append(slices.Clone(message.OwnReactions), body.Reaction.Kind)
			}
		})
	case ReactionRemoved:
		t.change(body.Message, func(message *Message) {
			message.Reactions = body.Counts
			if body.Reaction.User == me {
				message.OwnReactions = slices.DeleteFunc(slices.Clone(message.OwnReactions),
					func(kind string) bool { return kind == body.Reaction.Kind })
			}
		})
	case MessagePinned:
		t.change(body.Message, func(message *Message) { message.Pinned = true })
	case MessageUnpinned:
		t.change(body.Message, func(message *Message) { message.Pinned = false })
	default:
		return
	}
	t.ring()
}

func (t *Timeline) created(body MessageCreated, me UserID) {
	if body.ParentThread != nil {
		t.change(body.Message.Parent, func(message *Message) { message.Thread = body.ParentThread })
	}
	if t.shows(body.Message) {
		t.put(body.Message)
	}
	if body.Message.AuthorID == me {
		t.settle(body.Message.ClientID)
	}
}

func (t *Timeline) deleted(event Event, body MessageDeleted) {
	if body.ParentThread != nil {
		t.change(body.Parent, func(message *Message) { message.Thread = body.ParentThread })
	}
	if body.Hard {
		t.sent = slices.DeleteFunc(t.sent, func(entry Entry) bool { return entry.Message.ID == body.Message })
		return
	}
	t.change(body.Message, func(message *Message) {
		message.Text, message.Custom, message.Quote, message.Mentions = "", nil, nil, nil
		message.Reactions, message.OwnReactions = nil, nil
		message.DeletedAt = event.At
	})
}

func (t *Timeline) change(id MessageID, change func(*Message)) {
	for i := range t.sent {
		if t.sent[i].Message.ID == id {
			change(&t.sent[i].Message)
			return
		}
	}
}

// showPending puts an own send on the open views of its channel.
func (c *Client) showPending(channel ChannelID, draft Draft) {
	c.mu.Lock()
	defer c.mu.Unlock()
	message := Message{
		Channel: channel, AuthorID: c.session.User.ID, ClientID: draft.ClientID, Text: draft.Text, Custom: draft.Custom,
		Parent: draft.Parent, AlsoInChannel: draft.AlsoInChannel, Mentions: draft.Mentions,
		CreatedAt: c.options.Clock.Now(),
	}
	for _, t := range c.timelines[channel] {
		known := slices.ContainsFunc(t.sent, func(e Entry) bool {
			return e.Message.ClientID == draft.ClientID && e.Message.AuthorID == message.AuthorID
		})
		if t.shows(message) && !known {
			t.settle(draft.ClientID)
			t.own = append(t.own, Entry{Message: message, State: EntryPending})
			t.ring()
		}
	}
}

// showSent replaces the pending line by the stored message, unless its event was faster: that may have been
// edited since.
func (c *Client) showSent(channel ChannelID, sent Sent) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, t := range c.timelines[channel] {
		t.settle(sent.Message.ClientID)
		known := slices.ContainsFunc(t.sent, func(e Entry) bool { return e.Message.ID == sent.Message.ID })
		if t.shows(sent.Message) && !known && !sent.Duplicate {
			t.put(sent.Message)
		}
		t.ring()
	}
}

// showFailed marks the pending line; beyond a limit the oldest failed ones go.
func (c *Client) showFailed(channel ChannelID, clientID string, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, t := range c.timelines[channel] {
		failed := 0
		for i := range t.own {
			if t.own[i].Message.ClientID == clientID {
				t.own[i].State, t.own[i].Err = EntryFailed, err
			}
			if t.own[i].State == EntryFailed {
				failed++
			}
		}
		if failed > failedMost {
			oldest := slices.IndexFunc(t.own, func(e Entry) bool { return e.State == EntryFailed })
			t.own = slices.Delete(t.own, oldest, oldest+1)
		}
		t.ring()
	}
}
