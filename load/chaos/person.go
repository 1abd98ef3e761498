package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/parley-rtc/parley/load/internal/server"
	"github.com/parley-rtc/parley/sdk-go"
)

const tokenLife = time.Hour

// person is one client with a network that can be killed, and what it saw of each channel.
type person struct {
	network *network
	client  *parley.Client
	work    sync.WaitGroup

	mu      sync.Mutex
	views   map[parley.ChannelID]*view
	changed chan struct{}
}

// view is one channel as the SDK told it: every event from the first on.
type view struct {
	begin    uint64 // offset before the first event
	offsets  []uint64
	messages []parley.Message
	resyncs  int
	err      error
}

func newPerson(ctx context.Context, node *server.Server, name string) (*person, error) {
	broken := &network{open: map[*net.TCPConn]struct{}{}}
	client, err := parley.Connect(ctx, parley.Options{
		URL:       node.URL(),
		Token:     func(context.Context) (string, error) { return node.Token(name, tokenLife, nil, ""), nil },
		Transport: parley.WebSocketTransport{HTTPClient: &http.Client{Transport: broken.transport()}},
	})
	if err != nil {
		return nil, err
	}
	return &person{
		network: broken, client: client, views: map[parley.ChannelID]*view{}, changed: make(chan struct{}),
	}, nil
}

// leave closes the client, which ends what watches.
func (p *person) leave() {
	p.client.Close()
	p.work.Wait()
}

// send is patient: a rate limit is waited out, everything else is the SDK's own business.
func (p *person) send(ctx context.Context, channel parley.ChannelID, draft parley.Draft) (parley.Sent, error) {
	ctx, cancel := context.WithTimeout(ctx, sendWait)
	defer cancel()
	for {
		sent, err := p.client.Channel(channel).Send(ctx, draft)
		var refusal *parley.Error
		if err == nil || !errors.As(err, &refusal) || refusal.Retry != parley.RetryAfter || ctx.Err() != nil {
			return sent, err
		}
		timer := time.NewTimer(max(refusal.After, 100*time.Millisecond))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
		}
	}
}

// watch keeps all events of a channel until ctx or the client ends.
func (p *person) watch(ctx context.Context, channel parley.ChannelID) error {
	subscription, err := p.client.Channel(channel).Subscribe(ctx, parley.SubscribeOptions{})
	if err != nil {
		return err
	}
	seen := &view{begin: subscription.Position().Offset}
	p.mu.Lock()
	p.views[channel] = seen
	p.mu.Unlock()
	p.work.Go(func() {
		for event, err := range subscription.All(ctx) {
			p.see(ctx, channel, seen, subscription, event, err)
		}
	})
	return nil
}

func (p *person) see(
	ctx context.Context, channel parley.ChannelID, seen *view, subscription *parley.Subscription,
	event parley.Event, err error,
) {
	var snapshot []parley.Message
	var upTo parley.Position
	_, resync := event.Body.(parley.Resync)
	if err == nil && resync {
		snapshot, upTo, err = p.snapshot(ctx, channel)
		subscription.SkipTo(upTo)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case err != nil:
		seen.err = err
	case resync:
		seen.resyncs++
		seen.messages, seen.offsets, seen.begin = snapshot, nil, upTo.Offset
	case event.Position.Offset > 0:
		seen.offsets = append(seen.offsets, event.Position.Offset)
		if created, ok := event.Body.(parley.MessageCreated); ok {
			seen.messages = append(seen.messages, created.Message)
		}
	}
	close(p.changed)
	p.changed = make(chan struct{})
}

// snapshot reads a channel as of one position: what came while the pages were read is left to the events.
func (p *person) snapshot(
	ctx context.Context, channel parley.ChannelID,
) ([]parley.Message, parley.Position, error) {
	ctx, cancel := context.WithTimeout(ctx, overtakeWait)
	defer cancel()
	newest, err := p.client.Channel(channel).History(ctx, parley.HistoryQuery{Limit: 1})
	if err != nil {
		return nil, parley.Position{}, err
	}
	messages, err := everything(ctx, p.client, channel)
	kept := messages[:0]
	for _, message := range messages {
		if message.Offset <= newest.Position.Offset {
			kept = append(kept, message)
		}
	}
	return kept, newest.Position, err
}

// everything reads the whole history of a channel, oldest first.
func everything(ctx context.Context, client *parley.Client, channel parley.ChannelID) ([]parley.Message, error) {
	var all []parley.Message
	query := parley.HistoryQuery{Limit: 200, Direction: parley.Forward}
	for message, err := range client.Channel(channel).Messages(ctx, query) {
		if err != nil {
			return nil, err
		}
		all = append(all, message)
	}
	return all, nil
}

// network is where a client's connections can be killed.
type network struct {
	mu   sync.Mutex
	open map[*net.TCPConn]struct{}
}

func (n *network) transport() *http.Transport {
	return &http.Transport{DialContext: func(ctx context.Context, kind, address string) (net.Conn, error) {
		var dialer net.Dialer
		conn, err := dialer.DialContext(ctx, kind, address)
		if err != nil {
			return nil, err
		}
		if tcp, ok := conn.(*net.TCPConn); ok {
			n.mu.Lock()
			defer n.mu.Unlock()
			n.open[tcp] = struct{}{}
		}
		return conn, nil
	}}
}

// kill resets all connections and says how many there were.
func (n *network) kill() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	killed := 0
	for conn := range n.open {
		_ = conn.SetLinger(0)
		if conn.Close() == nil {
			killed++
		}
		delete(n.open, conn)
	}
	return killed
}
