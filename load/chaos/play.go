package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/parley-rtc/parley/load/internal/server"
	"github.com/parley-rtc/parley/sdk-go"
)

// plan is what will happen. The same seed gives the same faults, as far as the timing of a real system allows.
type plan struct {
	Messages int    `json:"messages"`
	Crashes  int    `json:"crashes"`
	People   int    `json:"people"`
	Channels int    `json:"channels"`
	Seed     uint64 `json:"seed"`
}

const (
	sendersPerPerson = 4
	// repeatedOneIn is how many acknowledged sends are repeated with their client id, as a client that forgot would.
	repeatedOneIn = 10
	killEveryMost = 400 * time.Millisecond
	sendWait      = 5 * time.Minute
	// overtakeWait is how long the views may take to catch up at the end.
	overtakeWait = 3 * time.Minute
)

// acknowledged is what the server promised about one send.
type acknowledged struct {
	channel  parley.ChannelID
	clientID string
	text     string
	message  parley.MessageID
	offset   uint64
}

// stage is a running play.
type stage struct {
	plan     plan
	node     *server.Server
	people   []*person
	channels []parley.ChannelID

	next   atomic.Int64 // number of the next message
	stored atomic.Int64
	kills  atomic.Int64

	mu      sync.Mutex
	acks    []acknowledged
	repeats int
	wrong   []string
}

// play lets everything happen, then compares what was promised with what is stored and with what people saw.
func play(ctx context.Context, p plan, node *server.Server) (*outcome, error) {
	started := time.Now()
	s := &stage{plan: p, node: node}
	defer s.leave()
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	acting, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var faults, sends sync.WaitGroup
	for i, each := range s.people {
		for j := range sendersPerPerson {
			dice := rand.New(rand.NewPCG(p.Seed, uint64(i*sendersPerPerson+j)))
			sends.Go(func() {
				if err := s.send(acting, each, dice); err != nil {
					cancel(err)
				}
			})
		}
	}
	quiet := make(chan struct{})
	faults.Go(func() { s.killSockets(acting, quiet) })
	faults.Go(func() {
		if err := s.crash(acting); err != nil {
			cancel(err)
		}
	})
	sends.Wait()
	close(quiet)
	faults.Wait()
	if err := context.Cause(acting); err != nil {
		return nil, err
	}
	result, err := s.verify(ctx)
	if result != nil {
		result.Seconds = time.Since(started).Seconds()
	}
	return result, err
}

// enter connects everybody, makes the channels and starts watching them.
func (s *stage) enter(ctx context.Context) error {
	var users []parley.UserID
	for i := range s.plan.People {
		name := fmt.Sprintf("person-%d", i)
		each, err := newPerson(ctx, s.node, name)
		if err != nil {
			return err
		}
		s.people = append(s.people, each)
		users = append(users, parley.UserID(name))
	}
	for i := range s.plan.Channels {
		id := parley.ChannelID(fmt.Sprintf("chaos-%d", i))
		channel := parley.NewChannel{ID: id, Members: users[1:]}
		if _, err := s.people[0].client.CreateChannel(ctx, channel); err != nil {
			return err
		}
		s.channels = append(s.channels, id)
		for _, each := range s.people {
			if err := each.watch(ctx, id); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *stage) leave() {
	for _, each := range s.people {
		each.leave()
	}
}

// send takes numbers until all are sent, and now and then repeats a send that was acknowledged.
func (s *stage) send(ctx context.Context, who *person, dice *rand.Rand) error {
	for ctx.Err() == nil {
		number := s.next.Add(1)
		if number > int64(s.plan.Messages) {
			return nil
		}
		channel := s.channels[dice.IntN(len(s.channels))]
		draft := parley.Draft{Text: fmt.Sprintf("message %d", number), ClientID: fmt.Sprintf("c-%d", number)}
		sent, err := who.send(ctx, channel, draft)
		if err != nil {
			return fmt.Errorf("send %d: %w", number, err)
		}
		s.stored.Add(1)
		s.mu.Lock()
		ack := acknowledged{channel, draft.ClientID, draft.Text, sent.Message.ID, sent.Message.Offset}
		s.acks = append(s.acks, ack)
		s.mu.Unlock()
		if dice.IntN(repeatedOneIn) > 0 {
			continue
		}
		again, err := who.send(ctx, channel, draft)
		if err != nil {
			return fmt.Errorf("repeat %d: %w", number, err)
		}
		s.mu.Lock()
		s.repeats++
		if !again.Duplicate || again.Message.ID != ack.message || again.Message.Offset != ack.offset {
			s.wrong = append(s.wrong, fmt.Sprintf("the repeat of %s was stored as %s at %d", ack.clientID,
				again.Message.ID, again.Message.Offset))
		}
		s.mu.Unlock()
	}
	return ctx.Err()
}

// killSockets resets the connections of somebody, again and again, until the sends are over.
func (s *stage) killSockets(ctx context.Context, quiet <-chan struct{}) {
	dice := rand.New(rand.NewPCG(s.plan.Seed, 1<<32))
	for {
		timer := time.NewTimer(time.Duration(dice.Int64N(int64(killEveryMost))))
		select {
		case <-timer.C:
			s.kills.Add(int64(s.people[dice.IntN(len(s.people))].network.kill()))
		case <-quiet:
			timer.Stop()
			return
		case <-ctx.Done():
			timer.Stop()
			return
		}
	}
}

// crash kills the server at evenly spread points of the way.
func (s *stage) crash(ctx context.Context) error {
	poll := time.NewTicker(20 * time.Millisecond)
	defer poll.Stop()
	for i := range s.plan.Crashes {
		point := int64(s.plan.Messages * (i + 1) / (s.plan.Crashes + 1))
		for s.stored.Load() < point {
			select {
			case <-poll.C:
			case <-ctx.Done():
				return nil
			}
		}
		if err := s.node.Crash(ctx); err != nil {
			return errors.Join(errors.New("the server did not come back"), err)
		}
	}
	return nil
}
