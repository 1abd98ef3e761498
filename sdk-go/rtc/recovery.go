package rtc

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/pion/webrtc/v4"

	"github.com/parley-rtc/parley/sdk-go"
)

// keepAlive is how often a path is checked that carries nothing; it is less than a node's consent needs.
const keepAlive = time.Second

// stateChanged is told by Pion, in order.
func (s *session) stateChanged(state webrtc.PeerConnectionState) {
	switch state {
	case webrtc.PeerConnectionStateConnected:
		s.mu.Lock()
		if !s.flowing {
			s.flowing = true
			close(s.connected)
		}
		s.mu.Unlock()
		s.room.setState(Connected, nil)
	case webrtc.PeerConnectionStateDisconnected, webrtc.PeerConnectionStateFailed:
		s.silent()
		s.breaks(fmt.Errorf("%w: %s", ErrPath, state))
	case webrtc.PeerConnectionStateUnknown, webrtc.PeerConnectionStateNew, webrtc.PeerConnectionStateConnecting,
		webrtc.PeerConnectionStateClosed:
	}
}

// breaks wakes the room's keeper; one word is enough.
func (s *session) breaks(reason error) {
	select {
	case s.broken <- reason:
	default:
	}
}

// awaitConnected waits until media can flow.
func (s *session) awaitConnected(ctx context.Context) error {
	s.mu.Lock()
	connected := s.connected
	s.mu.Unlock()
	select {
	case <-connected:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// restart gives a path that is broken a successor, unless it came back by itself.
func (s *session) restart(ctx context.Context) error {
	if s.connection.ConnectionState() == webrtc.PeerConnectionStateConnected {
		return nil
	}
	return s.newPath(ctx)
}

// newPath gives the same media another path, and waits until it carries.
func (s *session) newPath(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, restartWait)
	defer cancel()
	s.pathing.Lock()
	defer s.pathing.Unlock()
	offer, err := s.connection.CreateOffer(&webrtc.OfferOptions{ICERestart: true})
	if err != nil {
		return fmt.Errorf("offer: %w", err)
	}
	s.silent()
	if err := s.connection.SetLocalDescription(offer); err != nil {
		return fmt.Errorf("local description: %w", err)
	}
	answer, err := s.seat.RestartICE(ctx, s.connection.LocalDescription().SDP)
	if err != nil {
		return err
	}
	if err := s.answered(answer); err != nil {
		return err
	}
	return s.awaitConnected(ctx)
}

// silent notes that media does not flow.
func (s *session) silent() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.flowing {
		s.flowing = false
		s.connected = make(chan struct{})
	}
}

// keep looks after the room until it ends: restarts a silent path, and joins again when that does not help.
func (r *Room) keep(life context.Context) {
	for {
		s := r.current()
		var reason error
		select {
		case <-life.Done():
			return
		case reason = <-s.broken:
		}
		if r.ends(reason) {
			return
		}
		r.setState(Recovering, reason)
		var left *LeftError
		if !errors.As(reason, &left) {
			err := s.restart(life)
			if err == nil {
				r.options.Logger.Info("parley media path restarted", "room", r.handle.ID())
				r.setState(Connected, nil)
				continue
			}
			r.options.Logger.Warn("parley media path not restarted", "room", r.handle.ID(), "error", err)
		}
		if err := r.rejoin(life, s); err != nil {
			r.end(err)
			return
		}
	}
}

// ends finishes the room when the server said a last word.
func (r *Room) ends(reason error) bool {
	var left *LeftError
	if errors.As(reason, &left) && !left.again() || errors.Is(reason, parley.ErrClosed) {
		r.end(reason)
		return true
	}
	return false
}

// rejoin takes another place in the room, and gives the old one up. The error is final.
func (r *Room) rejoin(life context.Context, old *session) error {
	old.close()
	var last error
	for attempt := range rejoinsMost {
		if attempt > 0 {
			if err := pause(life, time.Second<<min(attempt-1, 3)); err != nil {
				return err
			}
		}
		ctx, cancel := context.WithTimeout(life, callWait)
		if attempt == 0 {
			_ = old.leave(ctx) // the server may know better already
		}
		last = r.place(ctx)
		cancel()
		var refusal *parley.Error
		switch {
		case last == nil:
			return nil
		case life.Err() != nil:
			return life.Err()
		case errors.As(last, &refusal) && refusal.Retry == parley.RetryNever:
			return errors.Join(ErrLost, last)
		}
	}
	return errors.Join(ErrLost, last)
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
