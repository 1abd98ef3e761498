package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/parley-rtc/parley/load/internal/server"
	"github.com/parley-rtc/parley/sdk-go"
)

const (
	tokenLife = time.Hour
	// patience is what an awaited condition may take on a slow machine.
	patience = 90 * time.Second
	// switchWait is how long a larger picture is waited for: a link that is thought to be too small never gives it.
	switchWait = 30 * time.Second
	pollEvery  = 500 * time.Millisecond
	// framesFirst is how many frames of each other everybody has before anything is measured.
	framesFirst = 15
	largeHeight = 360
	smallHeight = 180
)

// stage is what stays from codec to codec: the pages and the connected Go clients.
type stage struct {
	wishes  wishes
	pages   *pages
	clients []*parley.Client
}

func enter(ctx context.Context, root string, node *server.Server, w wishes) (*stage, error) {
	s := &stage{wishes: w}
	var people []string
	for i := range w.pages {
		name := fmt.Sprintf("page-%d", i+1)
		people = append(people, name+"="+node.Token(name, tokenLife, nil, ""))
	}
	var err error
	if s.pages, err = openPages(ctx, root, node.URL(), people); err != nil {
		return nil, err
	}
	for i := range w.members {
		token := parley.StaticToken(node.Token(fmt.Sprintf("go-%d", i+1), tokenLife, nil, ""))
		client, err := parley.Connect(ctx, parley.Options{URL: node.URL(), Token: token})
		if err != nil {
			s.close()
			return nil, err
		}
		s.clients = append(s.clients, client)
	}
	return s, nil
}

func (s *stage) close() {
	for _, client := range s.clients {
		client.Close()
	}
	s.pages.close()
}

// call is everybody in one room.
type call struct {
	*stage
	codec   string
	members []*member
	// sends is everybody whose picture others must see.
	sends map[string]bool
}

// round has everybody meet in a room of their own with one codec, shown large, small, and large again.
func (s *stage) round(ctx context.Context, codec string) (*outcome, error) {
	ctx, cancel := context.WithTimeout(ctx, roundMost)
	defer cancel()
	c, err := s.meet(ctx, codec)
	if err != nil {
		return nil, err
	}
	result, err := c.watch(ctx)
	if s.wishes.pictures != "" {
		err = errors.Join(err, c.picture(ctx))
	}
	return result, errors.Join(err, c.leave(ctx))
}

func (s *stage) meet(ctx context.Context, codec string) (*call, error) {
	frames, err := s.pages.encode(ctx, codec)
	if err != nil {
		return nil, err
	}
	host, err := s.host()
	if err != nil {
		return nil, err
	}
	room, err := host.CreateRoom(ctx, parley.NewRoom{Name: "calls " + codec})
	if err != nil {
		return nil, err
	}
	c := &call{stage: s, codec: codec, sends: map[string]bool{}}
	if err := s.pages.join(ctx, string(room.ID), codec); err != nil {
		return nil, err
	}
	for i := range s.wishes.pages {
		c.sends[fmt.Sprintf("page-%d", i+1)] = true
	}
	for _, client := range s.clients {
		joined, err := joinAs(ctx, client, room.ID, codec, frames)
		if err != nil {
			return nil, errors.Join(err, c.leave(ctx))
		}
		c.members = append(c.members, joined)
		c.sends[joined.name] = len(frames) > 0
	}
	return c, nil
}

func (s *stage) host() (*parley.Client, error) {
	if len(s.clients) == 0 {
		return nil, errors.New("at least one Go client makes the rooms")
	}
	return s.clients[0], nil
}

// watch measures from the moment on when everybody decodes everybody.
func (c *call) watch(ctx context.Context) (*outcome, error) {
	o := &outcome{Codec: c.codec}
	if err := c.view(ctx, largeHeight); err != nil {
		return o, err
	}
	first, err := c.await(ctx, patience, func(views []pageView) bool { return len(c.unseen(views, framesFirst)) == 0 })
	if err != nil {
		return o, err
	}
	if unseen := c.unseen(first, framesFirst); len(unseen) > 0 {
		o.missing(unseen)
		return o, nil
	}
	began := time.Now()
	large, err := c.hold(ctx, largeHeight)
	if err != nil {
		return o, err
	}
	small, err := c.hold(ctx, smallHeight)
	if err != nil {
		return o, err
	}
	last, err := c.hold(ctx, largeHeight)
	if err != nil {
		return o, err
	}
	o.Seconds = time.Since(began).Seconds()
	o.compare(first, large, small, last)
	return o, nil
}

// hold shows everybody at a height, waits a while for the pictures to get there, and lets the call go on for a time.
func (c *call) hold(ctx context.Context, height int) ([]pageView, error) {
	if err := c.view(ctx, height); err != nil {
		return nil, err
	}
	if _, err := c.await(ctx, switchWait, func(views []pageView) bool { return areAt(views, height) }); err != nil {
		return nil, err
	}
	timer := time.NewTimer(c.wishes.hold)
	defer timer.Stop()
	select {
	case <-timer.C:
		return c.read(ctx)
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// areAt is true when every picture that comes in several sizes has this one; pages send such, Go clients do not.
func areAt(views []pageView, height int) bool {
	for _, view := range views {
		for _, seen := range view.Seen {
			if isSimulcast(seen) && seen.Height != height {
				return false
			}
		}
	}
	return true
}

func (c *call) view(ctx context.Context, height int) error {
	view := parley.View{DefaultHeight: uint32(height)} //nolint:gosec // one of two constants
	for _, member := range c.members {
		if err := member.room.SetView(ctx, view); err != nil {
			return err
		}
	}
	return c.pages.view(ctx, height)
}

// await reads until isDone or the time is up, and returns what was read last.
func (c *call) await(ctx context.Context, most time.Duration, isDone func([]pageView) bool) ([]pageView, error) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for deadline := time.Now().Add(most); ; {
		views, err := c.read(ctx)
		if err != nil || isDone(views) || time.Now().After(deadline) {
			return views, err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return views, context.Cause(ctx)
		}
	}
}

func (c *call) read(ctx context.Context) ([]pageView, error) {
	views, err := c.pages.read(ctx)
	for _, member := range c.members {
		views = append(views, member.read())
	}
	return views, err
}

// unseen are the pairs "from -> to" with fewer than this many frames, or without a key frame.
func (c *call) unseen(views []pageView, frames int) []string {
	var pairs []string
	for _, view := range views {
		for from, isSent := range c.sends {
			seen, _ := find(views, view.Name, from)
			if isSent && from != view.Name && (seen.Frames < frames || seen.KeyFrames == 0) {
				pairs = append(pairs, fmt.Sprintf("%s -> %s (%d frames, %d of them key frames, %d packets lost)",
					from, view.Name, seen.Frames, seen.KeyFrames, seen.Lost))
			}
		}
	}
	return pairs
}

func (c *call) picture(ctx context.Context) error {
	folder := filepath.Join(c.wishes.pictures, c.codec)
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	return c.pages.picture(ctx, folder)
}

func (c *call) leave(ctx context.Context) error {
	err := c.pages.leave(ctx)
	for _, member := range c.members {
		err = errors.Join(err, member.leave(ctx))
	}
	return err
}
