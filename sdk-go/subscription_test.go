package parley_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/parley-rtc/parley/sdk-go"
	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

func TestSubscription(t *testing.T) {
	t.Run("a slow consumer misses nothing and holds little", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			client := connect(t, server, func(o *parley.Options) { o.EventsMax = 8 })
			subscription := subscribe(t, client, parley.SubscribeOptions{})
			var sent []string
			for i := range 100 {
				sent = append(sent, fmt.Sprint(i))
				server.post("room", fmt.Sprint(i))
			}
			synctest.Wait()
			if held := subscription.Position().Offset; held != 8 {
				t.Errorf("%d events are held", held)
			}
			want(t, texts(t, subscription, 100), sent)
		})
	})
	t.Run("a consumer that is too slow is told to load a snapshot", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			server.missedMax = 50
			client := connect(t, server, func(o *parley.Options) { o.EventsMax = 4 })
			subscription := subscribe(t, client, parley.SubscribeOptions{})
			for i := range 100 {
				server.post("room", fmt.Sprint(i))
			}
			synctest.Wait()
			want(t, texts(t, subscription, 5), []string{"0", "1", "2", "3", "resync"})
			server.post("room", "next")
			want(t, texts(t, subscription, 1), []string{"next"})
		})
	})
	t.Run("a slow and a fast one share a stream", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			client := connect(t, server, func(o *parley.Options) { o.EventsMax = 4 })
			slow := subscribe(t, client, parley.SubscribeOptions{})
			fast := subscribe(t, client, parley.SubscribeOptions{})
			var sent []string
			for i := range 20 {
				sent = append(sent, fmt.Sprint(i))
				server.post("room", fmt.Sprint(i))
				want(t, texts(t, fast, 1), sent[i:])
			}
			want(t, texts(t, slow, 20), sent)
			fast.Close()
			server.post("room", "last")
			want(t, texts(t, slow, 1), []string{"last"})
		})
	})
	t.Run("one that continues an older position gets what lies between", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			client := connect(t, server)
			first := subscribe(t, client, parley.SubscribeOptions{})
			server.post("room", "a")
			server.post("room", "b")
			synctest.Wait()
			older := parley.SubscribeOptions{Since: parley.Position{Epoch: "e1", Offset: 1}}
			second := subscribe(t, client, older)
			server.post("room", "c")
			want(t, texts(t, second, 2), []string{"b", "c"})
			want(t, texts(t, first, 3), []string{"a", "b", "c"})
		})
	})
	t.Run("a filter keeps its types; positions move it on", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			client := connect(t, server)
			subscription := subscribe(t, client, parley.SubscribeOptions{Types: []string{"messageDeleted"}})
			moved := &wire.StreamPosition{Stream: "ch:room", Position: &wire.Position{Epoch: "e1", Offset: 7}}
			positions := &wire.Positions{Streams: []*wire.StreamPosition{moved}}
			server.last().control(&wire.Ctl{Control: &wire.Ctl_Positions{Positions: positions}})
			synctest.Wait()
			if at := subscription.Position().Offset; at != 7 {
				t.Errorf("stands at %d", at)
			}
		})
	})
	t.Run("ends with the membership", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			client := connect(t, server)
			subscription := subscribe(t, client, parley.SubscribeOptions{})
			left := &wire.Push_MemberLeft{MemberLeft: &wire.MemberLeft{UserId: "me", RemovedBy: "owner"}}
			server.mu.Lock()
			server.publish(&wire.Push{Stream: "ch:room", Epoch: "e1", Offset: 1, Event: left})
			server.mu.Unlock()
			want(t, texts(t, subscription, 1), []string{"memberLeft"})
			if _, err := subscription.Next(t.Context()); !errors.Is(err, parley.CodeNotAMember) {
				t.Errorf("got %v", err)
			}
		})
	})
	t.Run("a refusal at resume ends it", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			client := connect(t, server)
			subscription := subscribe(t, client, parley.SubscribeOptions{})
			server.mu.Lock()
			server.refuseResume = 40301
			server.mu.Unlock()
			server.last().hangUp(1006, "")
			if _, err := subscription.Next(t.Context()); !errors.Is(err, parley.CodeNotAMember) {
				t.Errorf("got %v", err)
			}
		})
	})
	t.Run("what was seen is acknowledged in batches", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			client := connect(t, server)
			subscribe(t, client, parley.SubscribeOptions{})
			for i := range 10 {
				server.post("room", fmt.Sprint(i))
			}
			time.Sleep(20 * time.Second) //nolint:forbidigo // the bubble's clock
			server.mu.Lock()
			defer server.mu.Unlock()
			if len(server.acks) != 1 || server.acks[0].GetStreams()[0].GetPosition().GetOffset() != 10 {
				t.Errorf("got %v", server.acks)
			}
		})
	})
	t.Run("Close ends the iteration quietly", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			client := connect(t, newFakeServer())
			subscription := subscribe(t, client, parley.SubscribeOptions{})
			subscription.Close()
			for event, err := range subscription.All(t.Context()) {
				t.Errorf("got %v, %v", event, err)
			}
			if _, err := subscription.Next(context.Background()); !errors.Is(err, parley.ErrUnsubscribed) {
				t.Errorf("got %v", err)
			}
		})
	})
}

func TestPresence_WatchesAreRenewed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := newFakeServer()
		client := connect(t, server)
		changes := client.SubscribePresence()
		if _, err := client.WatchPresence(t.Context(), "ann", "ben"); err != nil {
			t.Fatal(err)
		}
		server.last().hangUp(1006, "")
		event, err := changes.Next(t.Context())
		if changed, ok := event.Body.(parley.PresenceChanged); err != nil || !ok || len(changed.Presences) != 2 {
			t.Errorf("got %v, %v", event, err)
		}
	})
}
