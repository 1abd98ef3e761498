package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/parley-rtc/parley/sdk-go"
)

// outcome is the result: everything that must be 0 or empty says so by its name.
type outcome struct {
	plan
	Acknowledged int      `json:"acknowledged"`
	Repeated     int      `json:"repeated"`
	Killed       int64    `json:"socketsKilled"`
	KilledTS     int64    `json:"socketsKilledOfTypeScript"`
	Resyncs      int      `json:"resyncs"`
	Stored       int      `json:"stored"`
	Lost         int      `json:"lost"`
	Duplicated   int      `json:"duplicated"`
	Holes        int      `json:"holes"`
	Views        int      `json:"viewsCompared"`
	ViewsTS      int      `json:"viewsComparedOfTypeScript"`
	WrongViews   int      `json:"wrongViews"`
	Wrong        []string `json:"wrong"`
	Seconds      float64  `json:"seconds"`
}

// wrongMost bounds what is printed.
const wrongMost = 20

func (o *outcome) blame(format string, arguments ...any) {
	if len(o.Wrong) < wrongMost {
		o.Wrong = append(o.Wrong, fmt.Sprintf(format, arguments...))
	}
}

// verify compares the promises, the log and the views; the error is nil only when they agree.
func (s *stage) verify(ctx context.Context) (*outcome, error) {
	o := &outcome{
		plan: s.plan, Acknowledged: len(s.acks), Repeated: s.repeats, Killed: s.kills.Load(),
		KilledTS: s.scripterKills.Load(), Wrong: s.wrong,
	}
	logs, goals := map[parley.ChannelID][]parley.Message{}, map[parley.ChannelID]goal{}
	promised := map[parley.ChannelID]map[parley.MessageID]acknowledged{}
	for _, ack := range s.acks {
		if promised[ack.channel] == nil {
			promised[ack.channel] = map[parley.MessageID]acknowledged{}
		}
		promised[ack.channel][ack.message] = ack
	}
	for _, channel := range s.channels {
		log, err := everything(ctx, s.people[0].client, channel)
		if err != nil {
			return o, err
		}
		o.Stored += len(log)
		o.compare(channel, log, promised[channel])
		info, err := s.people[0].client.Channel(channel).Get(ctx)
		if err != nil {
			return o, err
		}
		for _, each := range s.people {
			s.compareView(ctx, o, each, channel, log, info.Head.Offset)
		}
		logs[channel], goals[channel] = log, goal{info.Head.Offset, lastOffset(log)}
	}
	if err := s.compareScripted(ctx, o, logs, goals); err != nil {
		return o, err
	}
	if o.Lost+o.Duplicated+o.Holes+o.WrongViews+len(o.Wrong) > 0 || o.Acknowledged != s.plan.Messages {
		return o, errors.New("something was lost, doubled or seen wrong")
	}
	return o, nil
}

// compare holds the log against the promises: each acknowledged message is there, once, where it was said to be.
func (o *outcome) compare(
	channel parley.ChannelID, log []parley.Message, promised map[parley.MessageID]acknowledged,
) {
	clients := map[string]int{}
	found := map[parley.MessageID]parley.Message{}
	var last uint64
	for _, message := range log {
		clients[message.ClientID]++
		if clients[message.ClientID] > 1 {
			o.Duplicated++
			o.blame("%s: %s is stored twice", channel, message.ClientID)
		}
		if message.Offset <= last {
			o.Holes++
			o.blame("%s: offset %d after %d", channel, message.Offset, last)
		}
		last = message.Offset
		found[message.ID] = message
	}
	for id, ack := range promised {
		if message, ok := found[id]; !ok || message.Offset != ack.offset || message.Text != ack.text {
			o.Lost++
			o.blame("%s: %s was acknowledged at %d and is not there", channel, ack.clientID, ack.offset)
		}
	}
}

// compareView holds what somebody saw against the log: dense offsets up to the head, the same messages in the same
// order.
func (s *stage) compareView(
	ctx context.Context, o *outcome, who *person, channel parley.ChannelID, log []parley.Message, head uint64,
) {
	ctx, cancel := context.WithTimeout(ctx, overtakeWait)
	defer cancel()
	seen := who.overtake(ctx, channel, head)
	o.Views++
	o.Resyncs += seen.resyncs
	if seen.err != nil {
		o.WrongViews++
		o.blame("%s: the view of %s ended: %v", channel, who.client.UserID(), seen.err)
		return
	}
	for i, offset := range seen.offsets {
		if offset != seen.begin+uint64(i)+1 {
			o.Holes++
			o.blame("%s: %s saw offset %d as number %d", channel, who.client.UserID(), offset, i+1)
			return
		}
	}
	o.sameMessages(channel, string(who.client.UserID()), seen.messages, log)
}

// sameMessages: the same ids, offsets and texts in the same order.
func (o *outcome) sameMessages(channel parley.ChannelID, who string, seen, log []parley.Message) {
	if len(seen) != len(log) {
		o.WrongViews++
		o.blame("%s: %s saw %d of %d messages", channel, who, len(seen), len(log))
		return
	}
	for i, message := range seen {
		if message.ID != log[i].ID || message.Offset != log[i].Offset || message.Text != log[i].Text {
			o.WrongViews++
			o.blame("%s: %s saw %s instead of %s", channel, who, message.ID, log[i].ID)
			return
		}
	}
}

// compareScripted holds what the TypeScript client shows against the logs.
func (s *stage) compareScripted(
	ctx context.Context, o *outcome, logs map[parley.ChannelID][]parley.Message, goals map[parley.ChannelID]goal,
) error {
	shown, err := s.scripter.shown(ctx, goals)
	if err != nil {
		return err
	}
	for _, channel := range s.channels {
		view := shown[channel]
		o.Views++
		o.ViewsTS++
		o.Resyncs += view.Resyncs
		for _, problem := range view.Problems {
			o.WrongViews++
			o.blame("%s: %s %s", channel, scripterName, problem)
		}
		var messages []parley.Message
		for _, m := range view.Messages {
			messages = append(messages, parley.Message{ID: m.ID, Offset: m.Offset, Text: m.Text})
		}
		o.sameMessages(channel, scripterName, messages, logs[channel])
	}
	return nil
}

func lastOffset(log []parley.Message) uint64 {
	if len(log) == 0 {
		return 0
	}
	return log[len(log)-1].Offset
}

// overtake waits until somebody has seen everything up to head, and returns what they saw.
func (p *person) overtake(ctx context.Context, channel parley.ChannelID, head uint64) view {
	for {
		p.mu.Lock()
		seen := *p.views[channel]
		changed := p.changed
		p.mu.Unlock()
		reached := seen.begin + uint64(len(seen.offsets))
		if reached >= head || seen.err != nil {
			return seen
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return seen
		}
	}
}
