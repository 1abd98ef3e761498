package parley

import (
	"context"
	"time"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// PresenceState is what a user is seen as.
type PresenceState int

// States of presence.
const (
	Offline PresenceState = iota
	Online
	Away
	// Invisible users are Offline to others; only their own devices see this.
	Invisible
)

// String returns the state as the contract spells it.
func (s PresenceState) String() string { return wire.Presence_State(s).String() }

// Presence is a user as others may see them, merged over devices.
type Presence struct {
	User   UserID
	State  PresenceState
	Status string
	// StatusUntil is when the status clears by itself; zero = never.
	StatusUntil time.Time
	// LastSeen is zero while online.
	LastSeen time.Time
}

// NewPresence says what to be seen as; nil fields stay as they are. Online returns to automatic.
type NewPresence struct {
	State       *PresenceState
	Status      *string
	StatusUntil time.Time
}

// watchMost is how many users one watch command may name.
const watchMost = 200

func presenceFromWire(p *wire.Presence) Presence {
	return Presence{
		User:        UserID(p.GetUserId()),
		State:       PresenceState(p.GetState()),
		Status:      p.GetStatus(),
		StatusUntil: timeFromWire(p.GetStatusUntil()),
		LastSeen:    timeFromWire(p.GetLastSeen()),
	}
}

// SetPresence sets what the caller is seen as, on all devices.
func (c *Client) SetPresence(ctx context.Context, presence NewPresence) error {
	request := &wire.SetPresence{Status: presence.Status, StatusUntil: timeToWire(presence.StatusUntil)}
	if presence.State != nil {
		state := wire.Presence_State(*presence.State)
		request.State = &state
	}
	_, err := c.effect(ctx, "set presence", &wire.Cmd{Command: &wire.Cmd_SetPresence{SetPresence: request}})
	return err
}

// WatchPresence returns the presence of users and has their changes handed out by [Client.SubscribePresence], over
// reconnects too, until UnwatchPresence. Too many users are [CodeWatchLimit].
func (c *Client) WatchPresence(ctx context.Context, users ...UserID) ([]Presence, error) {
	var all []Presence
	for _, part := range parts(users) {
		request := &wire.WatchPresence{UserIds: texts[string](part)}
		ok, err := c.read(ctx, "watch presence", &wire.Cmd{Command: &wire.Cmd_WatchPresence{WatchPresence: request}})
		if err != nil {
			return all, err
		}
		c.mu.Lock()
		for _, user := range part {
			c.watched[user] = struct{}{}
		}
		c.mu.Unlock()
		all = append(all, each(ok.GetWatchPresence().GetItems(), presenceFromWire)...)
	}
	return all, nil
}

// UnwatchPresence ends the watch of users.
func (c *Client) UnwatchPresence(ctx context.Context, users ...UserID) error {
	for _, part := range parts(users) {
		c.mu.Lock()
		for _, user := range part {
			delete(c.watched, user)
		}
		c.mu.Unlock()
		request := &wire.UnwatchPresence{UserIds: texts[string](part)}
		command := &wire.Cmd{Command: &wire.Cmd_UnwatchPresence{UnwatchPresence: request}}
		if _, err := c.read(ctx, "unwatch presence", command); err != nil {
			return err
		}
	}
	return nil
}

// QueryPresence returns the presence of users once, in the order asked.
func (c *Client) QueryPresence(ctx context.Context, users ...UserID) ([]Presence, error) {
	var all []Presence
	for _, part := range parts(users) {
		request := &wire.QueryPresence{UserIds: texts[string](part)}
		ok, err := c.read(ctx, "query presence", &wire.Cmd{Command: &wire.Cmd_QueryPresence{QueryPresence: request}})
		if err != nil {
			return all, err
		}
		all = append(all, each(ok.GetQueryPresence().GetItems(), presenceFromWire)...)
	}
	return all, nil
}

// watchAgain renews the watches on a new link: they end with a connection. The answers, which tell what changed in
// between, are handed out as events. The lock is held.
func (c *Client) watchAgain(l *link) {
	users := make([]UserID, 0, len(c.watched))
	for user := range c.watched {
		users = append(users, user)
	}
	for _, part := range parts(users) {
		request := &wire.WatchPresence{UserIds: texts[string](part)}
		command := &wire.Cmd{Command: &wire.Cmd_WatchPresence{WatchPresence: request}}
		l.submit(&call{command: command, complete: func(ok *wire.Ok, err error) {
			if err != nil {
				c.options.Logger.Warn("parley watch not renewed", "error", err)
				return
			}
			body := PresenceChanged{each(ok.GetWatchPresence().GetItems(), presenceFromWire)}
			c.mu.Lock()
			defer c.mu.Unlock()
			c.presence.deliver(Event{Stream: presenceStream, At: c.options.Clock.Now(), Body: body})
		}})
	}
}

// parts splits users into what one command may name.
func parts(users []UserID) [][]UserID {
	var out [][]UserID
	for len(users) > watchMost {
		out = append(out, users[:watchMost])
		users = users[watchMost:]
	}
	if len(users) > 0 {
		out = append(out, users)
	}
	return out
}
