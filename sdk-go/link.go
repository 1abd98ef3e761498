package parley

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/parley-rtc/parley/sdk-go/internal/framing"
	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

var (
	errLinkLost = errors.New("parley: connection lost")
	errSilent   = errors.New("parley: the server fell silent")
	errDrained  = errors.New("parley: the server asked to come back elsewhere")
)

// link is one socket from hello to its end. Its reader runs in serve, beside it a writer and a keeper (see keeper.go).
type link struct {
	client *Client
	socket Socket
	fail   context.CancelCauseFunc
	wake   chan struct{} // tells the writer that there is something in queue
	helped sync.WaitGroup

	resuming []*stream // the streams of hello, in its order

	// Guarded by the client's lock.
	lastID    uint32
	waiting   map[uint32]*call
	queue     []*wire.Frame // bounded by the calls that may wait, and a few frames of the keeper
	greetedAt time.Time
	heardAt   time.Time
	heard     uint64 // bytes, when that was looked at last
	sentAt    time.Time
	heartbeat time.Duration
	pingN     uint32
	tokenTTL  time.Duration
	drain     *window
	leaveAt   time.Time
	left      bool
}

func newLink(c *Client, socket Socket) *link {
	return &link{client: c, socket: socket, wake: make(chan struct{}, 1), waiting: make(map[uint32]*call)}
}

// serve says hello and reads until the socket ends; when it returns, nothing of the link runs any more.
func (l *link) serve(life context.Context, token string) ending {
	c := l.client
	ctx, fail := context.WithCancelCause(life)
	l.fail = fail
	c.mu.Lock()
	l.heardAt, l.sentAt = c.options.Clock.Now(), c.options.Clock.Now()
	c.mu.Unlock()

	hello := &call{command: c.hello(l, token)}
	hello.complete = func(ok *wire.Ok, err error) {
		if err == nil {
			err = c.greeted(l, ok.GetHello())
		}
		if err != nil {
			fail(err)
			return
		}
		l.help(func() { l.refreshTokens(ctx) })
	}
	c.mu.Lock()
	l.submit(hello)
	c.mu.Unlock()
	l.help(func() { l.write(ctx) })
	l.help(func() { l.keep(ctx) })

	err := l.read(ctx)
	if cause := context.Cause(ctx); cause != nil {
		err = cause // the read failed because somebody gave the link up
	}
	l.socket.Close(l.closeCode(life, err), "")
	fail(err)
	l.helped.Wait()
	c.ended(l)

	c.mu.Lock()
	defer c.mu.Unlock()
	end := ending{reason: err, greeted: !l.greetedAt.IsZero(), drain: l.drain, waited: l.left}
	if end.greeted {
		end.lived = c.options.Clock.Now().Sub(l.greetedAt)
	}
	return end
}

func (l *link) closeCode(life context.Context, err error) int {
	switch {
	case life.Err() != nil:
		return closeNormal
	case errors.Is(err, errDrained):
		return closeGoingAway
	default:
		return closeAbort
	}
}

// help runs a goroutine that serve waits for.
func (l *link) help(work func()) {
	l.helped.Go(work)
}

// greet notes what the server wants. The lock is held.
func (l *link) greet(hello *wire.HelloResult) {
	l.greetedAt = l.client.options.Clock.Now()
	l.heartbeat = time.Duration(hello.GetHeartbeatMs()) * time.Millisecond
	l.tokenTTL = time.Duration(hello.GetTokenTtlMs()) * time.Millisecond
}

// submit sends a command that wants a reply. The lock is held.
func (l *link) submit(call *call) {
	l.lastID++
	l.waiting[l.lastID] = call
	command := &wire.Cmd{Id: l.lastID, Key: call.command.GetKey(), Command: call.command.GetCommand()}
	l.send(&wire.Frame{Frame: &wire.Frame_Cmd{Cmd: command}})
}

// send queues a frame for the writer. The lock is held.
func (l *link) send(frame *wire.Frame) {
	l.queue = append(l.queue, frame)
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

func (l *link) sendControl(control *wire.Ctl) {
	l.send(&wire.Frame{Frame: &wire.Frame_Ctl{Ctl: control}})
}

// write packs what is queued into messages until ctx ends.
func (l *link) write(ctx context.Context) {
	for {
		select {
		case <-l.wake:
		case <-ctx.Done():
			return
		}
		for {
			frames := l.take()
			if len(frames) == 0 {
				break
			}
			if err := l.writeMessage(ctx, frames); err != nil {
				l.fail(err)
				return
			}
		}
	}
}

func (l *link) take() []*wire.Frame {
	l.client.mu.Lock()
	defer l.client.mu.Unlock()
	n := min(len(l.queue), framing.FramesMax)
	frames := l.queue[:n]
	l.queue = l.queue[n:]
	if len(l.queue) == 0 {
		l.queue = nil // lets the backing array go
	}
	if n > 0 {
		l.sentAt = l.client.options.Clock.Now()
	}
	return frames
}

func (l *link) writeMessage(ctx context.Context, frames []*wire.Frame) error {
	var message []byte
	for _, frame := range frames {
		var err error
		if message, err = framing.Append(message, frame); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, writeWait)
	defer cancel()
	if err := l.socket.Write(ctx, message); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

// read takes messages until the socket or ctx ends.
func (l *link) read(ctx context.Context) error {
	for {
		message, err := l.socket.Read(ctx)
		if err != nil {
			return err
		}
		l.client.mu.Lock()
		l.heardAt = l.client.options.Clock.Now()
		l.client.mu.Unlock()
		for frame, err := range framing.Frames(message) {
			if err != nil {
				return fmt.Errorf("%w: %w", ErrProtocol, err)
			}
			l.receive(frame)
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
}

// receive acts on one frame. It never blocks: events go into bounded queues.
func (l *link) receive(frame *wire.Frame) {
	c := l.client
	switch f := frame.GetFrame().(type) {
	case *wire.Frame_Reply:
		c.mu.Lock()
		call := l.waiting[f.Reply.GetId()]
		delete(l.waiting, f.Reply.GetId())
		c.mu.Unlock()
		if call != nil {
			call.answer(c, f.Reply)
		}
	case *wire.Frame_Push:
		c.mu.Lock()
		c.accept(f.Push)
		c.mu.Unlock()
	case *wire.Frame_Ctl:
		c.mu.Lock()
		l.control(f.Ctl)
		c.mu.Unlock()
	}
}
