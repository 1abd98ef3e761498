package parley

import (
	"container/list"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// call is one command that waits for its answer.
type call struct {
	command *wire.Cmd
	// complete runs exactly once, without the client's lock: on the link's reader, or where the wait ends.
	complete func(*wire.Ok, error)
	// sticky calls outlive their link: they are sent again, in their order, on the next one.
	sticky bool
	place  *list.Element // in outstanding; only for sticky calls
}

// answer completes the call with what the server said.
func (k *call) answer(c *Client, reply *wire.Reply) {
	if k.sticky {
		c.mu.Lock()
		known := c.forget(k)
		c.mu.Unlock()
		if !known {
			return // its caller went away
		}
	}
	if refusal := reply.GetErr(); refusal != nil {
		k.complete(nil, errorFromWire(refusal))
		return
	}
	k.complete(reply.GetOk(), nil)
}

// forget takes a sticky call out of the list; false when it was not there any more. The lock is held.
func (c *Client) forget(k *call) bool {
	if k.place == nil {
		return false
	}
	c.outstanding.Remove(k.place)
	k.place = nil
	return true
}

// read asks a question; asking twice does no harm.
func (c *Client) read(ctx context.Context, what string, command *wire.Cmd) (*wire.Ok, error) {
	ok, err := c.roundTrip(ctx, command)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return ok, nil
}

// effect changes something. One key covers every attempt, so it happens once however often the connection drops. When
// ctx ends first, the error matches [ErrNotConfirmed].
func (c *Client) effect(ctx context.Context, what string, command *wire.Cmd) (*wire.Ok, error) {
	if command.GetSendMessage() == nil { // its client id is its key
		command.Key = c.chance.id()
	}
	ok, err := c.roundTrip(ctx, command)
	if err != nil && isContextEnd(err) {
		err = errors.Join(ErrNotConfirmed, err)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return ok, nil
}

// roundTrip repeats command over lost connections and temporary refusals until it is answered or ctx ends.
func (c *Client) roundTrip(ctx context.Context, command *wire.Cmd) (*wire.Ok, error) {
	select {
	case c.turns <- struct{}{}:
		defer func() { <-c.turns }()
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-c.done:
		return nil, c.Err()
	}
	for attempt := 0; ; attempt++ {
		ok, err := c.attempt(ctx, command)
		if err == nil {
			return ok, nil
		}
		delay, again := c.again(err, attempt)
		if !again {
			return nil, err
		}
		if err := sleep(ctx, c.options.Clock, delay); err != nil {
			return nil, err
		}
	}
}

// again decides whether a refused command is worth repeating, and when.
func (c *Client) again(err error, attempt int) (time.Duration, bool) {
	var refusal *Error
	if !errors.As(err, &refusal) || attempt >= retriesMost {
		return 0, false
	}
	switch refusal.Retry {
	case RetryAfter:
		// Slow mode is for people to see, not for a library to sit out.
		if refusal.Code == CodeSlowMode || refusal.After > patience {
			return 0, false
		}
		return refusal.After + backoff(c.chance, attempt), true
	case RetryResume, RetryReconnect, RetryRefresh:
		c.giveUpLink(refusal)
		return backoff(c.chance, attempt), true
	case RetryNever:
	}
	return 0, false
}

// giveUpLink ends the present link, so that the client connects again.
func (c *Client) giveUpLink(reason error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.link != nil {
		c.link.fail(reason)
	}
}

// attempt sends command, on this link and those that follow, until it is answered, its patience is over, or ctx ends.
func (c *Client) attempt(ctx context.Context, command *wire.Cmd) (*wire.Ok, error) {
	type answer struct {
		ok  *wire.Ok
		err error
	}
	answered := make(chan answer, 1)
	k := &call{command: command, sticky: true}
	k.complete = func(ok *wire.Ok, err error) { answered <- answer{ok, err} }
	if err := c.start(k); err != nil {
		return nil, err
	}
	for {
		late, stop := c.options.Clock.After(answerWait)
		select {
		case a := <-answered:
			stop()
			return a.ok, a.err
		case <-ctx.Done():
			stop()
			c.withdraw(k)
			return nil, ctx.Err()
		case <-late:
			c.repeat(k)
		}
	}
}

// start queues a sticky call behind those that wait already, and sends it when there is a link.
func (c *Client) start(k *call) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed != nil {
		return c.closed
	}
	k.place = c.outstanding.PushBack(k)
	if c.link != nil {
		c.link.submit(k)
	}
	return nil
}

// repeat sends a call again whose answer is overdue on a link that lives.
func (c *Client) repeat(k *call) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if k.place != nil && c.link != nil {
		c.link.abandon(k)
		c.link.submit(k)
	}
}

func (c *Client) withdraw(k *call) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.forget(k)
	if c.link != nil {
		c.link.abandon(k)
	}
}

// abandon forgets the ids under which a call was sent. The lock is held.
func (l *link) abandon(k *call) {
	for id, waiting := range l.waiting {
		if waiting == k {
			delete(l.waiting, id)
		}
	}
}

// tell sends a command that wants no reply, if there is a link; otherwise it is not worth sending.
func (c *Client) tell(command *wire.Cmd) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.link != nil {
		c.link.send(&wire.Frame{Frame: &wire.Frame_Cmd{Cmd: command}})
	}
}
