package parley_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/parley-rtc/parley/sdk-go"
	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

func timeline(t *testing.T, client *parley.Client) *parley.Timeline {
	t.Helper()
	view, err := client.Channel("room").Timeline(t.Context(), parley.TimelineOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(view.Close)
	return view
}

func lines(view *parley.Timeline) []string {
	var out []string
	for _, entry := range view.Entries() {
		out = append(out, entry.State.String()+" "+entry.Message.Text)
	}
	return out
}

func TestTimeline(t *testing.T) {
	t.Run("shows an own send at once and pairs it with the stored message", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			client := connect(t, server)
			server.post("room", "old")
			view := timeline(t, client)
			server.last().hangUp(1006, "")
			server.mu.Lock()
			server.dialFault = func(int) error { return errRefusedDial }
			server.mu.Unlock()
			done := make(chan error, 1)
			go func() {
				_, err := client.Channel("room").Send(t.Context(), parley.Draft{Text: "mine"})
				done <- err
			}()
			synctest.Wait()
			want(t, lines(view), []string{"sent old", "pending mine"})
			server.mu.Lock()
			server.dialFault = nil
			server.mu.Unlock()
			server.post("room", "yours")
			if err := <-done; err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			want(t, lines(view), []string{"sent old", "sent yours", "sent mine"})
		})
	})
	t.Run("shows a refused send as failed until it is dismissed", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			client := connect(t, server)
			view := timeline(t, client)
			server.refuse = func(*wire.Cmd) *wire.Error { return &wire.Error{Code: 40302, Name: "CHANNEL_FROZEN"} }
			draft := parley.Draft{Text: "cold", ClientID: "c1"}
			if _, err := client.Channel("room").Send(t.Context(), draft); err == nil {
				t.Fatal("was not refused")
			}
			want(t, lines(view), []string{"failed cold"})
			view.Dismiss("c1")
			want(t, lines(view), nil)
		})
	})
	t.Run("loads itself again after a resync", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			server.missedMax = 2
			client := connect(t, server)
			view := timeline(t, client)
			server.last().hangUp(1006, "")
			for _, text := range []string{"a", "b", "c", "d"} {
				server.post("room", text)
			}
			time.Sleep(time.Minute) //nolint:forbidigo // the bubble's clock
			want(t, lines(view), []string{"sent a", "sent b", "sent c", "sent d"})
		})
	})
	t.Run("ends with the client", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			client := connect(t, newFakeServer())
			view := timeline(t, client)
			client.Close()
			<-view.Done()
		})
	})
}
