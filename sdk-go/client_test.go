package parley_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/parley-rtc/parley/sdk-go"
	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// connect opens a client on the fake server, in the bubble of the test; Close is checked to leave nothing behind,
// because a bubble with a goroutine that never ends fails.
func connect(t *testing.T, server *fakeServer, change ...func(*parley.Options)) *parley.Client {
	t.Helper()
	options := parley.Options{
		URL: "http://fake", Token: parley.StaticToken("token"), Transport: server, Random: rand.NewPCG(1, 2),
	}
	for _, each := range change {
		each(&options)
	}
	client, err := parley.Connect(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client
}

func subscribe(t *testing.T, client *parley.Client, options parley.SubscribeOptions) *parley.Subscription {
	t.Helper()
	subscription, err := client.Channel("room").Subscribe(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	return subscription
}

// texts takes n messages from the subscription.
func texts(t *testing.T, subscription *parley.Subscription, n int) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	var out []string
	for len(out) < n {
		event, err := subscription.Next(ctx)
		if err != nil {
			t.Fatalf("after %v: %v", out, err)
		}
		if created, ok := event.Body.(parley.MessageCreated); ok {
			out = append(out, created.Message.Text)
		} else {
			out = append(out, event.Body.Type())
		}
	}
	return out
}

func want[T comparable](t *testing.T, got, expected []T) {
	t.Helper()
	if !slices.Equal(got, expected) {
		t.Fatalf("got %v, want %v", got, expected)
	}
}

func send(t *testing.T, client *parley.Client, text string) parley.Sent {
	t.Helper()
	sent, err := client.Channel("room").Send(t.Context(), parley.Draft{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return sent
}

func TestClient_Send(t *testing.T) {
	t.Run("arrives as an event", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			client := connect(t, server)
			subscription := subscribe(t, client, parley.SubscribeOptions{})
			send(t, client, "hi")
			want(t, texts(t, subscription, 1), []string{"hi"})
		})
	})
	t.Run("retry stores once when the answer is lost", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			client := connect(t, server)
			lost := false
			server.after = func(f *fakeSocket, c *wire.Cmd) {
				if c.GetSendMessage() != nil && !lost {
					lost = true
					f.muted.Store(true)
					f.hangUp(1006, "")
				}
			}
			if !send(t, client, "once").Duplicate {
				t.Error("the repeated send was stored a second time")
			}
			want(t, server.texts("room"), []string{"once"})
		})
	})
	t.Run("an unanswered send says that it is not confirmed", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			client := connect(t, server)
			server.last().muted.Store(true)
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			_, err := client.Channel("room").Send(ctx, parley.Draft{Text: "lost?"})
			if !errors.Is(err, parley.ErrNotConfirmed) || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v", err)
			}
		})
	})
	t.Run("a refusal carries code and violations", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			client := connect(t, server)
			server.refuse = func(c *wire.Cmd) *wire.Error {
				if c.GetSendMessage() == nil {
					return nil
				}
				violation := &wire.Violation{Field: "text", Rule: "maxBytes"}
				return &wire.Error{Code: 40000, Name: "INVALID_REQUEST", Violations: []*wire.Violation{violation}}
			}
			_, err := client.Channel("room").Send(t.Context(), parley.Draft{Text: "x"})
			var refusal *parley.Error
			if !errors.Is(err, parley.CodeInvalidRequest) || !errors.As(err, &refusal) ||
				refusal.Violations[0].Field != "text" {
				t.Errorf("got %v", err)
			}
		})
	})
	t.Run("a temporary refusal is waited out", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			client := connect(t, server)
			left := 3
			server.refuse = func(c *wire.Cmd) *wire.Error {
				if c.GetSendMessage() == nil || left == 0 {
					return nil
				}
				left--
				return &wire.Error{Code: 42900, Name: "RATE_LIMITED", Retry: wire.Retry_AFTER, AfterMs: 700}
			}
			started := time.Now()
			send(t, client, "patient")
			if waited := time.Since(started); waited < 2100*time.Millisecond {
				t.Errorf("came back after %v", waited)
			}
		})
	})
}

func TestClient_Reconnect(t *testing.T) {
	t.Run("resumes without loss or duplicate", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			client := connect(t, server)
			subscription := subscribe(t, client, parley.SubscribeOptions{})
			send(t, client, "before")
			server.last().hangUp(4508, "slow")
			server.post("room", "missed")
			synctest.Wait()
			send(t, client, "after")
			want(t, texts(t, subscription, 3), []string{"before", "missed", "after"})
		})
	})
	t.Run("waits longer and longer, and starts anew after five stable seconds", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			client := connect(t, server)
			server.dialFault = func(attempt int) error {
				if attempt < 9 {
					return errRefusedDial
				}
				return nil
			}
			server.last().hangUp(1006, "")
			started := time.Now()
			send(t, client, "at last") // waits for the ninth attempt
			if waited := time.Since(started); waited < 5*time.Second || waited > 2*time.Minute {
				t.Errorf("eight attempts took %v", waited)
			}
		})
	})
	t.Run("comes back within the window of a draining server", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			client := connect(t, server)
			started := time.Now()
			drain := &wire.Drain{ReconnectAfterMinMs: 3000, ReconnectAfterMaxMs: 9000}
			server.last().control(&wire.Ctl{Control: &wire.Ctl_Drain{Drain: drain}})
			for server.dialCount() < 2 {
				time.Sleep(100 * time.Millisecond) //nolint:forbidigo // the bubble's clock
			}
			if waited := time.Since(started); waited < 3*time.Second || waited > 10*time.Second+tick {
				t.Errorf("came back after %v", waited)
			}
			send(t, client, "elsewhere")
		})
	})
	t.Run("stays away when it was banned", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			client := connect(t, server)
			server.last().hangUp(4201, "banned")
			<-client.Done()
			var closed *parley.CloseError
			err := client.Err()
			if !errors.Is(err, parley.ErrClosed) || !errors.As(err, &closed) || closed.Code != 4201 {
				t.Errorf("got %v", err)
			}
			if _, err := client.Me(t.Context()); !errors.Is(err, parley.ErrClosed) {
				t.Errorf("got %v", err)
			}
		})
	})
	t.Run("has patience with a large message on its way", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			connect(t, server)
			socket := server.last()
			socket.muted.Store(true)
			for range 120 {
				time.Sleep(time.Second) //nolint:forbidigo // the bubble's clock
				socket.trickled.Add(1000)
			}
			if server.dialCount() != 1 {
				t.Errorf("%d connections", server.dialCount())
			}
		})
	})
	t.Run("gives a silent server up", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			client := connect(t, server)
			server.last().muted.Store(true)
			time.Sleep(2 * time.Minute) //nolint:forbidigo // the bubble's clock
			if server.dialCount() != 2 || client.State() != parley.Connected {
				t.Errorf("%d connections, %v", server.dialCount(), client.State())
			}
		})
	})
}

const tick = time.Second

func (s *fakeServer) dialCount() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dials
}

func TestClient_ExactlyOnce(t *testing.T) {
	for seed := range uint64(30) {
		t.Run(fmt.Sprintf("SEED=%d", seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { exactlyOnce(t, seed) })
		})
	}
}

// exactlyOnce sends over a network that kills sockets before and after effects, repeats pushes and drops them; with a
// consumer that is slower than its queue.
func exactlyOnce(t *testing.T, seed uint64) {
	dice := rand.New(rand.NewPCG(seed, 7))
	server := newFakeServer()
	var faulty atomic.Bool
	faulty.Store(true)
	fault := func(f *fakeSocket, c *wire.Cmd) {
		if faulty.Load() && c.GetHello() == nil && dice.IntN(12) == 0 {
			f.muted.Store(true)
			f.hangUp([]int{1006, 4002, 4508, 1012}[dice.IntN(4)], "")
		}
	}
	server.before, server.after = fault, fault
	server.tamper = func(push *wire.Push) []*wire.Push {
		if !faulty.Load() {
			return []*wire.Push{push}
		}
		return slices.Repeat([]*wire.Push{push}, dice.IntN(3)) // lost, once, twice
	}
	client := connect(t, server, func(o *parley.Options) { o.Random = rand.NewPCG(seed, 1); o.EventsMax = 4 })
	subscription := subscribe(t, client, parley.SubscribeOptions{})
	const count = 100
	for i := range count {
		send(t, client, fmt.Sprint(i))
	}
	faulty.Store(false)
	send(t, client, "end")
	got := texts(t, subscription, count+1)
	want(t, got, server.texts("room"))
	if len(got) != count+1 {
		t.Errorf("%d messages", len(got))
	}
}

func TestClient_Resync(t *testing.T) {
	for name, breakIt := range map[string]func(*fakeServer){
		"EPOCH_CHANGED": func(s *fakeServer) { s.epoch = "e2"; s.logs["ch:room"] = nil },
		"TOO_MANY":      func(s *fakeServer) { s.missedMax = 0 },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := newFakeServer()
				client := connect(t, server)
				subscription := subscribe(t, client, parley.SubscribeOptions{})
				send(t, client, "before")
				want(t, texts(t, subscription, 1), []string{"before"})
				server.mu.Lock()
				breakIt(server)
				server.mu.Unlock()
				server.last().hangUp(1006, "")
				server.post("room", "lost")
				event, err := subscription.Next(t.Context())
				if resync, ok := event.Body.(parley.Resync); err != nil || !ok || resync.Reason.String() != name {
					t.Fatalf("got %v, %v", event, err)
				}
				send(t, client, "after")
				want(t, texts(t, subscription, 1), []string{"after"})
			})
		})
	}
}
