package parley

import (
	"context"
	"iter"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// Join makes the caller a member of a public channel, or accepts an invitation.
func (ch *Channel) Join(ctx context.Context) (ChannelInfo, error) {
	request := &wire.JoinChannel{ChannelId: string(ch.id)}
	ok, err := ch.client.effect(ctx, "join channel", &wire.Cmd{Command: &wire.Cmd_JoinChannel{JoinChannel: request}})
	return channelFromWire(ok.GetJoinChannel().GetChannel()), err
}

// Leave ends the caller's membership, or declines an invitation.
func (ch *Channel) Leave(ctx context.Context) error {
	request := &wire.LeaveChannel{ChannelId: string(ch.id)}
	_, err := ch.client.effect(ctx, "leave channel", &wire.Cmd{Command: &wire.Cmd_LeaveChannel{LeaveChannel: request}})
	return err
}

// Invite asks users to join.
func (ch *Channel) Invite(ctx context.Context, users ...UserID) ([]Member, error) {
	return ch.invite(ctx, users, false)
}

// AddMembers makes users members at once; needs the capability "add-members".
func (ch *Channel) AddMembers(ctx context.Context, users ...UserID) ([]Member, error) {
	return ch.invite(ctx, users, true)
}

func (ch *Channel) invite(ctx context.Context, users []UserID, add bool) ([]Member, error) {
	request := &wire.InviteMembers{ChannelId: string(ch.id), UserIds: texts[string](users), Add: add}
	command := &wire.Cmd{Command: &wire.Cmd_InviteMembers{InviteMembers: request}}
	ok, err := ch.client.effect(ctx, "invite members", command)
	return each(ok.GetInviteMembers().GetItems(), memberFromWire), err
}

// RemoveMember ends the membership of another user, or takes an invitation back.
func (ch *Channel) RemoveMember(ctx context.Context, user UserID) error {
	request := &wire.RemoveMember{ChannelId: string(ch.id), UserId: string(user)}
	_, err := ch.client.effect(ctx, "remove member", &wire.Cmd{Command: &wire.Cmd_RemoveMember{RemoveMember: request}})
	return err
}

// SetMemberRole changes what a member may do.
func (ch *Channel) SetMemberRole(ctx context.Context, user UserID, role string) (Member, error) {
	request := &wire.SetMemberRole{ChannelId: string(ch.id), UserId: string(user), Role: role}
	command := &wire.Cmd{Command: &wire.Cmd_SetMemberRole{SetMemberRole: request}}
	ok, err := ch.client.effect(ctx, "set member role", command)
	return memberFromWire(ok.GetSetMemberRole().GetMember()), err
}

// Members iterates over members and invited users, by user id, page by page.
func (ch *Channel) Members(ctx context.Context) iter.Seq2[Member, error] {
	return pages(func(cursor string) ([]Member, string, error) {
		request := &wire.ListMembers{ChannelId: string(ch.id), Cursor: cursor}
		ok, err := ch.client.read(ctx, "list members", &wire.Cmd{Command: &wire.Cmd_ListMembers{ListMembers: request}})
		page := ok.GetListMembers()
		return each(page.GetItems(), memberFromWire), page.GetNext(), err
	})
}
