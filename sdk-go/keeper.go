package parley

import (
	"context"
	"time"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// positionsPerAck keeps an acknowledgement far below the size of a frame.
const positionsPerAck = 200

// control answers what keeps the connection in order. The lock is held.
func (l *link) control(control *wire.Ctl) {
	c := l.client
	switch ctl := control.GetControl().(type) {
	case *wire.Ctl_Ping:
		l.sendControl(&wire.Ctl{Control: &wire.Ctl_Pong{Pong: &wire.Pong{N: ctl.Ping.GetN()}}})
	case *wire.Ctl_Pong:
		if ms := ctl.Pong.GetHeartbeatMs(); ms > 0 {
			l.heartbeat = time.Duration(ms) * time.Millisecond
		}
	case *wire.Ctl_Drain:
		l.drain = &window{
			least: time.Duration(ctl.Drain.GetReconnectAfterMinMs()) * time.Millisecond,
			most:  time.Duration(ctl.Drain.GetReconnectAfterMaxMs()) * time.Millisecond,
		}
		l.leaveAt = c.options.Clock.Now().Add(c.chance.between(l.drain.least, l.drain.most))
	case *wire.Ctl_Notice:
		c.options.Logger.Warn("parley notice", "name", ctl.Notice.GetName(), "detail", ctl.Notice.GetDetail())
	case *wire.Ctl_Positions:
		for _, moved := range ctl.Positions.GetStreams() {
			if s := c.streams[moved.GetStream()]; s != nil {
				s.moved(positionFromWire(moved.GetPosition()))
				c.repairIfStale(s)
			}
		}
	}
}

// keep looks after the link once a second: hello in time, heartbeat, silence, drain, repairs, acknowledgements.
func (l *link) keep(ctx context.Context) {
	clock := l.client.options.Clock
	acked := clock.Now()
	for sleep(ctx, clock, tickEvery) == nil {
		now := clock.Now()
		l.client.mu.Lock()
		if heard := l.socket.BytesRead(); heard != l.heard {
			l.heard, l.heardAt = heard, now // a large message is on its way
		}
		if err := l.check(now); err != nil {
			l.client.mu.Unlock()
			l.fail(err)
			return
		}
		if !l.greetedAt.IsZero() {
			l.beat(now)
			l.client.repairAll()
			if now.Sub(acked) >= ackEvery {
				acked = now
				l.acknowledge()
			}
		}
		l.client.mu.Unlock()
	}
}

// check returns why the link must be given up, if it must. The lock is held.
func (l *link) check(now time.Time) error {
	switch {
	case l.greetedAt.IsZero() && now.Sub(l.heardAt) >= helloWait:
		return errSilent
	case !l.leaveAt.IsZero() && !now.Before(l.leaveAt):
		l.left = true
		return errDrained
	case l.heartbeat > 0 && now.Sub(l.heardAt) >= l.heartbeat+silenceMost:
		return errSilent
	default:
		return nil
	}
}

// beat asks for a sign of life when either side was quiet for a heartbeat. The lock is held.
func (l *link) beat(now time.Time) {
	if l.heartbeat <= 0 {
		return
	}
	mute, deaf := now.Sub(l.sentAt), now.Sub(l.heardAt)
	if mute+tickEvery >= l.heartbeat || (deaf >= l.heartbeat && mute >= tickEvery) {
		l.pingN++
		l.sendControl(&wire.Ctl{Control: &wire.Ctl_Ping{Ping: &wire.Ping{N: l.pingN}}})
		l.sentAt = now
	}
}

// acknowledge tells the server what was seen since the last time; it becomes the delivered marker. The lock is held.
func (l *link) acknowledge() {
	var moved []*wire.StreamPosition
	flush := func() {
		if len(moved) > 0 {
			l.sendControl(&wire.Ctl{Control: &wire.Ctl_Ack{Ack: &wire.Ack{Streams: moved}}})
			moved = nil
		}
	}
	for _, s := range l.client.streams {
		if !s.confirmed || s.position == s.acked {
			continue
		}
		s.acked = s.position
		moved = append(moved, &wire.StreamPosition{Stream: s.name, Position: s.position.toWire()})
		if len(moved) == positionsPerAck {
			flush()
		}
	}
	flush()
}

// refreshTokens replaces the token on the open socket each time 4/5 of its life are over.
func (l *link) refreshTokens(ctx context.Context) {
	c := l.client
	c.mu.Lock()
	ttl := l.tokenTTL
	c.mu.Unlock()
	for {
		due := c.tokens.accepted(ttl)
		if due == 0 || sleep(ctx, c.options.Clock, due) != nil {
			return
		}
		token, err := l.provide(ctx)
		if err != nil {
			return // only when ctx ended
		}
		ok, err := l.ask(ctx, &wire.Cmd{Command: &wire.Cmd_Refresh{Refresh: &wire.Refresh{Token: token}}})
		if err != nil {
			l.fail(err) // the next connection asks the provider again if the token was refused
			return
		}
		ttl = time.Duration(ok.GetRefresh().GetTokenTtlMs()) * time.Millisecond
	}
}

// provide asks the provider until it gives a token or ctx ends.
func (l *link) provide(ctx context.Context) (string, error) {
	c := l.client
	for attempt := 0; ; attempt++ {
		token, err := c.tokens.fresh(ctx)
		if err == nil {
			return token, nil
		}
		c.options.Logger.Warn("parley token provider failed", "error", err)
		if err := sleep(ctx, c.options.Clock, backoff(c.chance, attempt)); err != nil {
			return "", err
		}
	}
}

// ask sends a command that belongs to this link and waits for its answer.
func (l *link) ask(ctx context.Context, command *wire.Cmd) (*wire.Ok, error) {
	type answer struct {
		ok  *wire.Ok
		err error
	}
	answered := make(chan answer, 1)
	l.client.mu.Lock()
	l.submit(&call{command: command, complete: func(ok *wire.Ok, err error) { answered <- answer{ok, err} }})
	l.client.mu.Unlock()
	late, stop := l.client.options.Clock.After(answerWait)
	defer stop()
	select {
	case a := <-answered:
		return a.ok, a.err
	case <-late:
		return nil, errSilent
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}
