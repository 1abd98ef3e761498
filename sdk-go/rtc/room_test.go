package rtc_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"github.com/parley-rtc/parley/sdk-go"
	"github.com/parley-rtc/parley/sdk-go/internal/wire"
	"github.com/parley-rtc/parley/sdk-go/rtc"
)

const patience = 30 * time.Second

func connect(t *testing.T, node *fakeNode) *parley.Client {
	t.Helper()
	client, err := parley.Connect(t.Context(), parley.Options{
		URL: "http://fake", Token: parley.StaticToken("token"), Transport: node,
	})
	check(t, err)
	t.Cleanup(client.Close)
	return client
}

func join(t *testing.T, node *fakeNode, options rtc.Options) *rtc.Room {
	t.Helper()
	room, err := rtc.Join(t.Context(), connect(t, node), "r1", options)
	check(t, err)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		_ = room.Leave(ctx)
	})
	return room
}

func camera(t *testing.T) *webrtc.TrackLocalStaticRTP {
	t.Helper()
	codec := webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeVP8, ClockRate: 90_000}
	track, err := webrtc.NewTrackLocalStaticRTP(codec, "camera", "camera")
	check(t, err)
	return track
}

// publish writes packets until the test ends.
func publish(t *testing.T, track *webrtc.TrackLocalStaticRTP) {
	t.Helper()
	ended := make(chan struct{})
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(func() { cancel(); <-ended })
	go func() {
		defer close(ended)
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for sequence := uint16(1); ; sequence++ {
			header := rtp.Header{Version: 2, SequenceNumber: sequence, Timestamp: uint32(sequence) * 450}
			_ = track.WriteRTP(&rtp.Packet{Header: header, Payload: []byte{0x10, 1, 2, 3}})
			select {
			case <-tick.C:
			case <-ctx.Done():
				return
			}
		}
	}()
}

func TestWhatOneSendsTheOtherReceivesUnderItsName(t *testing.T) {
	node := newFakeNode(t)
	track := camera(t)
	sender := join(t, node, rtc.Options{
		Send: []rtc.Send{{Kind: parley.Camera, Encodings: []webrtc.TrackLocal{track}}}, VideoSlots: -1, AudioSlots: -1,
	})
	from := make(chan parley.TrackID, 1)
	receiver := join(t, node, rtc.Options{VideoSlots: 2, AudioSlots: -1, OnRTP: func(remote rtc.Remote, _ *rtp.Packet) {
		if remote.Track != "" {
			select {
			case from <- remote.Track:
			default:
			}
		}
	}})
	publish(t, track)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	check(t, sender.AwaitConnected(ctx))
	check(t, receiver.AwaitConnected(ctx))
	select {
	case got := <-from:
		if want := sender.Self().Tracks[0].ID; got != want {
			t.Errorf("got media of %s, want %s", got, want)
		}
	case <-ctx.Done():
		t.Fatal("no media came")
	}
}

func TestALostNodeIsLeftForAnother(t *testing.T) {
	node := newFakeNode(t)
	track := camera(t)
	publish(t, track)
	room := join(t, node, rtc.Options{
		Send: []rtc.Send{{Kind: parley.Camera, Encodings: []webrtc.TrackLocal{track}}}, VideoSlots: -1, AudioSlots: -1,
	})
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	check(t, room.AwaitConnected(ctx))
	recovering := make(chan struct{}, 10)
	again := join(t, node, rtc.Options{VideoSlots: 1, OnState: func(state rtc.State, reason error) {
		var left *rtc.LeftError
		if state == rtc.Recovering && errors.As(reason, &left) && left.Cause == parley.NodeLost {
			recovering <- struct{}{}
		}
	}})
	check(t, again.AwaitConnected(ctx))
	node.takeOut(string(again.Self().ID), wire.ParticipantLeft_NODE_LOST)
	select {
	case <-recovering:
	case <-ctx.Done():
		t.Fatal("the loss was not told")
	}
	check(t, again.AwaitConnected(ctx))
	if node.joined() != 3 || again.Self().ID != "p3" {
		t.Errorf("joined %d times, now as %s", node.joined(), again.Self().ID)
	}
}

func TestWhoIsRemovedHearsWhy(t *testing.T) {
	node := newFakeNode(t)
	room := join(t, node, rtc.Options{})
	node.takeOut("p1", wire.ParticipantLeft_REMOVED)
	select {
	case <-room.Done():
	case <-time.After(patience):
		t.Fatal("the room did not end")
	}
	if !errors.Is(room.Err(), rtc.ErrRemoved) || room.State() != rtc.Ended {
		t.Errorf("ended with %v", room.Err())
	}
}

func TestARefusalIsTheServersOwn(t *testing.T) {
	node := newFakeNode(t)
	node.refusal = &wire.Error{Code: uint32(parley.CodeRoomNotFound)}
	_, err := rtc.Join(t.Context(), connect(t, node), "r1", rtc.Options{})
	if !errors.Is(err, parley.CodeRoomNotFound) {
		t.Errorf("got %v", err)
	}
}
