package main

import (
	"context"
	"fmt"
	"sync"

	"github.com/parley-rtc/parley/sdk-go"
)

// follower is what the Go client saw, event by event.
type follower struct {
	subscription *parley.Subscription

	mu       sync.Mutex
	changed  chan struct{}
	head     uint64
	messages []brief
	problems []string
}

// follow keeps every event of the channel until the client is closed.
func follow(ctx context.Context, client *parley.Client) (*follower, error) {
	subscription, err := client.Channel(channel).Subscribe(ctx, parley.SubscribeOptions{})
	if err != nil {
		return nil, err
	}
	f := &follower{
		subscription: subscription, changed: make(chan struct{}), head: subscription.Position().Offset,
	}
	go func() { // ends with the subscription
		for event, err := range subscription.All(ctx) {
			f.see(event, err)
		}
	}()
	return f, nil
}

func (f *follower) see(event parley.Event, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil {
		f.problems = append(f.problems, "the subscription ended: "+err.Error())
	} else if _, resync := event.Body.(parley.Resync); resync {
		f.problems = append(f.problems, "lost its place")
	} else if event.Position.Offset > 0 {
		if event.Position.Offset != f.head+1 {
			f.problems = append(f.problems, fmt.Sprintf("offset %d after %d", event.Position.Offset, f.head))
		}
		f.head = event.Position.Offset
		if created, ok := event.Body.(parley.MessageCreated); ok {
			f.messages = append(f.messages, briefOf(created.Message))
		}
	}
	close(f.changed)
	f.changed = make(chan struct{})
}

// await returns when the condition holds; it is asked under the lock.
func (f *follower) await(ctx context.Context, condition func() bool) error {
	for {
		f.mu.Lock()
		done, changed := condition(), f.changed
		f.mu.Unlock()
		if done {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

func (f *follower) copy() []brief {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]brief(nil), f.messages...)
}
