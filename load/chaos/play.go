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
	// scripterOneIn is how often the TypeScript client is the victim: it stands for a whole library.
	scripterOneIn = 4
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
	scripter *scripter
	channels []parley.ChannelID

	next          atomic.Int64 // number of the next message
	stored        atomic.Int64
	kills         atomic.Int64 // scripterKills of them in the TypeScript client
	scripterKills atomic.Int64

	mu      sync.Mutex
	acks    []acknowledged
	repeats int
	wrong   []string
}

// play lets everything happen, then compares what was promised with what is stored and with what people saw.
func play(ctx context.Context, p plan, node *server.Server, root string) (*outcome, error) {
	started := time.Now()
	s := &stage{plan: p, node: node}
	defer s.leave()
	if err := s.enter(ctx, root); err != nil {
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
	sends.Go(func() {
		if err := s.scripter.send(acting, s.scripterShare()); err != nil {
			cancel(err)
		}
	})
	quiet := make(chan struct{})
	faults.Go(func() {
		if err := s.killSockets(acting, quiet); err != nil {
			cancel(err)
		}
	})
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
func (s *stage) enter(ctx context.Context, root string) error {
	// A user exists once somebody has come with a token of theirs.
	visit, err := newPerson(ctx, s.node, scripterName)
	if err != nil {
		return err
	}
	visit.leave()
	users := []parley.UserID{scripterName}
	for i := range s.plan.People {
		name := fmt.Sprintf("person-%d", i)
		each, err := newPerson(ctx, s.node, name)
		if err != nil {
			return err
		}
		s.people = append(s.people, each)
		if i > 0 { // the first makes the channels
			users = append(users, parley.UserID(name))
		}
	}
	for i := range s.plan.Channels {
		id := parley.ChannelID(fmt.Sprintf("chaos-%d", i))
		channel := parley.NewChannel{ID: id, Members: users}
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
	s.scripter, err = startScripter(ctx, s, root, s.hear)
	return err
}

// scripterShare is what the TypeScript client sends of all messages: as much as each of the others.
func (s *stage) scripterShare() int { return s.plan.Messages / (s.plan.People + 1) }

// hear notes what the TypeScript client was promised.
func (s *stage) hear(line told) {
	ack := line.Ack
	s.mu.Lock()
	defer s.mu.Unlock()
	switch line.What {
	case "ack":
		s.acks = append(s.acks, acknowledged{ack.Channel, ack.ClientID, ack.Text, ack.ID, ack.Offset})
		s.stored.Add(1)
	case "repeated":
		s.repeats++
		if !line.Same {
			s.wrong = append(s.wrong, fmt.Sprintf("the repeat of %s was stored again", ack.ClientID))
		}
	default:
		s.wrong = append(s.wrong, "the TypeScript client told of "+line.What)
	}
}

func (s *stage) leave() {
	if s.scripter != nil {
		s.scripter.leave()
	}
	for _, each := range s.people {
		each.leave()
	}
}

// send takes numbers until all are sent, and now and then repeats a send that was acknowledged.
func (s *stage) send(ctx context.Context, who *person, dice *rand.Rand) error {
	for ctx.Err() == nil {
		number := s.next.Add(1)
		if number > int64(s.plan.Messages-s.scripterShare()) {
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
func (s *stage) killSockets(ctx context.Context, quiet <-chan struct{}) error {
	dice := rand.New(rand.NewPCG(s.plan.Seed, 1<<32))
	for {
		timer := time.NewTimer(time.Duration(dice.Int64N(int64(killEveryMost))))
		select {
		case <-timer.C:
		case <-quiet:
			timer.Stop()
			return nil
		case <-ctx.Done():
			timer.Stop()
			return nil
		}
		if dice.IntN(scripterOneIn) > 0 {
			s.kills.Add(int64(s.people[dice.IntN(len(s.people))].network.kill()))
			continue
		}
		killed, err := s.scripter.kill(ctx)
		if err != nil {
			return err
		}
		s.kills.Add(int64(killed))
		s.scripterKills.Add(int64(killed))
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
