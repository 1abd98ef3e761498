package rtc

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"

	"github.com/parley-rtc/parley/sdk-go"
)

// State is what a room is doing about its media.
type State int

// States of a room.
const (
	// Joining means that the room is entered, but media cannot flow yet.
	Joining State = iota
	Connected
	// Recovering means that the path or the node was lost and another is looked for.
	Recovering
	Ended
)

// String names the state, for logs.
func (s State) String() string { return [...]string{"joining", "connected", "recovering", "ended"}[s] }

// Room is a place in a room that looks after itself. Safe for concurrent use.
type Room struct {
	client  *parley.Client
	handle  *parley.Room
	options Options
	cancel  context.CancelFunc
	done    chan struct{}
	keeper  sync.WaitGroup

	mu      sync.Mutex // guards all below
	state   State
	err     error // why, once state is Ended
	session *session
	people  roster
	view    *parley.View
	changed chan struct{} // closed and replaced when state changes
	unseat  func()        // stops following the present seat, and waits for it

	telling sync.Mutex // so that OnState hears changes in their order
}

// Join enters a room and returns when the server has answered; media flows a moment later, see [Room.AwaitConnected].
// Once it has returned, ctx has no more influence: the room lives until Leave, or until the server or client ends it.
func Join(ctx context.Context, client *parley.Client, id parley.RoomID, options Options) (*Room, error) {
	life, cancel := context.WithCancel(context.WithoutCancel(ctx))
	r := &Room{
		client: client, handle: client.Room(id), options: options.complete(), cancel: cancel,
		done: make(chan struct{}), view: options.View, changed: make(chan struct{}), unseat: func() {},
	}
	if err := r.place(ctx); err != nil {
		cancel()
		return nil, err
	}
	r.keeper.Go(func() {
		defer close(r.done)
		r.keep(life)
		cancel()
		r.stop()
	})
	return r, nil
}

// place takes a seat and follows it.
func (r *Room) place(ctx context.Context) error {
	s, err := newSession(ctx, r)
	if err != nil {
		return err
	}
	unseat, err := r.follow(ctx, s)
	if err != nil {
		s.close()
		return errors.Join(err, s.leave(ctx))
	}
	r.mu.Lock()
	before := r.unseat
	r.session, r.unseat = s, unseat
	view := r.view
	r.mu.Unlock()
	before()
	if view != nil {
		if err := s.seat.SetView(ctx, *view); err != nil {
			r.options.Logger.Warn("parley view not set", "room", r.handle.ID(), "error", err)
		}
	}
	return nil
}

func (r *Room) current() *session {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.session
}

// ID returns the id of the room.
func (r *Room) ID() parley.RoomID { return r.handle.ID() }

// Self returns the caller's own participant, as it was when joining last.
func (r *Room) Self() parley.Participant { return r.current().joined.Self }

// Node returns where the media goes.
func (r *Room) Node() parley.MediaNode { return r.current().joined.Node }

// Participants returns who is there, in the order of joining.
func (r *Room) Participants() []parley.Participant {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.people.list()
}

// State returns what the room is doing.
func (r *Room) State() State {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.state
}

// Done is closed when the room has ended.
func (r *Room) Done() <-chan struct{} { return r.done }

// Err says why the room ended; nil while it lives.
func (r *Room) Err() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.err
}

// AwaitConnected waits until media can flow. It fails when ctx or the room ends.
func (r *Room) AwaitConnected(ctx context.Context) error {
	for {
		r.mu.Lock()
		state, err, changed := r.state, r.err, r.changed
		r.mu.Unlock()
		switch state {
		case Connected:
			return nil
		case Ended:
			return err
		case Joining, Recovering:
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("await media of %s: %w", r.ID(), ctx.Err())
		}
	}
}

// RestartPath gives the media another path at once, as after a change of networks, and waits until it carries.
func (r *Room) RestartPath(ctx context.Context) error {
	if err := r.current().newPath(ctx); err != nil {
		return fmt.Errorf("restart the path of %s: %w", r.ID(), err)
	}
	return nil
}

// SetView says what to see from now on; it is said again when the room is joined again.
func (r *Room) SetView(ctx context.Context, view parley.View) error {
	r.mu.Lock()
	r.view = &view
	r.mu.Unlock()
	return r.current().seat.SetView(ctx, view)
}

// SetMuted tells everybody that the i-th of [Options.Send] is muted, or no longer. Not to send is up to the caller.
func (r *Room) SetMuted(ctx context.Context, i int, muted bool) error {
	if i < 0 || i >= len(r.options.Send) {
		return fmt.Errorf("rtc: nothing is sent as number %d", i)
	}
	s := r.current()
	intent := parley.TrackIntent{MID: s.mids[i], Kind: r.options.Send[i].Kind, Muted: muted}
	_, err := s.seat.SetTracks(ctx, intent)
	return err
}

// RequestKeyFrame asks whoever is in a slot for a key frame, as a decoder does that lost its footing.
func (r *Room) RequestKeyFrame(remote Remote) error {
	return r.WriteRTCP([]rtcp.Packet{&rtcp.PictureLossIndication{MediaSSRC: uint32(remote.SSRC)}})
}

// WriteRTCP sends packets of the caller's own making to the node.
func (r *Room) WriteRTCP(packets []rtcp.Packet) error {
	return r.current().connection.WriteRTCP(packets)
}

// ExtensionID returns the id that a header extension has in this room (RFC 8285), such as that of [AudioLevelURI]:
// packets of an own microphone should carry it, so that the node knows who speaks. False when it was not agreed on.
func (r *Room) ExtensionID(uri string) (uint8, bool) { return r.current().extensionID(uri) }

// Statistics returns Pion's report on the peer connection.
func (r *Room) Statistics() webrtc.StatsReport { return r.current().connection.GetStats() }

// Leave goes out of the room, and waits until nothing of it runs any more. When ctx ends before the server has
// answered, the room has ended here all the same, and the server finds out by itself.
func (r *Room) Leave(ctx context.Context) error {
	r.end(ErrLeft)
	r.cancel()
	r.keeper.Wait()
	if errors.Is(r.Err(), ErrLeft) {
		return r.current().leave(ctx)
	}
	return nil
}

// stop ends what a room holds. Called once, by its keeper.
func (r *Room) stop() {
	r.mu.Lock()
	unseat, s := r.unseat, r.session
	r.mu.Unlock()
	unseat()
	s.close()
}

// end notes why the room is over, for the first reason that comes.
func (r *Room) end(reason error) {
	r.mu.Lock()
	if r.err == nil {
		r.err = reason
	}
	reason = r.err
	r.mu.Unlock()
	r.setState(Ended, reason)
}

// setState records and tells a change; Ended is the last.
func (r *Room) setState(state State, reason error) {
	r.telling.Lock()
	defer r.telling.Unlock()
	r.mu.Lock()
	before := r.state
	if before == state || before == Ended {
		r.mu.Unlock()
		return
	}
	r.state = state
	close(r.changed)
	r.changed = make(chan struct{})
	r.mu.Unlock()
	r.options.Logger.Info("parley room", "room", r.ID(), "state", state.String(), "reason", reason)
	if r.options.OnState != nil {
		r.options.OnState(state, reason)
	}
}
