package rtc

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/parley-rtc/parley/sdk-go"
)

// follow listens to the room and the seat of s. The function that it returns stops that, and waits for it.
func (r *Room) follow(ctx context.Context, s *session) (func(), error) {
	options := parley.SubscribeOptions{Since: s.joined.Position}
	events, err := r.handle.Subscribe(ctx, options)
	if err != nil {
		return nil, err
	}
	own, err := s.seat.Subscribe(ctx, parley.SubscribeOptions{})
	if err != nil {
		events.Close()
		return nil, err
	}
	r.setPeople(s.joined.Participants)
	life, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var work sync.WaitGroup
	work.Go(func() { r.followRoom(life, s, events) })
	work.Go(func() { r.followSeat(life, s, own) })
	work.Go(func() { r.refresh(life, s) })
	return func() {
		cancel()
		events.Close()
		own.Close()
		work.Wait()
	}, nil
}

func (r *Room) followRoom(life context.Context, s *session, events *parley.Subscription) {
	for {
		event, err := events.Next(life)
		if err != nil {
			r.streamEnded(life, s, err)
			return
		}
		switch body := event.Body.(type) {
		case parley.ParticipantJoined:
			r.changePeople(func(people *roster) { people.put(body.Participant) })
		case parley.ParticipantUpdated:
			r.changePeople(func(people *roster) { people.put(body.Participant) })
		case parley.ParticipantLeft:
			r.changePeople(func(people *roster) { people.remove(body.Participant) })
			if body.Participant == s.joined.Self.ID {
				s.breaks(&LeftError{Cause: body.Cause})
			}
		case parley.RoomClosed:
			s.breaks(&LeftError{Cause: parley.ForRoomClosed})
		case parley.SpeakersChanged:
			if r.options.OnSpeakers != nil {
				r.options.OnSpeakers(body.Participants)
			}
		case parley.Resync:
			r.reload(life, s)
		}
	}
}

// streamEnded tells the keeper what the end of a stream means: the room is closed to us, or the client has ended.
func (r *Room) streamEnded(life context.Context, s *session, err error) {
	switch {
	case life.Err() != nil, errors.Is(err, parley.ErrUnsubscribed):
	case errors.Is(err, parley.CodeRoomNotFound):
		s.breaks(&LeftError{Cause: parley.ForRoomClosed})
	case errors.Is(err, parley.ErrClosed):
		s.breaks(err)
	default: // not a participant any more, as after the loss of the room's state
		s.breaks(errors.Join(&LeftError{Cause: parley.MediaLost}, err))
	}
}

// reload reads who is there when events were lost.
func (r *Room) reload(life context.Context, s *session) {
	ctx, cancel := context.WithTimeout(life, callWait)
	defer cancel()
	_, people, err := r.handle.Get(ctx)
	if err != nil {
		r.options.Logger.Warn("parley room not reloaded", "room", r.ID(), "error", err)
		return
	}
	r.setPeople(people)
	for _, participant := range people {
		if participant.ID == s.joined.Self.ID {
			return
		}
	}
	s.breaks(&LeftError{Cause: parley.MediaLost})
}

func (r *Room) followSeat(life context.Context, s *session, events *parley.Subscription) {
	for {
		event, err := events.Next(life)
		if err != nil {
			return // the room's own stream says what it means
		}
		r.tellSeat(s, event)
	}
}

func (r *Room) tellSeat(s *session, event parley.Event) {
	s.telling.Lock()
	defer s.telling.Unlock()
	switch body := event.Body.(type) {
	case parley.SlotsChanged:
		s.told.slots++
		s.setSlots(body.Slots)
	case parley.AllocationsChanged:
		s.told.allocations++
		r.tellAllocations(body.Allocations)
	case parley.DemandChanged:
		s.told.demands++
		r.tellDemand(body.Demand)
	case parley.MediaStateChanged:
		r.options.Logger.Debug("parley media", "state", body.State.String(), "reason", body.Reason)
	}
}

// refresh reads the seat: at first, when the client found a new connection, and now and then, because its events are
// ephemeral.
func (r *Room) refresh(life context.Context, s *session) {
	tick := time.NewTicker(refreshEvery)
	defer tick.Stop()
	session := ""
	for {
		changed := r.client.Changed()
		if now := r.client.Session().ID; now != session && r.client.State() == parley.Connected {
			session = now
			r.readSeat(life, s)
		}
		select {
		case <-changed:
		case <-tick.C:
			r.readSeat(life, s)
		case <-life.Done():
			return
		}
	}
}

func (r *Room) readSeat(life context.Context, s *session) {
	ctx, cancel := context.WithTimeout(life, callWait)
	defer cancel()
	s.telling.Lock()
	before := s.told
	s.telling.Unlock()
	seat, err := s.seat.Get(ctx)
	switch {
	case err == nil:
		s.telling.Lock()
		defer s.telling.Unlock()
		r.take(s, seat, before)
	case errors.Is(err, parley.CodeParticipantNotFound):
		s.breaks(errors.Join(&LeftError{Cause: parley.MediaLost}, err))
	case life.Err() == nil:
		r.options.Logger.Warn("parley seat not read", "room", r.ID(), "error", err)
	}
}

// take believes a snapshot in all that no event told since it was asked for. Allocations change all the time: they must
// not stand in the way of slots that were told before the subscription.
func (r *Room) take(s *session, seat parley.Seat, before toldSeat) {
	if s.told.slots == before.slots {
		s.setSlots(seat.Slots)
	}
	if s.told.allocations == before.allocations {
		r.tellAllocations(seat.Allocations)
	}
	if s.told.demands == before.demands {
		for _, demand := range seat.Demands {
			r.tellDemand(demand)
		}
	}
}

func (r *Room) tellDemand(demand parley.Demand) {
	if r.options.OnDemand != nil {
		r.options.OnDemand(demand)
	}
}

func (r *Room) tellAllocations(allocations []parley.Allocation) {
	if r.options.OnAllocations != nil {
		r.options.OnAllocations(allocations)
	}
}

// String describes the room in one line, for logs.
func (r *Room) String() string { return fmt.Sprintf("%s (%s)", r.ID(), r.State()) }
