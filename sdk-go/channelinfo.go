package parley

import (
	"slices"
	"time"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// ChannelInfo is what a channel was when it was read.
type ChannelInfo struct {
	ID    ChannelID
	Type  string
	Name  string
	Topic string
	// Public channels can be found and joined by anybody in the tenant; others by invitation.
	Public bool
	// Direct conversations are distinct by their members and have no name.
	Direct   bool
	Frozen   bool
	SlowMode time.Duration
	Custom   Custom
	// Version rises with every change of the channel's own fields; see [Channel.Update].
	Version       uint64
	CreatedBy     UserID
	CreatedAt     time.Time
	UpdatedAt     time.Time
	MemberCount   uint32
	LastMessageAt time.Time
	// Head is the position of the newest event.
	Head Position
	// Members are up to ten, for display, in lists and direct conversations.
	Members     []Member
	LastMessage *Message
	// Own is the caller's relation to the channel; nil in events.
	Own *OwnState
}

// OwnState is the caller's relation to a channel. The counts follow from offsets, so they cannot drift.
type OwnState struct {
	Member          Member
	Capabilities    []string
	ReadOffset      uint64
	DeliveredOffset uint64
	Unread          uint32
	UnreadMentions  uint32
	// FirstUnread is the offset of the first unread message; 0 = none.
	FirstUnread uint64
}

// Can tells whether the caller holds a capability, such as "pin-message".
func (o OwnState) Can(capability string) bool { return slices.Contains(o.Capabilities, capability) }

// MemberState tells members from those who are invited.
type MemberState int

// States of a member.
const (
	Joined MemberState = iota
	Invited
)

// String returns the state as the contract spells it.
func (s MemberState) String() string { return wire.Member_State(s).String() }

// Member is a user in a channel.
type Member struct {
	UserID UserID
	// Role is "owner", "moderator", "member" or one that the tenant configured.
	Role      string
	State     MemberState
	InvitedBy UserID
	JoinedAt  time.Time
	User      *User
}

// ChannelType says what channels of a type can do, and who may do it.
type ChannelType struct {
	Name                                                         string
	Threads, Reactions, Typing, Receipts, Mentions, Quotes, Pins bool
	MembersMax, MessageBytesMax                                  uint32
	// Grants are capabilities by channel role.
	Grants map[string][]string
}

func channelFromWire(c *wire.Channel) ChannelInfo {
	out := ChannelInfo{
		ID:            ChannelID(c.GetId()),
		Type:          c.GetType(),
		Name:          c.GetName(),
		Topic:         c.GetTopic(),
		Public:        c.GetPublic(),
		Direct:        c.GetDirect(),
		Frozen:        c.GetFrozen(),
		SlowMode:      time.Duration(c.GetSlowModeSeconds()) * time.Second,
		Custom:        customFromWire(c.GetCustom()),
		Version:       c.GetVersion(),
		CreatedBy:     UserID(c.GetCreatedBy()),
		CreatedAt:     timeFromWire(c.GetCreatedAt()),
		UpdatedAt:     timeFromWire(c.GetUpdatedAt()),
		MemberCount:   c.GetMemberCount(),
		LastMessageAt: timeFromWire(c.GetLastMessageAt()),
		Head:          positionFromWire(c.GetHead()),
		Members:       each(c.GetMembers(), memberFromWire),
		Own:           ownFromWire(c.GetOwn()),
	}
	if c.GetLastMessage() != nil {
		last := messageFromWire(c.GetLastMessage())
		out.LastMessage = &last
	}
	return out
}

func ownFromWire(o *wire.OwnState) *OwnState {
	if o == nil {
		return nil
	}
	return &OwnState{
		Member:          memberFromWire(o.GetMember()),
		Capabilities:    o.GetCapabilities(),
		ReadOffset:      o.GetReadOffset(),
		DeliveredOffset: o.GetDeliveredOffset(),
		Unread:          o.GetUnread(),
		UnreadMentions:  o.GetUnreadMentions(),
		FirstUnread:     o.GetFirstUnreadOffset(),
	}
}

func memberFromWire(m *wire.Member) Member {
	out := Member{
		UserID:    UserID(m.GetUserId()),
		Role:      m.GetRole(),
		State:     MemberState(m.GetState()),
		InvitedBy: UserID(m.GetInvitedBy()),
		JoinedAt:  timeFromWire(m.GetJoinedAt()),
	}
	if m.GetUser() != nil {
		user := userFromWire(m.GetUser())
		out.User = &user
	}
	return out
}

func channelTypeFromWire(t *wire.ChannelType) ChannelType {
	out := ChannelType{
		Name: t.GetName(), Threads: t.GetThreads(), Reactions: t.GetReactions(), Typing: t.GetTyping(),
		Receipts: t.GetReceipts(), Mentions: t.GetMentions(), Quotes: t.GetQuotes(), Pins: t.GetPins(),
		MembersMax: t.GetMembersMax(), MessageBytesMax: t.GetMessageBytesMax(),
		Grants: make(map[string][]string, len(t.GetGrants())),
	}
	for role, capabilities := range t.GetGrants() {
		out.Grants[role] = capabilities.GetNames()
	}
	return out
}
