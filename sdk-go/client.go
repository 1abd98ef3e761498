package parley

import (
	"container/list"
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// State is what a client is doing about its connection.
type State int

// States of a client.
const (
	Connecting State = iota
	Connected
	Reconnecting
	Closed
)

// String names the state, for logs.
func (s State) String() string {
	return [...]string{"connecting", "connected", "reconnecting", "closed"}[s]
}

// Session is what the server said when the client connected last.
type Session struct {
	ID     string
	User   User
	Roles  []string
	Tenant string
}

// Client is one connection to Parley that looks after itself. Safe for concurrent use.
type Client struct {
	options Options
	chance  *chance
	tokens  tokenCache
	cancel  context.CancelFunc
	done    chan struct{}
	turns   chan struct{} // one element per call that waits for its answer
	workers sync.WaitGroup

	mu          sync.Mutex // guards all below, and the state of links, streams and subscriptions
	state       State
	session     Session
	closed      error // why, once state is Closed
	connected   chan struct{}
	changed     chan struct{} // closed and replaced when state or session change
	lastError   error
	link        *link // only while connected
	outstanding *list.List
	streams     map[string]*stream
	presence    *stream
	watched     map[UserID]struct{}
	timelines   map[ChannelID][]*Timeline
	typing      map[ChannelID]typingMark
}

// Connect opens a client and waits until it is connected.
//
// Failures of the network are tried again until ctx ends; a refusal that cannot be cured ends with an [*Error]. Once
// connected, ctx has no more influence: the client lives until Close.
func Connect(ctx context.Context, options Options) (*Client, error) {
	chance := newChance(options.Random)
	options, err := options.complete(chance)
	if err != nil {
		return nil, err
	}
	life, cancel := context.WithCancel(context.WithoutCancel(ctx))
	c := &Client{
		options:     options,
		chance:      chance,
		tokens:      tokenCache{provider: options.Token, clock: options.Clock},
		cancel:      cancel,
		done:        make(chan struct{}),
		turns:       make(chan struct{}, options.CallsMax),
		connected:   make(chan struct{}),
		changed:     make(chan struct{}),
		outstanding: list.New(),
		streams:     make(map[string]*stream),
		presence:    &stream{name: presenceStream, local: true},
		watched:     make(map[UserID]struct{}),
		timelines:   make(map[ChannelID][]*Timeline),
		typing:      make(map[ChannelID]typingMark),
	}
	go c.run(life)
	select {
	case <-c.connected:
		return c, nil
	case <-c.done:
		return nil, c.Err()
	case <-ctx.Done():
		c.mu.Lock()
		last := c.lastError
		c.mu.Unlock()
		c.Close()
		return nil, fmt.Errorf("connect to %s: %w", options.URL, errors.Join(ctx.Err(), last))
	}
}

// Close ends the connection, all calls and all subscriptions, and waits until nothing of the client runs any more.
func (c *Client) Close() {
	c.cancel()
	<-c.done
	c.workers.Wait()
}

// Done is closed when the client has ended, by Close or because the server will not have it back.
func (c *Client) Done() <-chan struct{} { return c.done }

// Err says why the client ended; nil while it lives. It matches [ErrClosed] and, if any, the refusal that ended it.
func (c *Client) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closed
}

// State returns what the client is doing now.
func (c *Client) State() State {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state
}

// Changed is closed at the next change of the state or the session. Take it first, then look at both: a client that
// lost its connection and found another may be Connected each time one looks, but its [Session.ID] differs.
func (c *Client) Changed() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.changed
}

// Session returns what the server said when the client connected last.
func (c *Client) Session() Session {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.session
}

// UserID returns who the client is.
func (c *Client) UserID() UserID { return c.Session().User.ID }

// setState records and tells a change. Called by the goroutine of run only, without the lock, so the order is true.
func (c *Client) setState(state State, reason error) {
	c.mu.Lock()
	before := c.state
	c.state = state
	close(c.changed)
	c.changed = make(chan struct{})
	if reason != nil {
		c.lastError = reason
	}
	c.mu.Unlock()
	if before == state {
		return
	}
	c.options.Logger.Info("parley state", "state", state.String(), "reason", reason)
	if c.options.OnState != nil {
		c.options.OnState(state, reason)
	}
}

// finish ends everything that waits. Called once, at the end of run.
func (c *Client) finish(reason error) {
	err := ErrClosed
	if reason != nil && !errors.Is(reason, context.Canceled) {
		err = fmt.Errorf("%w: %w", ErrClosed, reason)
	}
	c.mu.Lock()
	c.closed = err
	var waiting []*call
	for e := c.outstanding.Front(); e != nil; e = e.Next() {
		waiting = append(waiting, e.Value.(*call))
	}
	c.outstanding.Init()
	for _, s := range c.streams {
		s.end(err)
	}
	c.presence.end(err)
	c.streams = make(map[string]*stream)
	c.mu.Unlock()
	for _, call := range waiting {
		call.complete(nil, err)
	}
	c.setState(Closed, reason)
	close(c.done)
}

func sessionFromWire(hello *wire.HelloResult) Session {
	return Session{
		ID:     hello.GetSessionId(),
		User:   userFromWire(hello.GetUser()),
		Roles:  hello.GetRoles(),
		Tenant: hello.GetTenant(),
	}
}
