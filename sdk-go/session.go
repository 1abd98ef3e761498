package parley

import (
	"context"
	"errors"
	"fmt"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// resumeMost is how many streams one hello may continue; the others are subscribed after it.
const resumeMost = 500

// run keeps the client connected until its life ends or the server will not have it back.
func (c *Client) run(life context.Context) {
	plan := comeback{chance: c.chance}
	for {
		end := c.connectOnce(life)
		if life.Err() != nil {
			c.finish(life.Err())
			return
		}
		delay, final := plan.after(end)
		if final {
			c.finish(end.reason)
			return
		}
		if c.State() != Connecting {
			c.setState(Reconnecting, end.reason)
		} else {
			c.noteError(end.reason)
		}
		c.options.Logger.Debug("parley reconnects", "in", delay, "reason", end.reason)
		if err := sleep(life, c.options.Clock, delay); err != nil {
			c.finish(err)
			return
		}
	}
}

func (c *Client) noteError(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lastError = err
}

// connectOnce lives one socket from dialling to its end.
func (c *Client) connectOnce(life context.Context) ending {
	token, err := c.tokens.get(life)
	if err != nil {
		return ending{reason: err}
	}
	dialing, cancel := context.WithTimeout(life, dialWait)
	defer cancel()
	socket, err := c.options.Transport.Dial(dialing, socketURL(c.options.URL))
	if err != nil {
		return ending{reason: err}
	}
	l := newLink(c, socket)
	end := l.serve(life, token)
	var closed *CloseError
	if isTokenRefusal(end.reason) || (errors.As(end.reason, &closed) && isTokenClose(closed)) {
		c.tokens.refused()
	}
	return end
}

// hello makes the first command of a socket and remembers which streams it continues, in order.
func (c *Client) hello(l *link, token string) *wire.Cmd {
	c.mu.Lock()
	defer c.mu.Unlock()
	hello := &wire.Hello{
		Token:    token,
		Protocol: protocolVersion,
		Client:   clientName,
		DeviceId: c.options.DeviceID,
		Presence: wire.Presence_State(c.options.Presence),
	}
	for _, s := range c.streams {
		if !s.confirmed {
			continue // its first subscribe is among the outstanding calls
		}
		if len(hello.Resume) == resumeMost {
			s.stale = true // repaired right after the greeting
			continue
		}
		s.repairing = false
		hello.Resume = append(hello.Resume, s.request(s.position))
		l.resuming = append(l.resuming, s)
	}
	return &wire.Cmd{Command: &wire.Cmd_Hello{Hello: hello}}
}

// greeted takes the answer of hello: from here on the link carries calls. Runs on the link's reader.
func (c *Client) greeted(l *link, hello *wire.HelloResult) error {
	if len(hello.GetStreams()) != len(l.resuming) {
		return fmt.Errorf("%w: hello answered %d of %d streams", ErrProtocol, len(hello.GetStreams()), len(l.resuming))
	}
	c.mu.Lock()
	c.session = sessionFromWire(hello)
	c.link = l
	l.greet(hello)
	for i, result := range hello.GetStreams() {
		c.resumed(l.resuming[i], result)
	}
	for e := c.outstanding.Front(); e != nil; e = e.Next() {
		l.submit(e.Value.(*call))
	}
	c.watchAgain(l)
	first := c.connected
	c.mu.Unlock()
	c.setState(Connected, nil)
	select {
	case <-first:
	default:
		close(first)
	}
	return nil
}

// resumed applies what the server said about one stream of hello. The lock is held.
func (c *Client) resumed(s *stream, result *wire.SubscribeResult) {
	if c.streams[s.name] != s {
		return // unsubscribed meanwhile
	}
	if result.GetLost() != wire.SubscribeResult_REFUSED {
		s.apply(result, s.position)
		return
	}
	code := Code(result.GetError())
	c.drop(s, &Error{Code: code, Name: code.String(), Detail: "the subscription was not continued"})
}

// ended takes the link out of use: what it carried for itself fails, calls wait for the next link.
func (c *Client) ended(l *link) {
	c.mu.Lock()
	if c.link == l {
		c.link = nil
	}
	var lost []*call
	for _, call := range l.waiting {
		if !call.sticky {
			lost = append(lost, call)
		}
	}
	l.waiting = nil
	c.mu.Unlock()
	for _, call := range lost {
		call.complete(nil, errLinkLost)
	}
}
