package parley

import (
	"context"
	"time"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// Me returns the caller's profile.
func (c *Client) Me(ctx context.Context) (User, error) {
	ok, err := c.read(ctx, "get me", &wire.Cmd{Command: &wire.Cmd_GetMe{GetMe: &wire.GetMe{}}})
	return userFromWire(ok.GetGetMe().GetUser()), err
}

// ProfileChange says what to change; nil fields stay as they are.
type ProfileChange struct {
	Name     *string
	ImageURL *string
	Custom   Custom
}

// UpdateMe changes the caller's profile.
func (c *Client) UpdateMe(ctx context.Context, change ProfileChange) (User, error) {
	custom, err := change.Custom.toWire()
	if err != nil {
		return User{}, err
	}
	request := &wire.UpdateMe{Name: change.Name, ImageUrl: change.ImageURL, Custom: custom}
	ok, err := c.effect(ctx, "update me", &wire.Cmd{Command: &wire.Cmd_UpdateMe{UpdateMe: request}})
	return userFromWire(ok.GetUpdateMe().GetUser()), err
}

// Users returns the profiles of up to 100 users; unknown ids are left out.
func (c *Client) Users(ctx context.Context, ids ...UserID) ([]User, error) {
	request := &wire.GetUsers{UserIds: texts[string](ids)}
	ok, err := c.read(ctx, "get users", &wire.Cmd{Command: &wire.Cmd_GetUsers{GetUsers: request}})
	return each(ok.GetGetUsers().GetUsers(), userFromWire), err
}

// RevokeSessions closes all sockets of a user and refuses their tokens from now on; empty = the caller. Another user
// needs the role "admin".
func (c *Client) RevokeSessions(ctx context.Context, user UserID) error {
	request := &wire.RevokeSessions{UserId: string(user)}
	_, err := c.effect(ctx, "revoke sessions", &wire.Cmd{Command: &wire.Cmd_RevokeSessions{RevokeSessions: request}})
	return err
}

// LimitPolicy is a rate limit: Quota per Window, refilled evenly, at most Burst at once.
type LimitPolicy struct {
	Name      string
	Quota     uint32
	Window    time.Duration
	Burst     uint32
	Remaining uint32
}

// Limits returns the rate limits that apply to the caller.
func (c *Client) Limits(ctx context.Context) ([]LimitPolicy, error) {
	ok, err := c.read(ctx, "get limits", &wire.Cmd{Command: &wire.Cmd_GetLimits{GetLimits: &wire.GetLimits{}}})
	return each(ok.GetGetLimits().GetPolicies(), func(p *wire.LimitPolicy) LimitPolicy {
		window := time.Duration(p.GetWindowSeconds()) * time.Second
		return LimitPolicy{p.GetName(), p.GetQuota(), window, p.GetBurst(), p.GetRemaining()}
	}), err
}
