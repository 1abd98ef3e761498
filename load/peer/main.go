// Command peer is a WebRTC client for tests of the media port: real ICE, DTLS and SRTP, but no room and no signalling.
// It prints its offer as a line of JSON, reads the answer as one, sends RTP packets, counts what comes back intact, and
// prints what it saw.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/pion/webrtc/v4"
)

type options struct {
	profile string
	network string
	packets int
	bytes   int
	restart bool
	timeout time.Duration
}

// line is what travels over standard input and output, one field at a time.
type line struct {
	Offer  string  `json:"offer,omitempty"`
	Answer string  `json:"answer,omitempty"`
	Result *result `json:"result,omitempty"`
}

// result is what the client saw.
type result struct {
	State    string `json:"state"`
	Sent     int    `json:"sent"`
	Intact   int    `json:"intact"`
	Broken   int    `json:"broken"`
	Reports  int    `json:"reports"`
	Restarts int    `json:"restarts"`
}

func main() {
	var o options
	flag.StringVar(&o.profile, "profile", "gcm", "SRTP profile that is offered: gcm or cm")
	flag.StringVar(&o.network, "network", "udp4", "how to reach the port: udp4, udp6, tcp4 or tcp6")
	flag.IntVar(&o.packets, "packets", 500, "RTP packets to send")
	flag.IntVar(&o.bytes, "bytes", 1000, "bytes of each payload")
	flag.BoolVar(&o.restart, "restart", false, "restart ICE half-way")
	flag.DurationVar(&o.timeout, "timeout", 30*time.Second, "when to give up")
	flag.Parse()
	ctx, cancel := context.WithTimeout(context.Background(), o.timeout)
	err := run(ctx, o)
	cancel()
	if err != nil {
		fmt.Fprintln(os.Stderr, "peer:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	c, err := newClient(o)
	if err != nil {
		return err
	}
	answers := bufio.NewScanner(os.Stdin)
	answers.Buffer(nil, 1<<20)
	if err := c.exchange(ctx, answers, nil); err != nil {
		return err
	}
	if c.connected(ctx) {
		half := o.packets / 2
		c.send(ctx, half)
		if o.restart {
			c.awaitEcho(ctx, half)
			c.paths.forget()
			if err := c.exchange(ctx, answers, &webrtc.OfferOptions{ICERestart: true}); err != nil {
				return err
			}
			if c.paths.await(ctx) {
				c.restarted()
			}
		}
		c.send(ctx, o.packets-half)
		c.awaitEcho(ctx, o.packets)
	}
	if err := say(line{Result: c.result()}); err != nil {
		return err
	}
	return c.connection.Close()
}

// exchange offers and takes the answer in.
func (c *client) exchange(ctx context.Context, answers *bufio.Scanner, offering *webrtc.OfferOptions) error {
	offer, err := c.connection.CreateOffer(offering)
	if err != nil {
		return fmt.Errorf("offer: %w", err)
	}
	gathered := webrtc.GatheringCompletePromise(c.connection)
	if err := c.connection.SetLocalDescription(offer); err != nil {
		return fmt.Errorf("local description: %w", err)
	}
	select {
	case <-gathered:
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := say(line{Offer: c.connection.LocalDescription().SDP}); err != nil {
		return err
	}
	if !answers.Scan() {
		return fmt.Errorf("no answer came: %w", answers.Err())
	}
	var answer line
	if err := json.Unmarshal(answers.Bytes(), &answer); err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	description := webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: answer.Answer}
	if err := c.connection.SetRemoteDescription(description); err != nil {
		return fmt.Errorf("remote description: %w", err)
	}
	return nil
}

func say(what line) error {
	return json.NewEncoder(os.Stdout).Encode(what)
}
