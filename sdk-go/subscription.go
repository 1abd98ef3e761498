package parley

import (
	"context"
	"fmt"
	"iter"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// SubscribeOptions narrow or continue a subscription.
type SubscribeOptions struct {
	// Since continues behind a stored position; zero = from now on.
	Since Position
	// Types keeps only these events, by [Body.Type]; empty = all. Ephemeral events are named like all others.
	Types []string
}

// Subscription hands out the events of one stream: recoverable ones in order, each exactly once, over reconnects too;
// where that is impossible, a [Resync] says so. Take them with Next or All, from one goroutine.
//
// The queue is bounded ([Options.EventsMax]). When it is full, further events are left on the server and fetched when
// there is room; if that is too much for the server, a Resync follows. Ephemeral events are dropped instead.
type Subscription struct {
	client *Client
	stream *stream
	filter map[string]bool
	max    int
	wake   chan struct{}

	// Guarded by the client's lock.
	queue    []Event
	seen     Position // everything up to here was queued or skipped
	behind   bool     // the queue was full: what follows seen is still on the server
	catching bool     // that is being asked for
	started  bool
	own      *OwnState
	err      error
}

// Subscribe listens to the channel; the caller must be a member. It returns when the server has confirmed.
func (ch *Channel) Subscribe(ctx context.Context, options SubscribeOptions) (*Subscription, error) {
	return ch.client.subscribe(ctx, ch.stream(), options)
}

// SubscribeInbox listens to what concerns the caller: memberships, invitations, mentions, read markers.
func (c *Client) SubscribeInbox(ctx context.Context, options SubscribeOptions) (*Subscription, error) {
	return c.subscribe(ctx, "me:"+string(c.UserID()), options)
}

// SubscribePresence hands out changes of the users that [Client.WatchPresence] named.
func (c *Client) SubscribePresence() *Subscription {
	c.mu.Lock()
	defer c.mu.Unlock()
	subscription := c.newSubscription(c.presence, SubscribeOptions{})
	subscription.started = true
	c.presence.subscriptions = append(c.presence.subscriptions, subscription)
	if c.closed != nil {
		subscription.finish(c.closed)
	}
	return subscription
}

func (c *Client) newSubscription(s *stream, options SubscribeOptions) *Subscription {
	subscription := &Subscription{
		client: c, stream: s, seen: options.Since, max: c.options.EventsMax, wake: make(chan struct{}, 1),
	}
	for _, kind := range options.Types {
		if subscription.filter == nil {
			subscription.filter = make(map[string]bool, len(options.Types))
		}
		subscription.filter[kind] = true
	}
	return subscription
}

func (c *Client) subscribe(ctx context.Context, name string, options SubscribeOptions) (*Subscription, error) {
	c.mu.Lock()
	s := c.streams[name]
	if s == nil {
		s = &stream{name: name}
		c.streams[name] = s
	}
	subscription := c.newSubscription(s, options)
	s.subscriptions = append(s.subscriptions, subscription)
	changed := s.widen()
	if s.confirmed && !changed && options.Since.IsZero() {
		subscription.start(s.position)
		c.mu.Unlock()
		return subscription, nil
	}
	since := options.Since
	if s.confirmed && since.IsZero() {
		since = s.position
	}
	command := &wire.Cmd{Command: &wire.Cmd_Subscribe{Subscribe: s.request(since)}}
	c.mu.Unlock()

	if err := c.confirm(ctx, s, command); err != nil {
		subscription.Close()
		return nil, fmt.Errorf("subscribe to %s: %w", name, err)
	}
	return subscription, nil
}

// confirm subscribes on the wire. The answer is applied on the link's reader, before the pushes that follow it.
func (c *Client) confirm(ctx context.Context, s *stream, command *wire.Cmd) error {
	for attempt := 0; ; attempt++ {
		answered := make(chan error, 1)
		k := &call{command: command, sticky: true}
		k.complete = func(ok *wire.Ok, err error) {
			if err == nil {
				c.mu.Lock()
				s.apply(ok.GetSubscribe(), positionFromWire(command.GetSubscribe().GetSince()))
				c.mu.Unlock()
			}
			answered <- err
		}
		if err := c.start(k); err != nil {
			return err
		}
		var err error
		select {
		case err = <-answered:
		case <-ctx.Done():
			c.withdraw(k)
			return ctx.Err()
		}
		if err == nil {
			return nil
		}
		delay, again := c.again(err, attempt)
		if !again {
			return err
		}
		if err := sleep(ctx, c.options.Clock, delay); err != nil {
			return err
		}
	}
}

// cover notes that the answer of a subscribe holds all that is missing here. The lock is held.
func (s *Subscription) cover() {
	s.behind, s.catching = false, false
	s.started = s.started || !s.seen.IsZero()
}

// start makes a subscription take what follows position. The lock is held.
func (s *Subscription) start(position Position) {
	s.started = true
	s.seen = position
}

// wants is true for types that the filter keeps.
func (s *Subscription) wants(event Event) bool {
	if len(s.filter) == 0 {
		return true
	}
	if _, ok := event.Body.(Resync); ok {
		return true
	}
	return s.filter[event.Body.Type()]
}

// offer takes an event unless it was seen before. The lock is held.
func (s *Subscription) offer(event Event) {
	switch {
	case s.err != nil:
	case isResync(event):
		s.resync(event)
	case event.Position.Offset == 0:
		if len(s.queue) < s.max && s.wants(event) {
			s.push(event)
		}
	case s.behind, event.Position.Epoch == s.seen.Epoch && event.Position.Offset <= s.seen.Offset:
	case !s.started: // what it begins with is on its way
	case !s.wants(event):
		s.seen = event.Position
	case len(s.queue) >= s.max:
		s.behind = true
		s.client.options.Logger.Warn("parley consumer is slow", "stream", event.Stream, "waiting", len(s.queue))
	default:
		s.push(event)
		s.seen = event.Position
	}
}

// resync tells that events were lost, unless this subscription had seen all of them. One waiting notice is enough.
func (s *Subscription) resync(event Event) {
	if s.seen == event.Position || (!s.started && s.seen.IsZero()) {
		s.start(event.Position)
		return
	}
	s.behind, s.catching = false, false
	s.start(event.Position)
	if n := len(s.queue); n > 0 && isResync(s.queue[n-1]) {
		s.queue[n-1] = event
		return
	}
	s.push(event)
}

func isResync(event Event) bool {
	_, ok := event.Body.(Resync)
	return ok
}

func (s *Subscription) push(event Event) {
	s.queue = append(s.queue, event)
	s.ring()
}

func (s *Subscription) ring() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// advance notes that nothing up to position is for this subscription. The lock is held.
func (s *Subscription) advance(position Position) {
	if !s.started || position.Epoch != s.seen.Epoch {
		s.start(position)
		return
	}
	if !s.behind && position.Offset > s.seen.Offset {
		s.seen = position
	}
}

func (s *Subscription) finish(err error) {
	if s.err == nil {
		s.err = err
		s.ring()
	}
}

// Next returns the next event. It fails when ctx ends, with [ErrUnsubscribed] after Close, with an [*Error] when the
// server ended the subscription (the caller is no longer a member), and with [ErrClosed] when the client ended. Events
// that were queued before an end are handed out first.
func (s *Subscription) Next(ctx context.Context) (Event, error) {
	for {
		s.client.mu.Lock()
		if len(s.queue) > 0 {
			event := s.queue[0]
			s.queue[0] = Event{}
			s.queue = s.queue[1:]
			if s.behind {
				s.client.catchUp(s.stream)
			}
			s.client.mu.Unlock()
			return event, nil
		}
		s.queue = nil
		err := s.err
		s.client.mu.Unlock()
		if err != nil {
			return Event{}, err
		}
		select {
		case <-s.wake:
		case <-ctx.Done():
			return Event{}, ctx.Err()
		}
	}
}

// All yields events until the subscription or ctx ends; the error is the last thing it yields. The end of ctx and Close
// end it without an error.
func (s *Subscription) All(ctx context.Context) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		for {
			event, err := s.Next(ctx)
			if err != nil {
				if ctx.Err() == nil && !isOwnEnd(err) {
					yield(Event{}, err)
				}
				return
			}
			if !yield(event, nil) {
				return
			}
		}
	}
}

func isOwnEnd(err error) bool { return err == ErrUnsubscribed } //nolint:errorlint // set by Close, never wrapped

// Position returns what has been queued so far: store it with the state that the events built, to continue later.
func (s *Subscription) Position() Position {
	s.client.mu.Lock()
	defer s.client.mu.Unlock()
	return s.seen
}

// Own returns the caller's state in the channel when the server confirmed the subscription last; nil for other streams.
func (s *Subscription) Own() *OwnState {
	s.client.mu.Lock()
	defer s.client.mu.Unlock()
	return s.own
}

// SkipTo drops the queued events up to the position of a snapshot that the caller just loaded.
func (s *Subscription) SkipTo(snapshot Position) {
	s.client.mu.Lock()
	defer s.client.mu.Unlock()
	kept := s.queue[:0:0]
	for _, event := range s.queue {
		covered := event.Position.Epoch == snapshot.Epoch && event.Position.Offset <= snapshot.Offset
		if event.Position.Offset == 0 || !covered {
			kept = append(kept, event)
		}
	}
	s.queue = kept
	if snapshot.Epoch == s.seen.Epoch && snapshot.Offset > s.seen.Offset {
		s.seen = snapshot
	}
}

// Close ends the subscription; Next then gives what is queued and [ErrUnsubscribed].
func (s *Subscription) Close() {
	c := s.client
	c.mu.Lock()
	defer c.mu.Unlock()
	s.finish(ErrUnsubscribed)
	s.stream.remove(s)
	if s.stream.local || len(s.stream.subscriptions) > 0 || c.streams[s.stream.name] != s.stream {
		return
	}
	delete(c.streams, s.stream.name)
	if c.link != nil {
		command := &wire.Cmd{Command: &wire.Cmd_Unsubscribe{Unsubscribe: &wire.Unsubscribe{Stream: s.stream.name}}}
		c.link.send(&wire.Frame{Frame: &wire.Frame_Cmd{Cmd: command}})
	}
}
