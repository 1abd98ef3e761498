package parley

import (
	"errors"
	"slices"
	"strings"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// presenceStream is the one local stream on which all "pres:" events are handed out.
const presenceStream = "pres"

// stream is what the socket listens to on behalf of one or more subscriptions. Guarded by the client's lock.
//
// Events are accepted in order of offset, each once: lower offsets are duplicates and dropped; a hole makes the client
// subscribe again from the last accepted position. A filtered stream has holes by design; there the server's Positions
// say how far it got.
type stream struct {
	name          string
	local         bool     // never subscribed on the wire
	filter        []string // on the wire; empty = everything
	position      Position // everything up to here was accepted
	acked         Position
	confirmed     bool // the server knows the subscription
	stale         bool // something is missing: subscribe again from position
	repairing     bool // that is on its way
	subscriptions []*Subscription
}

func (s *stream) request(since Position) *wire.Subscribe {
	return &wire.Subscribe{Stream: s.name, Since: since.toWire(), Events: s.filter}
}

// accept takes a push from the socket. The lock is held.
func (c *Client) accept(push *wire.Push) {
	if strings.HasPrefix(push.GetStream(), "pres:") {
		c.presence.deliver(eventFromWire(push))
		return
	}
	s := c.streams[push.GetStream()]
	if s == nil || !s.confirmed {
		return // unsubscribed meanwhile
	}
	if s.admits(push.GetEpoch(), push.GetOffset()) {
		event := eventFromWire(push)
		s.deliver(event)
		if end := c.endOf(event); end != nil {
			c.drop(s, end)
			return
		}
	}
	c.repairIfStale(s)
}

// endOf says how a stream ends with an event after which the server sends nothing more of it to this user; else nil.
func (c *Client) endOf(event Event) error {
	switch body := event.Body.(type) {
	case MemberLeft:
		if body.User == c.session.User.ID {
			return &Error{Code: CodeNotAMember, Name: CodeNotAMember.String(), Detail: "the membership ended"}
		}
	case ChannelDeleted:
		return &Error{Code: CodeNotAMember, Name: CodeNotAMember.String(), Detail: "the membership ended"}
	case RoomClosed:
		return &Error{Code: CodeRoomNotFound, Name: CodeRoomNotFound.String(), Detail: "the room was closed"}
	}
	return nil
}

// drop ends all subscriptions of a stream. The lock is held.
func (c *Client) drop(s *stream, reason error) {
	s.end(reason)
	if c.streams[s.name] == s {
		delete(c.streams, s.name)
	}
}

// admits decides whether an event is the next one; on a hole the stream becomes stale. Moves the position.
func (s *stream) admits(epoch string, offset uint64) bool {
	switch {
	case offset == 0:
		return true
	case epoch != s.position.Epoch:
		s.stale = true
		return false
	case offset <= s.position.Offset:
		return false
	case len(s.filter) == 0 && offset != s.position.Offset+1:
		s.stale = true
		return false
	default:
		s.position.Offset = offset
		return true
	}
}

// moved notes that the stream went on without events for this subscription.
func (s *stream) moved(to Position) {
	if !s.confirmed || to.Epoch != s.position.Epoch || to.Offset <= s.position.Offset {
		return
	}
	if len(s.filter) == 0 {
		s.stale = true // without a filter there is no event that is not for us
		return
	}
	s.position = to
	for _, subscription := range s.subscriptions {
		subscription.advance(to)
	}
}

func (s *stream) deliver(event Event) {
	for _, subscription := range s.subscriptions {
		subscription.offer(event)
	}
}

// apply takes the answer of a subscribe that continued behind since: the missed events, or the news that they cannot be
// had. Subscriptions that wait for events before since keep waiting for their own answer.
func (s *stream) apply(result *wire.SubscribeResult, since Position) {
	s.repairing = false
	position := positionFromWire(result.GetPosition())
	first := !s.confirmed
	s.confirmed = true
	for _, subscription := range s.subscriptions {
		subscription.own = ownFromWire(result.GetOwn())
		if since.Epoch == subscription.seen.Epoch && since.Offset <= subscription.seen.Offset {
			subscription.cover()
		}
	}
	if lost := result.GetLost(); lost != wire.SubscribeResult_NOT_LOST {
		s.position, s.stale = position, false
		s.deliver(Event{Stream: s.name, Position: position, Body: Resync{Reason: ResyncReason(lost)}})
		return
	}
	for _, push := range result.GetMissed() {
		s.deliver(eventFromWire(push)) // each subscription drops what it has seen
	}
	if first || position.Epoch != s.position.Epoch || position.Offset >= s.position.Offset {
		s.position = position
		s.stale = false
	}
	for _, subscription := range s.subscriptions {
		if !subscription.behind {
			subscription.advance(position)
		}
	}
}

// repairAll subscribes again where something is missing, and for subscriptions that fell behind and have room again.
func (c *Client) repairAll() {
	for _, s := range c.streams {
		c.repairIfStale(s)
		c.catchUp(s)
	}
}

// repairIfStale asks for what is missing, once at a time. The lock is held.
func (c *Client) repairIfStale(s *stream) {
	if !s.stale || s.repairing || !s.confirmed || c.link == nil {
		return
	}
	c.options.Logger.Debug("parley repairs stream", "stream", s.name, "since", s.position.String())
	c.resubscribe(s, s.position)
}

// catchUp asks again for the events that a slow consumer had no room for. The lock is held.
func (c *Client) catchUp(s *stream) {
	if s.repairing || !s.confirmed || c.link == nil {
		return
	}
	var oldest *Subscription
	for _, subscription := range s.subscriptions {
		if subscription.behind && len(subscription.queue) <= subscription.max/2 {
			subscription.catching = true
			if oldest == nil || subscription.seen.Offset < oldest.seen.Offset {
				oldest = subscription
			}
		}
	}
	if oldest != nil {
		c.resubscribe(s, oldest.seen)
	}
}

// resubscribe continues s from since on the present link. The lock is held.
func (c *Client) resubscribe(s *stream, since Position) {
	s.repairing = true
	command := &wire.Cmd{Command: &wire.Cmd_Subscribe{Subscribe: s.request(since)}}
	c.link.submit(&call{command: command, complete: func(ok *wire.Ok, err error) {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.streams[s.name] != s {
			return
		}
		if err == nil {
			s.apply(ok.GetSubscribe(), since)
			return
		}
		s.repairing = false
		for _, subscription := range s.subscriptions {
			subscription.catching = false
		}
		var refusal *Error
		if errors.As(err, &refusal) && refusal.Retry == RetryNever {
			c.drop(s, err)
		}
	}})
}

// end closes all subscriptions.
func (s *stream) end(err error) {
	for _, subscription := range s.subscriptions {
		subscription.finish(err)
	}
	s.subscriptions = nil
}

func (s *stream) remove(subscription *Subscription) {
	s.subscriptions = slices.DeleteFunc(s.subscriptions,
		func(other *Subscription) bool { return other == subscription })
}

// widen sets the filter on the wire to what all subscriptions want; true when it changed.
func (s *stream) widen() bool {
	var union []string
	for _, subscription := range s.subscriptions {
		if len(subscription.filter) == 0 {
			union = nil
			break
		}
		for kind := range subscription.filter {
			if !slices.Contains(union, kind) {
				union = append(union, kind)
			}
		}
	}
	slices.Sort(union)
	if slices.Equal(union, s.filter) {
		return false
	}
	s.filter = union
	return true
}
