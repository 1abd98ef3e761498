package conformance

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/parley-rtc/parley/sdk-go"
)

const quietFor = 300 * time.Millisecond

var watchingSteps = map[string]action{
	"subscribe": asked(func(ctx context.Context, w *world, s *Step, client *parley.Client) (any, error) {
		options := parley.SubscribeOptions{Types: s.filter()}
		var subscription *parley.Subscription
		var err error
		if room, isRoom := strings.CutPrefix(s.Stream, "call:"); isRoom {
			subscription, err = client.Room(parley.RoomID(room)).Subscribe(ctx, options)
		} else if s.Stream == "me" {
			subscription, err = client.SubscribeInbox(ctx, options)
		} else {
			channel := client.Channel(parley.ChannelID(w.channelID(s.Channel)))
			subscription, err = channel.Subscribe(ctx, options)
		}
		if err != nil {
			return nil, err
		}
		w.people[s.Client].collect(streamName(s), len(s.Events) > 0, subscription)
		if own := subscription.Own(); own != nil {
			return object{"own": ownView(*own)}, nil
		}
		return object{}, nil
	}),
	"unsubscribe": onPerson(func(_ context.Context, s *Step, p *person) error {
		kept, err := p.collection(s)
		if err == nil {
			kept.subscription.Close()
		}
		return err
	}),
	"events": onPerson(func(ctx context.Context, s *Step, p *person) error {
		return p.take(ctx, s, expand(s.Events))
	}),
	"resync": onPerson(func(ctx context.Context, s *Step, p *person) error {
		return p.take(ctx, s, []any{map[string]any{"type": "resync", "reason": s.Reason}})
	}),
	"noEvents": onPerson(func(ctx context.Context, s *Step, p *person) error {
		kept, err := p.collection(s)
		if err != nil {
			return err
		}
		wait := quietFor
		if s.ForMs > 0 {
			wait = time.Duration(s.ForMs) * time.Millisecond
		}
		if err := pause(ctx, wait); err != nil {
			return err
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		if n := kept.unused(s.Types); n > 0 {
			return fmt.Errorf("%d such events came: %v", n, kept.types())
		}
		return nil
	}),
	"timeline": inChannel(watchTimeline),
}

func streamName(s *Step) string {
	if s.Stream != "" {
		return s.Stream
	}
	return s.Channel
}

// filter reads the filter of a subscribe step.
func (s *Step) filter() []string {
	var out []string
	for _, event := range s.Events {
		out = append(out, fmt.Sprint(event))
	}
	return out
}

func (p *person) collection(s *Step) (*collection, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	kept := p.collected[streamName(s)]
	if kept == nil {
		return nil, fmt.Errorf("%s has not subscribed to %s", s.Client, streamName(s))
	}
	return kept, nil
}

// take waits for the events that the patterns describe. An event that does not match ends the wait at once.
func (p *person) take(ctx context.Context, s *Step, patterns []any) error {
	kept, err := p.collection(s)
	if err != nil {
		return err
	}
	var wrong error
	err = p.await(ctx, func() error {
		err := kept.take(patterns)
		var mismatch *mismatchError
		if errors.As(err, &mismatch) {
			wrong = err
			return nil
		}
		return err
	})
	return errors.Join(wrong, err)
}

// watchTimeline opens the SDK's live view at first use, and waits until it shows what it should.
func watchTimeline(ctx context.Context, w *world, s *Step, channel *parley.Channel) (any, error) {
	p := w.people[s.Client]
	p.mu.Lock()
	view := p.timelines[s.Channel]
	p.mu.Unlock()
	if view == nil {
		var err error
		if view, err = channel.Timeline(ctx, parley.TimelineOptions{}); err != nil {
			return nil, err
		}
		p.mu.Lock()
		p.timelines[s.Channel] = view
		p.mu.Unlock()
	}
	states := s.States
	if states == nil {
		states = slices.Repeat([]string{"sent"}, len(s.Texts))
	}
	for {
		var texts, are []string
		for _, entry := range view.Entries() {
			texts = append(texts, entry.Message.Text)
			are = append(are, entry.State.String())
		}
		if slices.Equal(texts, s.Texts) && slices.Equal(are, states) {
			return nil, nil //nolint:nilnil // nothing to show
		}
		select {
		case <-view.Changed():
		case <-view.Done():
			return nil, fmt.Errorf("the view ended: %w", view.Err())
		case <-ctx.Done():
			return nil, fmt.Errorf("shows %q %q: %w", texts, are, ctx.Err())
		}
	}
}
