// Command room enters a room, sends silence and, when given one, a video in a VP8 file (IVF), and prints each second
// what it receives from whom.
//
//	PARLEY_URL=http://127.0.0.1:8080 PARLEY_TOKEN=... go run ./examples/room [-ivf FILE] ROOM
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"
	"github.com/pion/webrtc/v4/pkg/media"
	"github.com/pion/webrtc/v4/pkg/media/ivfreader"

	"github.com/parley-rtc/parley/sdk-go"
	"github.com/parley-rtc/parley/sdk-go/rtc"
)

// silence is one Opus frame of 20 ms.
var silence = []byte{0xf8, 0xff, 0xfe}

func main() {
	file := flag.String("ivf", "", "VP8 file to send, over and over")
	flag.Parse()
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	err := run(ctx, parley.RoomID(flag.Arg(0)), *file)
	cancel()
	if err != nil {
		fmt.Fprintln(os.Stderr, "room:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, id parley.RoomID, file string) error {
	client, err := parley.Connect(ctx, parley.Options{
		URL: os.Getenv("PARLEY_URL"), Token: parley.StaticToken(os.Getenv("PARLEY_TOKEN")),
	})
	if err != nil {
		return err
	}
	defer client.Close()
	if _, err := client.CreateRoom(ctx, parley.NewRoom{ID: id}); err != nil && !errors.Is(err, parley.CodeRoomExists) {
		return err
	}
	microphone, err := track(webrtc.MimeTypeOpus, "microphone")
	if err != nil {
		return err
	}
	send := []rtc.Send{{Kind: parley.Microphone, Encodings: []webrtc.TrackLocal{microphone}}}
	camera, err := track(webrtc.MimeTypeVP8, "camera")
	if err != nil {
		return err
	}
	if file != "" {
		send = append(send, rtc.Send{Kind: parley.Camera, Encodings: []webrtc.TrackLocal{camera}})
	}
	counts := &counter{packets: map[parley.TrackID]int{}}
	room, err := rtc.Join(ctx, client, id, rtc.Options{
		Send: send, OnRTP: func(from rtc.Remote, _ *rtp.Packet) { counts.add(from.Track) },
		OnState: func(state rtc.State, reason error) { fmt.Println("state:", state, reason) },
	})
	if err != nil {
		return err
	}
	var work sync.WaitGroup
	work.Go(func() { speak(ctx, microphone) })
	if file != "" {
		work.Go(func() {
			if err := play(ctx, camera, file); err != nil {
				fmt.Fprintln(os.Stderr, "room:", err)
			}
		})
	}
	counts.print(ctx, room)
	work.Wait()
	leaving, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return room.Leave(leaving)
}

func track(mime, name string) (*webrtc.TrackLocalStaticSample, error) {
	return webrtc.NewTrackLocalStaticSample(webrtc.RTPCodecCapability{MimeType: mime}, name, name)
}

func speak(ctx context.Context, track *webrtc.TrackLocalStaticSample) {
	const frame = 20 * time.Millisecond
	tick := time.NewTicker(frame)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			_ = track.WriteSample(media.Sample{Data: silence, Duration: frame}) // no path yet: nobody listens either
		case <-ctx.Done():
			return
		}
	}
}

// play sends the file from its beginning to its end, and again, until ctx ends.
func play(ctx context.Context, track *webrtc.TrackLocalStaticSample, name string) error {
	for ctx.Err() == nil {
		if err := playOnce(ctx, track, name); err != nil {
			return err
		}
	}
	return nil
}

func playOnce(ctx context.Context, track *webrtc.TrackLocalStaticSample, name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	reader, header, err := ivfreader.NewWith(file)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	frame := time.Second * time.Duration(header.TimebaseNumerator) / time.Duration(max(1, header.TimebaseDenominator))
	tick := time.NewTicker(max(frame, time.Millisecond))
	defer tick.Stop()
	for {
		picture, _, err := reader.ParseNextFrame()
		if err != nil {
			return nil //nolint:nilerr // the end of the file
		}
		_ = track.WriteSample(media.Sample{Data: picture, Duration: frame}) // as above
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
	}
}

type counter struct {
	mu      sync.Mutex
	packets map[parley.TrackID]int
}

func (c *counter) add(track parley.TrackID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.packets[track]++
}

func (c *counter) print(ctx context.Context, room *rtc.Room) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			c.mu.Lock()
			fmt.Printf("%d people; packets so far: %v\n", len(room.Participants()), c.packets)
			c.mu.Unlock()
		case <-room.Done():
			fmt.Println("ended:", room.Err())
			return
		case <-ctx.Done():
			return
		}
	}
}
