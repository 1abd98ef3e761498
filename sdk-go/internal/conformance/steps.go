package conformance

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/parley-rtc/parley/sdk-go"
)

// action does one step and returns its result as a view.
type action func(ctx context.Context, w *world, s *Step) (any, error)

// asked is a step of one client that has connected.
func asked(do func(ctx context.Context, w *world, s *Step, client *parley.Client) (any, error)) action {
	return func(ctx context.Context, w *world, s *Step) (any, error) {
		p := w.people[s.Client]
		if p == nil || p.sdk == nil {
			return nil, fmt.Errorf("%q has not connected", s.Client)
		}
		return do(ctx, w, s, p.sdk)
	}
}

// inChannel is a step of one client in one channel.
func inChannel(do func(ctx context.Context, w *world, s *Step, channel *parley.Channel) (any, error)) action {
	return asked(func(ctx context.Context, w *world, s *Step, client *parley.Client) (any, error) {
		return do(ctx, w, s, client.Channel(parley.ChannelID(w.channelID(s.Channel))))
	})
}

// all takes everything out of an iterator.
func all[T any](items iter.Seq2[T, error], view func(T) object) (any, error) {
	var out []T
	for item, err := range items {
		if err != nil {
			return nil, err
		}
		out = append(out, item)
	}
	return list(out, view), nil
}

// shown turns an answer of the SDK into a step's result.
func shown[T any](value T, err error, view func(T) object) (any, error) {
	if err != nil {
		return nil, err
	}
	return view(value), nil
}

func shownList[T any](items []T, err error, view func(T) object) (any, error) {
	return shown(items, err, func(items []T) object { return list(items, view) })
}

var steps map[string]action

func init() { //nolint:gochecknoinits // the table refers to itself through play
	steps = map[string]action{}
	tables := []map[string]action{networkSteps, channelSteps, messageSteps, peopleSteps, roomSteps, watchingSteps}
	for _, table := range tables {
		for name, do := range table {
			steps[name] = do
		}
	}
}

var channelSteps = map[string]action{
	"createChannel": asked(func(ctx context.Context, w *world, s *Step, client *parley.Client) (any, error) {
		id := parley.ChannelID(w.channelID(s.Channel))
		channel := parley.NewChannel{ID: id, Type: s.Type, Members: w.users(s.Members)}
		channel.Name, channel.Topic = text(s.Name), text(s.Topic)
		channel.Public = s.Public != nil && *s.Public
		info, err := client.CreateChannel(ctx, channel)
		return shown(info, err, channelView)
	}),
	"openDirect": asked(func(ctx context.Context, w *world, s *Step, client *parley.Client) (any, error) {
		info, err := client.OpenDirect(ctx, w.users(s.Users)...)
		if err == nil {
			w.mu.Lock()
			w.channels[s.Channel] = string(info.ID)
			w.mu.Unlock()
		}
		return shown(info, err, channelView)
	}),
	"channel": inChannel(func(ctx context.Context, _ *world, _ *Step, channel *parley.Channel) (any, error) {
		info, err := channel.Get(ctx)
		return shown(info, err, channelView)
	}),
	"updateChannel": inChannel(func(ctx context.Context, _ *world, s *Step, channel *parley.Channel) (any, error) {
		change := parley.ChannelChange{Name: s.Name, Topic: s.Topic, Public: s.Public, Frozen: s.Frozen}
		if s.SlowModeSeconds != nil {
			slow := time.Duration(*s.SlowModeSeconds) * time.Second
			change.SlowMode = &slow
		}
		info, err := channel.Update(ctx, uint64(*s.Version), change)
		return shown(info, err, channelView)
	}),
	"deleteChannel": inChannel(func(ctx context.Context, _ *world, _ *Step, channel *parley.Channel) (any, error) {
		return nil, channel.Delete(ctx)
	}),
	"channels": asked(func(ctx context.Context, _ *world, _ *Step, client *parley.Client) (any, error) {
		return all(client.Channels(ctx), channelView)
	}),
	"browse": asked(func(ctx context.Context, _ *world, s *Step, client *parley.Client) (any, error) {
		return all(client.BrowseChannels(ctx, s.Prefix), channelView)
	}),
	"join": inChannel(func(ctx context.Context, _ *world, _ *Step, channel *parley.Channel) (any, error) {
		info, err := channel.Join(ctx)
		return shown(info, err, channelView)
	}),
	"leave": inChannel(func(ctx context.Context, _ *world, _ *Step, channel *parley.Channel) (any, error) {
		return nil, channel.Leave(ctx)
	}),
	"invite": inChannel(func(ctx context.Context, w *world, s *Step, channel *parley.Channel) (any, error) {
		invite := channel.Invite
		if s.Add {
			invite = channel.AddMembers
		}
		members, err := invite(ctx, w.users(s.Users)...)
		return shownList(members, err, memberView)
	}),
	"remove": inChannel(func(ctx context.Context, w *world, s *Step, channel *parley.Channel) (any, error) {
		return nil, channel.RemoveMember(ctx, parley.UserID(w.user(s.User)))
	}),
	"setRole": inChannel(func(ctx context.Context, w *world, s *Step, channel *parley.Channel) (any, error) {
		member, err := channel.SetMemberRole(ctx, parley.UserID(w.user(s.User)), s.Role)
		return shown(member, err, memberView)
	}),
	"members": inChannel(func(ctx context.Context, _ *world, _ *Step, channel *parley.Channel) (any, error) {
		return all(channel.Members(ctx), memberView)
	}),
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
