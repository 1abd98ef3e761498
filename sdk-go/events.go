package parley

import (
	"time"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// Event is something that happened on a stream. Look at Body with a type switch.
type Event struct {
	// Stream is "ch:CHANNEL", "me:USER", "pres:USER", "call:ROOM" or "call:ROOM.PARTICIPANT".
	Stream string
	// Position is where the event stands in its stream. Its offset is 0 for ephemeral events, which may be lost.
	Position Position
	At       time.Time
	Body     Body
}

// Channel returns the channel whose stream the event is of, or "".
func (e Event) Channel() ChannelID {
	if len(e.Stream) > 3 && e.Stream[:3] == "ch:" {
		return ChannelID(e.Stream[3:])
	}
	return ""
}

// Body is one of the event types of this package. Newer servers may send what this library does not know: [Unknown].
type Body interface {
	// Type is the name of the event in the contract, such as "messageCreated": what filters take.
	Type() string
}

// Events of a channel.
type (
	// MessageCreated tells of a new message; ParentThread is the parent's new summary when it is a reply.
	MessageCreated struct {
		Message      Message
		ParentThread *ThreadSummary
	}
	// MessageEdited carries the whole message after the edit.
	MessageEdited struct{ Message Message }
	// MessageDeleted tells of a tombstone, or, when Hard, that nothing remains.
	MessageDeleted struct {
		Message       MessageID
		MessageOffset uint64
		By            UserID
		Hard          bool
		Parent        MessageID
		ParentThread  *ThreadSummary
	}
	// ReactionAdded carries all counts after the change.
	ReactionAdded struct {
		Message  MessageID
		Reaction Reaction
		Counts   []ReactionCount
	}
	// ReactionRemoved carries all counts after the change.
	ReactionRemoved struct {
		Message  MessageID
		Reaction Reaction
		Counts   []ReactionCount
	}
	// MemberJoined tells of a new member.
	MemberJoined struct {
		Member      Member
		MemberCount uint32
	}
	// MemberInvited tells of an invitation.
	MemberInvited struct{ Member Member }
	// MemberLeft is the last event that somebody who was removed receives of a channel.
	MemberLeft struct {
		User UserID
		// RemovedBy is empty for those who left by themselves.
		RemovedBy   UserID
		MemberCount uint32
	}
	// MemberUpdated tells of a changed role.
	MemberUpdated struct{ Member Member }
	// ChannelCreated is the first event of every channel.
	ChannelCreated struct{ Channel ChannelInfo }
	// ChannelUpdated carries the channel's fields after the change.
	ChannelUpdated struct{ Channel ChannelInfo }
	// ChannelDeleted is the last event of a channel.
	ChannelDeleted struct{ By UserID }
	// MessagePinned tells of a pin.
	MessagePinned struct {
		Message MessageID
		By      UserID
	}
	// MessageUnpinned tells that a pin was taken away.
	MessageUnpinned struct {
		Message MessageID
		By      UserID
	}
	// Typing says that somebody is typing until Until, unless told otherwise. Ephemeral.
	Typing struct {
		User   UserID
		Parent MessageID
		Typing bool
		Until  time.Time
	}
	// ReceiptMoved says how far a member has read and received. Ephemeral.
	ReceiptMoved struct{ Receipt Receipt }
)

// Events of the caller's own inbox, and presence.
type (
	// PresenceChanged tells of watched users. Ephemeral.
	PresenceChanged struct{ Presences []Presence }
	// ChannelAdded says that the caller became a member.
	ChannelAdded struct{ Channel ChannelInfo }
	// ChannelRemoved says that the caller is no member any more; Reason is "left", "removed" or "deleted".
	ChannelRemoved struct {
		Channel ChannelID
		By      UserID
		Reason  string
	}
	// ChannelInvited says that the caller was invited.
	ChannelInvited struct {
		Channel ChannelInfo
		By      UserID
	}
	// Mentioned says that a message mentions the caller.
	Mentioned struct {
		Channel       ChannelID
		Message       MessageID
		MessageOffset uint64
		By            UserID
		Excerpt       string
	}
	// ReadMarkerMoved says that one of the caller's devices moved the read marker. Ephemeral.
	ReadMarkerMoved struct {
		Channel        ChannelID
		ReadOffset     uint64
		Unread         uint32
		UnreadMentions uint32
		Totals         UnreadTotals
	}
	// UserUpdated says that the caller's profile changed. Ephemeral.
	UserUpdated struct{ User User }
)

// Resync says that the events up to Event.Position cannot be given: load a snapshot, such as [Channel.History], and go
// on; what follows comes after Event.Position. Give the snapshot's position to [Subscription.SkipTo] to see nothing
// twice.
type Resync struct{ Reason ResyncReason }

// Unknown is an event of a newer server.
type Unknown struct{}

// ResyncReason says why a stream could not be continued.
type ResyncReason int

// Reasons of a [Resync].
const (
	// EpochChanged means that the numbering of the stream began anew.
	EpochChanged ResyncReason = iota + 1
	// TooOld means that the server no longer keeps the missed events.
	TooOld
	// TooMany means that more was missed than is given in one piece.
	TooMany
)

// String returns the reason as the contract spells it.
func (r ResyncReason) String() string {
	return wire.SubscribeResult_Lost(r).String()
}
