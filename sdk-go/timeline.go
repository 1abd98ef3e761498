package parley

import (
	"context"
	"slices"
)

// Bounds of a timeline.
const (
	timelineSizeDefault = 500
	timelineMost        = 10_000
	failedMost          = 100
	timelinePage        = 50
)

// EntryState tells stored messages from those that are on their way.
type EntryState int

// States of an [Entry].
const (
	// EntrySent is stored on the server.
	EntrySent EntryState = iota
	// EntryPending is on its way.
	EntryPending
	// EntryFailed was refused or given up; see [Entry.Err].
	EntryFailed
)

// String names the state.
func (s EntryState) String() string { return [...]string{"sent", "pending", "failed"}[s] }

// Entry is one line of a timeline.
type Entry struct {
	Message Message
	State   EntryState
	// Err says why the send failed.
	Err error
}

// Timeline is a live view of a channel: the newest messages, as they change, and the caller's own sends from the moment
// they are made. Own sends are paired with the stored messages by ClientID. Safe for concurrent use.
type Timeline struct {
	channel      *Channel
	thread       MessageID
	subscription *Subscription
	changed      chan struct{}
	done         chan struct{}
	cancel       context.CancelFunc

	// Guarded by the client's lock.
	sent  []Entry // by offset
	own   []Entry // pending and failed, in the order of sending
	size  int
	older HistoryPage
	err   error
}

// TimelineOptions narrow a timeline.
type TimelineOptions struct {
	// Size is how many messages are kept; the oldest go first. Default 500.
	Size int
	// Thread shows the replies to this message instead of the channel.
	Thread MessageID
}

// Timeline opens a live view that begins with the newest page of history. Close it after use.
func (ch *Channel) Timeline(ctx context.Context, options TimelineOptions) (*Timeline, error) {
	subscription, err := ch.Subscribe(ctx, SubscribeOptions{})
	if err != nil {
		return nil, err
	}
	if options.Size <= 0 {
		options.Size = timelineSizeDefault
	}
	life, cancel := context.WithCancel(context.WithoutCancel(ctx))
	t := &Timeline{
		channel: ch, thread: options.Thread, subscription: subscription, size: options.Size,
		changed: make(chan struct{}, 1), done: make(chan struct{}), cancel: cancel,
	}
	if err := t.load(ctx); err != nil {
		cancel()
		subscription.Close()
		return nil, err
	}
	c := ch.client
	c.mu.Lock()
	c.timelines[ch.id] = append(c.timelines[ch.id], t)
	c.mu.Unlock()
	c.workers.Go(func() { t.follow(life) })
	return t, nil
}

// Entries returns the present lines, oldest first; own sends that are on their way come last.
func (t *Timeline) Entries() []Entry {
	t.channel.client.mu.Lock()
	defer t.channel.client.mu.Unlock()
	return slices.Concat(t.sent, t.own)
}

// Changed receives after something changed; several changes may share one signal.
func (t *Timeline) Changed() <-chan struct{} { return t.changed }

// Done is closed when the timeline ended; Err then says why.
func (t *Timeline) Done() <-chan struct{} { return t.done }

// Err returns why the timeline ended: nil after Close, an [*Error] when the caller is no longer a member.
func (t *Timeline) Err() error {
	t.channel.client.mu.Lock()
	defer t.channel.client.mu.Unlock()
	return t.err
}

// LoadOlder adds a page of older messages; false when there are no more or the timeline is at its limit.
func (t *Timeline) LoadOlder(ctx context.Context) (bool, error) {
	c := t.channel.client
	c.mu.Lock()
	from := t.older
	full := len(t.sent) >= timelineMost
	c.mu.Unlock()
	if full || !from.HasOlder() {
		return false, nil
	}
	page, err := from.Older(ctx, timelinePage)
	if err != nil {
		return false, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	t.older = page
	t.size = min(t.size+len(page.Messages), timelineMost)
	for _, message := range page.Messages {
		t.put(message)
	}
	t.ring()
	return page.HasOlder(), nil
}

// Dismiss takes a failed send off the view.
func (t *Timeline) Dismiss(clientID string) {
	t.channel.client.mu.Lock()
	defer t.channel.client.mu.Unlock()
	t.settle(clientID)
	t.ring()
}

// Close ends the view and waits for it.
func (t *Timeline) Close() {
	t.cancel()
	t.subscription.Close()
	<-t.done
}

// load replaces the stored messages by the newest page of history.
func (t *Timeline) load(ctx context.Context) error {
	page, err := t.channel.History(ctx, HistoryQuery{Limit: timelinePage, Thread: t.thread})
	if err != nil {
		return err
	}
	t.subscription.SkipTo(page.Position)
	c := t.channel.client
	c.mu.Lock()
	defer c.mu.Unlock()
	t.older = page
	t.sent = nil
	for _, message := range page.Messages {
		t.put(message)
		t.settle(message.ClientID)
	}
	t.ring()
	return nil
}

// follow applies events until the view ends.
func (t *Timeline) follow(life context.Context) {
	defer close(t.done)
	defer t.leave()
	for event, err := range t.subscription.All(life) {
		if err == nil && isResync(event) {
			err = t.load(life)
			if err != nil && life.Err() != nil {
				return
			}
		}
		if err != nil {
			t.channel.client.mu.Lock()
			t.err = err
			t.channel.client.mu.Unlock()
			t.ring()
			return
		}
		t.apply(event)
	}
}

func (t *Timeline) leave() {
	c := t.channel.client
	t.subscription.Close()
	c.mu.Lock()
	defer c.mu.Unlock()
	rest := slices.DeleteFunc(c.timelines[t.channel.id], func(other *Timeline) bool { return other == t })
	c.timelines[t.channel.id] = rest
	if len(rest) == 0 {
		delete(c.timelines, t.channel.id)
	}
}

// shows is true for messages that belong into this view.
func (t *Timeline) shows(message Message) bool {
	if t.thread != "" {
		return message.Parent == t.thread
	}
	return message.InTimeline()
}

// put adds or replaces a stored message, at its place by offset. The lock is held.
func (t *Timeline) put(message Message) {
	place, found := slices.BinarySearchFunc(t.sent, message.Offset, func(entry Entry, offset uint64) int {
		switch {
		case entry.Message.Offset < offset:
			return -1
		case entry.Message.Offset > offset:
			return 1
		default:
			return 0
		}
	})
	if found {
		t.sent[place].Message = message
		return
	}
	t.sent = slices.Insert(t.sent, place, Entry{Message: message})
	if extra := len(t.sent) - t.size; extra > 0 {
		t.sent = slices.Delete(t.sent, 0, extra)
	}
}

// settle takes an own send out of those on their way. The lock is held.
func (t *Timeline) settle(clientID string) {
	if clientID != "" {
		t.own = slices.DeleteFunc(t.own, func(entry Entry) bool { return entry.Message.ClientID == clientID })
	}
}

func (t *Timeline) ring() {
	select {
	case t.changed <- struct{}{}:
	default:
	}
}
