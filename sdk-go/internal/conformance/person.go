package conformance

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/parley-rtc/parley/sdk-go"
)

// person is one client of a scenario, behind its own faulty network.
type person struct {
	proxy  *proxy
	sdk    *parley.Client
	cancel context.CancelFunc
	work   sync.WaitGroup // collectors

	mu         sync.Mutex
	changed    chan struct{} // closed and replaced when anything below changes
	hellos     int
	hellosSeen int
	tokens     int
	tokensSeen int
	endings    []int         // close codes that the server gave
	tokensFlow chan struct{} // closed while the provider answers
	presences  map[parley.UserID]parley.Presence
	collected  map[string]*collection
	timelines  map[string]*parley.Timeline
	detached   []chan error
}

// collection holds all events of one stream, and which of them a step has looked at.
type collection struct {
	subscription *parley.Subscription
	filtered     bool
	events       []parley.Event
	used         []bool
}

func newPerson(upstream string) (*person, error) {
	faulty, err := newProxy(upstream)
	if err != nil {
		return nil, err
	}
	return &person{
		proxy: faulty, changed: make(chan struct{}), collected: map[string]*collection{},
		timelines: map[string]*parley.Timeline{}, presences: map[parley.UserID]parley.Presence{}, tokensFlow: flowing(),
	}, nil
}

func (p *person) close() {
	if p.sdk != nil {
		p.cancel()
		p.sdk.Close()
		p.work.Wait()
	}
	p.proxy.close()
}

// note changes something under the lock and wakes those who wait.
func (p *person) note(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
	close(p.changed)
	p.changed = make(chan struct{})
}

// await waits until ready, which runs under the lock, returns nil; else its last error.
func (p *person) await(ctx context.Context, ready func() error) error {
	for {
		p.mu.Lock()
		err := ready()
		changed := p.changed
		p.mu.Unlock()
		if err == nil {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return errors.Join(err, ctx.Err())
		}
	}
}

// onState is told of every change of the client's state.
func (p *person) onState(state parley.State, reason error) {
	p.note(func() {
		if state == parley.Connected {
			p.hellos++
		}
		var closed *parley.CloseError
		if errors.As(reason, &closed) {
			p.endings = append(p.endings, closed.Code)
		}
	})
}

// flowing lets everybody through.
func flowing() chan struct{} {
	open := make(chan struct{})
	close(open)
	return open
}

// collect keeps all events of a subscription. Subscribing again replaces nothing: the SDK continues.
func (p *person) collect(stream string, filtered bool, subscription *parley.Subscription) {
	kept := &collection{subscription: subscription, filtered: filtered}
	p.mu.Lock()
	p.collected[stream] = kept
	p.mu.Unlock()
	life, cancel := context.WithCancel(context.Background())
	previous := p.cancel
	p.cancel = func() { previous(); cancel() }
	p.work.Go(func() {
		for {
			event, err := subscription.Next(life)
			if err != nil {
				return
			}
			p.note(func() {
				kept.events = append(kept.events, event)
				kept.used = append(kept.used, false)
				if changed, ok := event.Body.(parley.PresenceChanged); ok {
					p.know(changed.Presences)
				}
			})
		}
	})
}

// know remembers the newest presence of each user. The lock is held.
func (p *person) know(presences []parley.Presence) {
	for _, presence := range presences {
		p.presences[presence.User] = presence
	}
}

// take matches the next events of the wanted types with patterns and uses them up. The lock is held.
func (k *collection) take(patterns []any) error {
	types := map[string]bool{}
	for _, pattern := range patterns {
		fields, _ := pattern.(map[string]any)
		kind, _ := fields["type"].(string)
		types[kind] = true
	}
	next, taken := 0, []int{}
	for i, event := range k.events {
		if next == len(patterns) {
			break
		}
		if k.used[i] || !types[event.Body.Type()] {
			continue
		}
		if err := match(patterns[next], plain(eventView(event)), fmt.Sprintf("event %d", next+1)); err != nil {
			return &mismatchError{err}
		}
		taken = append(taken, i)
		next++
	}
	if next < len(patterns) {
		return fmt.Errorf("only %d of %d events came; then: %v", next, len(patterns), k.types())
	}
	for _, i := range taken {
		k.used[i] = true
	}
	return nil
}

// mismatchError is a failure that waiting does not cure.
type mismatchError struct{ cause error }

func (e *mismatchError) Error() string { return e.cause.Error() }

func (k *collection) types() []string {
	var out []string
	for i, event := range k.events {
		if !k.used[i] {
			out = append(out, event.Body.Type())
		}
	}
	return out[max(0, len(out)-20):]
}

// unused counts events of the types that no step has looked at.
func (k *collection) unused(types []string) int {
	n := 0
	for i, event := range k.events {
		if !k.used[i] && slices.Contains(types, event.Body.Type()) {
			n++
		}
	}
	return n
}

// check holds the promise of every stream: offsets rise, without a filter or resync by exactly one.
func (p *person) check() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for stream, kept := range p.collected {
		var last parley.Position
		for _, event := range kept.events {
			if event.Position.Offset == 0 {
				continue
			}
			_, resync := event.Body.(parley.Resync)
			same := event.Position.Epoch == last.Epoch
			switch {
			case last.Offset == 0 || resync:
			case !same:
				return fmt.Errorf("%s: epoch %s after %s without resync", stream, event.Position, last)
			case event.Position.Offset <= last.Offset:
				return fmt.Errorf("%s: %s after %s", stream, event.Position, last)
			case !kept.filtered && event.Position.Offset != last.Offset+1:
				return fmt.Errorf("%s: hole between %s and %s", stream, last, event.Position)
			}
			last = event.Position
		}
	}
	return nil
}

func (p *person) detach(work func() error) {
	done := make(chan error, 1)
	p.mu.Lock()
	p.detached = append(p.detached, done)
	p.mu.Unlock()
	p.work.Go(func() { done <- work() })
}

func (p *person) settle(ctx context.Context) error {
	p.mu.Lock()
	waiting := p.detached
	p.detached = nil
	p.mu.Unlock()
	for _, done := range waiting {
		select {
		case err := <-done:
			if err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
