package conformance

import (
	"context"

	"github.com/parley-rtc/parley/sdk-go"
)

var presenceStates = map[string]parley.PresenceState{
	"OFFLINE": parley.Offline, "ONLINE": parley.Online, "AWAY": parley.Away, "INVISIBLE": parley.Invisible,
}

var peopleSteps = map[string]action{
	"me": asked(func(ctx context.Context, _ *world, _ *Step, client *parley.Client) (any, error) {
		me, err := client.Me(ctx)
		return shown(me, err, userView)
	}),
	"updateMe": asked(func(ctx context.Context, _ *world, s *Step, client *parley.Client) (any, error) {
		me, err := client.UpdateMe(ctx, parley.ProfileChange{Name: s.Name})
		return shown(me, err, userView)
	}),
	"users": asked(func(ctx context.Context, w *world, s *Step, client *parley.Client) (any, error) {
		found, err := client.Users(ctx, w.users(s.Users)...)
		return shownList(found, err, userView)
	}),
	"revoke": asked(func(ctx context.Context, w *world, s *Step, client *parley.Client) (any, error) {
		return nil, client.RevokeSessions(ctx, parley.UserID(w.user(s.User)))
	}),
	"unread": asked(func(ctx context.Context, _ *world, _ *Step, client *parley.Client) (any, error) {
		totals, err := client.Unread(ctx)
		return shown(totals, err, totalsView)
	}),
	"setPresence": asked(func(ctx context.Context, _ *world, s *Step, client *parley.Client) (any, error) {
		presence := parley.NewPresence{Status: s.Status}
		if state, given := presenceStates[s.State]; given {
			presence.State = &state
		}
		return nil, client.SetPresence(ctx, presence)
	}),
	"watch": asked(func(ctx context.Context, w *world, s *Step, client *parley.Client) (any, error) {
		p := w.people[s.Client]
		if p.collected["pres"] == nil {
			p.collect("pres", true, client.SubscribePresence())
		}
		seen, err := client.WatchPresence(ctx, w.users(s.Users)...)
		p.note(func() {
			for _, presence := range seen {
				if _, known := p.presences[presence.User]; !known { // an event may have overtaken the answer
					p.presences[presence.User] = presence
				}
			}
		})
		return shownList(seen, err, presenceView)
	}),
	"seen": asked(func(_ context.Context, w *world, s *Step, _ *parley.Client) (any, error) {
		p := w.people[s.Client]
		p.mu.Lock()
		defer p.mu.Unlock()
		var known []parley.Presence
		for _, user := range w.users(s.Users) {
			known = append(known, p.presences[user])
		}
		return list(known, presenceView), nil
	}),
	"unwatch": asked(func(ctx context.Context, w *world, s *Step, client *parley.Client) (any, error) {
		return nil, client.UnwatchPresence(ctx, w.users(s.Users)...)
	}),
	"presence": asked(func(ctx context.Context, w *world, s *Step, client *parley.Client) (any, error) {
		seen, err := client.QueryPresence(ctx, w.users(s.Users)...)
		return shownList(seen, err, presenceView)
	}),
}
