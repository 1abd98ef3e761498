package parley

import (
	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// Type returns "messageCreated".
func (MessageCreated) Type() string { return "messageCreated" }

// Type returns "messageEdited".
func (MessageEdited) Type() string { return "messageEdited" }

// Type returns "messageDeleted".
func (MessageDeleted) Type() string { return "messageDeleted" }

// Type returns "reactionAdded".
func (ReactionAdded) Type() string { return "reactionAdded" }

// Type returns "reactionRemoved".
func (ReactionRemoved) Type() string { return "reactionRemoved" }

// Type returns "memberJoined".
func (MemberJoined) Type() string { return "memberJoined" }

// Type returns "memberInvited".
func (MemberInvited) Type() string { return "memberInvited" }

// Type returns "memberLeft".
func (MemberLeft) Type() string { return "memberLeft" }

// Type returns "memberUpdated".
func (MemberUpdated) Type() string { return "memberUpdated" }

// Type returns "channelCreated".
func (ChannelCreated) Type() string { return "channelCreated" }

// Type returns "channelUpdated".
func (ChannelUpdated) Type() string { return "channelUpdated" }

// Type returns "channelDeleted".
func (ChannelDeleted) Type() string { return "channelDeleted" }

// Type returns "messagePinned".
func (MessagePinned) Type() string { return "messagePinned" }

// Type returns "messageUnpinned".
func (MessageUnpinned) Type() string { return "messageUnpinned" }

// Type returns "typing".
func (Typing) Type() string { return "typing" }

// Type returns "receiptMoved".
func (ReceiptMoved) Type() string { return "receiptMoved" }

// Type returns "presenceChanged".
func (PresenceChanged) Type() string { return "presenceChanged" }

// Type returns "channelAdded".
func (ChannelAdded) Type() string { return "channelAdded" }

// Type returns "channelRemoved".
func (ChannelRemoved) Type() string { return "channelRemoved" }

// Type returns "invited".
func (ChannelInvited) Type() string { return "invited" }

// Type returns "mentioned".
func (Mentioned) Type() string { return "mentioned" }

// Type returns "readMarkerMoved".
func (ReadMarkerMoved) Type() string { return "readMarkerMoved" }

// Type returns "userUpdated".
func (UserUpdated) Type() string { return "userUpdated" }

// Type returns "resync".
func (Resync) Type() string { return "resync" }

// Type returns "unknown".
func (Unknown) Type() string { return "unknown" }

// eventFromWire translates a push. What this version does not know keeps its place as [Unknown].
func eventFromWire(push *wire.Push) Event {
	body := channelBody(push)
	if body == nil {
		body = personalBody(push)
	}
	if body == nil {
		body = roomBody(push)
	}
	if body == nil {
		body = Unknown{}
	}
	return Event{
		Stream:   push.GetStream(),
		Position: Position{Epoch: push.GetEpoch(), Offset: push.GetOffset()},
		At:       timeFromWire(push.GetAt()),
		Body:     body,
	}
}

func channelBody(push *wire.Push) Body {
	if body := messageBody(push); body != nil {
		return body
	}
	switch e := push.GetEvent().(type) {
	case *wire.Push_MemberJoined:
		return MemberJoined{memberFromWire(e.MemberJoined.GetMember()), e.MemberJoined.GetMemberCount()}
	case *wire.Push_MemberInvited:
		return MemberInvited{memberFromWire(e.MemberInvited.GetMember())}
	case *wire.Push_MemberLeft:
		left := e.MemberLeft
		return MemberLeft{UserID(left.GetUserId()), UserID(left.GetRemovedBy()), left.GetMemberCount()}
	case *wire.Push_MemberUpdated:
		return MemberUpdated{memberFromWire(e.MemberUpdated.GetMember())}
	case *wire.Push_ChannelCreated:
		return ChannelCreated{channelFromWire(e.ChannelCreated.GetChannel())}
	case *wire.Push_ChannelUpdated:
		return ChannelUpdated{channelFromWire(e.ChannelUpdated.GetChannel())}
	case *wire.Push_ChannelDeleted:
		return ChannelDeleted{UserID(e.ChannelDeleted.GetBy())}
	case *wire.Push_Typing:
		t := e.Typing
		return Typing{UserID(t.GetUserId()), MessageID(t.GetParentId()), t.GetTyping(), timeFromWire(t.GetUntil())}
	case *wire.Push_ReceiptMoved:
		return ReceiptMoved{receiptFromWire(e.ReceiptMoved.GetReceipt())}
	default:
		return nil
	}
}

func messageBody(push *wire.Push) Body {
	switch e := push.GetEvent().(type) {
	case *wire.Push_MessageCreated:
		created := e.MessageCreated
		return MessageCreated{messageFromWire(created.GetMessage()), threadFromWire(created.GetParentThread())}
	case *wire.Push_MessageEdited:
		return MessageEdited{messageFromWire(e.MessageEdited.GetMessage())}
	case *wire.Push_MessageDeleted:
		deleted := e.MessageDeleted
		return MessageDeleted{
			Message:       MessageID(deleted.GetMessageId()),
			MessageOffset: deleted.GetMessageOffset(),
			By:            UserID(deleted.GetBy()),
			Hard:          deleted.GetHard(),
			Parent:        MessageID(deleted.GetParentId()),
			ParentThread:  threadFromWire(deleted.GetParentThread()),
		}
	case *wire.Push_ReactionAdded:
		added := e.ReactionAdded
		counts := each(added.GetCounts(), reactionCountFromWire)
		return ReactionAdded{MessageID(added.GetMessageId()), reactionFromWire(added.GetReaction()), counts}
	case *wire.Push_ReactionRemoved:
		removed := e.ReactionRemoved
		counts := each(removed.GetCounts(), reactionCountFromWire)
		return ReactionRemoved{MessageID(removed.GetMessageId()), reactionFromWire(removed.GetReaction()), counts}
	case *wire.Push_MessagePinned:
		return MessagePinned{MessageID(e.MessagePinned.GetMessageId()), UserID(e.MessagePinned.GetBy())}
	case *wire.Push_MessageUnpinned:
		return MessageUnpinned{MessageID(e.MessageUnpinned.GetMessageId()), UserID(e.MessageUnpinned.GetBy())}
	default:
		return nil
	}
}

func personalBody(push *wire.Push) Body {
	switch e := push.GetEvent().(type) {
	case *wire.Push_PresenceChanged:
		return PresenceChanged{each(e.PresenceChanged.GetPresences(), presenceFromWire)}
	case *wire.Push_ChannelAdded:
		return ChannelAdded{channelFromWire(e.ChannelAdded.GetChannel())}
	case *wire.Push_ChannelRemoved:
		removed := e.ChannelRemoved
		return ChannelRemoved{ChannelID(removed.GetChannelId()), UserID(removed.GetBy()), removed.GetReason()}
	case *wire.Push_Invited:
		return ChannelInvited{channelFromWire(e.Invited.GetChannel()), UserID(e.Invited.GetBy())}
	case *wire.Push_Mentioned:
		m := e.Mentioned
		return Mentioned{
			Channel: ChannelID(m.GetChannelId()), Message: MessageID(m.GetMessageId()),
			MessageOffset: m.GetMessageOffset(), By: UserID(m.GetBy()), Excerpt: m.GetExcerpt(),
		}
	case *wire.Push_ReadMarkerMoved:
		moved := e.ReadMarkerMoved
		return ReadMarkerMoved{
			Channel: ChannelID(moved.GetChannelId()), ReadOffset: moved.GetReadOffset(), Unread: moved.GetUnread(),
			UnreadMentions: moved.GetUnreadMentions(), Totals: totalsFromWire(moved.GetTotals()),
		}
	case *wire.Push_UserUpdated:
		return UserUpdated{userFromWire(e.UserUpdated.GetUser())}
	default:
		return nil
	}
}
