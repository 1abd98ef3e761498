//go:build live

package rtc_test

import (
	"context"
	"encoding/binary"
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"github.com/parley-rtc/parley/sdk-go"
	"github.com/parley-rtc/parley/sdk-go/rtc"
)

// live connects to the server that scripts/conformance.sh started.
func live(t *testing.T, user string) *parley.Client {
	t.Helper()
	address, hook := os.Getenv("PARLEY_URL"), os.Getenv("PARLEY_HOOK")
	if address == "" || hook == "" {
		t.Fatal("needs a live server: run scripts/conformance.sh go")
	}
	token, err := exec.CommandContext(t.Context(), hook, "token", user, "3600", "-", "-").Output()
	check(t, err)
	client, err := parley.Connect(t.Context(), parley.Options{
		URL: address, Token: parley.StaticToken(strings.TrimSpace(string(token))),
	})
	check(t, err)
	t.Cleanup(client.Close)
	return client
}

// numbered sends pictures of one packet with a number each, the first and every tenth a key frame.
func numbered(ctx context.Context, track *webrtc.TrackLocalStaticRTP) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for n := uint32(0); ; n++ {
		payload := append([]byte{0x90, 0x80, byte(n>>8) | 0x80, byte(n)}, make([]byte, 200)...)
		payload[4] = 0x11
		if n%10 == 0 {
			copy(payload[4:], []byte{0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xf0, 0x00}) // 320 x 240
		}
		binary.BigEndian.PutUint32(payload[16:], n)
		header := rtp.Header{Version: 2, Marker: true, SequenceNumber: uint16(n), Timestamp: n * 1800}
		_ = track.WriteRTP(&rtp.Packet{Header: header, Payload: payload})
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// TestLiveMediaThroughARealNode publishes, receives under the publisher's name, goes on after both have restarted their
// paths, and hears that the room was closed. Pion closes the old path when it restarts, so what was under way is lost.
func TestLiveMediaThroughARealNode(t *testing.T) {
	host, guest := live(t, "live-host"), live(t, "live-guest")
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	made, err := host.CreateRoom(ctx, parley.NewRoom{Name: "live"})
	check(t, err)

	track := camera(t)
	sender, err := rtc.Join(ctx, host, made.ID, rtc.Options{
		Send: []rtc.Send{{Kind: parley.Camera, Encodings: []webrtc.TrackLocal{track}}}, VideoSlots: -1, AudioSlots: -1,
	})
	check(t, err)
	sending, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() { defer close(ended); numbered(sending, track) }()
	t.Cleanup(func() { stop(); <-ended })

	var named, newest atomic.Uint32
	take := func(from rtc.Remote, packet *rtp.Packet) {
		if len(packet.Payload) < 20 {
			return // padding, by which the node looks for bandwidth
		}
		if from.Track == sender.Self().Tracks[0].ID {
			named.Add(1)
		}
		newest.Store(binary.BigEndian.Uint32(packet.Payload[16:]))
	}
	receiver, err := rtc.Join(ctx, guest, made.ID, rtc.Options{VideoSlots: 2, OnRTP: take})
	check(t, err)
	check(t, receiver.AwaitConnected(ctx))
	eventually(ctx, t, func() bool { return named.Load() > 50 })
	people := receiver.Participants()
	isHost := func(p parley.Participant) bool { return p.User == "live-host" }
	if len(people) != 2 || !slices.ContainsFunc(people, isHost) {
		t.Errorf("got %+v", people)
	}

	for _, each := range []*rtc.Room{receiver, sender} {
		check(t, each.RestartPath(ctx))
		before := newest.Load()
		eventually(ctx, t, func() bool { return newest.Load() > before+50 })
	}

	check(t, host.Room(made.ID).Close(ctx))
	select {
	case <-receiver.Done():
	case <-ctx.Done():
		t.Fatal("the end of the room was not told")
	}
	if !errors.Is(receiver.Err(), rtc.ErrRoomClosed) {
		t.Errorf("ended with %v", receiver.Err())
	}
	check(t, sender.Leave(ctx))
	check(t, receiver.Leave(ctx))
}

func TestLiveAStrangerDoesNotFindTheRoomOfAChannel(t *testing.T) {
	host, stranger := live(t, "live-host"), live(t, "live-stranger")
	channel, err := host.CreateChannel(t.Context(), parley.NewChannel{Name: "private"})
	check(t, err)
	made, err := host.CreateRoom(t.Context(), parley.NewRoom{Channel: channel.ID})
	check(t, err)
	if _, err := rtc.Join(t.Context(), stranger, made.ID, rtc.Options{}); !errors.Is(err, parley.CodeRoomNotFound) {
		t.Errorf("got %v", err)
	}
	if _, _, err := stranger.Room(made.ID).Get(t.Context()); !errors.Is(err, parley.CodeRoomNotFound) {
		t.Errorf("got %v", err)
	}
	check(t, host.Room(made.ID).Close(t.Context()))
}

// eventually waits until ready is true.
func eventually(ctx context.Context, t *testing.T, ready func() bool) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !ready() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatal("it did not come")
		}
	}
}
