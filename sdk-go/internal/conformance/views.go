package conformance

import (
	"encoding/json"
	"time"

	"github.com/parley-rtc/parley/sdk-go"
)

// The views are the SDK's values under the names of the contract, so that a pattern is the same for every SDK.

type object = map[string]any

// plain turns a view into what the JSON decoder would have made of it.
func plain(view any) any {
	text, err := json.Marshal(view)
	if err != nil {
		return err.Error()
	}
	var out any
	_ = json.Unmarshal(text, &out)
	return out
}

func list[T any](items []T, view func(T) object) object {
	out := make([]any, len(items))
	for i, item := range items {
		out[i] = view(item)
	}
	return object{"items": out}
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339Nano)
}

func messageView(m parley.Message) object {
	view := object{
		"id": m.ID, "channelId": m.Channel, "offset": m.Offset, "authorId": m.AuthorID, "clientId": m.ClientID,
		"text": m.Text, "custom": m.Custom, "parentId": m.Parent, "alsoInChannel": m.AlsoInChannel,
		"mentions": m.Mentions, "reactions": countViews(m.Reactions), "ownReactions": m.OwnReactions,
		"thread": threadView(m.Thread), "createdAt": stamp(m.CreatedAt), "editedAt": stamp(m.EditedAt),
		"deletedAt": stamp(m.DeletedAt), "version": m.Version, "pinned": m.Pinned, "kind": m.Kind,
	}
	if m.Quote != nil {
		view["quote"] = object{"messageId": m.Quote.Message, "authorId": m.Quote.Author, "excerpt": m.Quote.Excerpt}
	}
	if m.Author != nil {
		view["author"] = userView(*m.Author)
	}
	return view
}

func countViews(counts []parley.ReactionCount) []object {
	var out []object
	for _, count := range counts {
		out = append(out, object{"kind": count.Kind, "count": count.Count})
	}
	return out
}

func reactionView(r parley.Reaction) object {
	return object{"kind": r.Kind, "userId": r.User, "createdAt": stamp(r.CreatedAt)}
}

func threadView(t *parley.ThreadSummary) object {
	if t == nil {
		return nil
	}
	return object{"replyCount": t.Replies, "lastReplyAt": stamp(t.LastReplyAt), "participants": t.Participants}
}

func versionView(v parley.MessageVersion) object {
	return object{"version": v.Version, "text": v.Text, "at": stamp(v.At)}
}

func userView(u parley.User) object {
	return object{"id": u.ID, "name": u.Name, "imageUrl": u.ImageURL, "guest": u.Guest, "custom": u.Custom}
}

func channelView(c parley.ChannelInfo) object {
	view := object{
		"id": c.ID, "type": c.Type, "name": c.Name, "topic": c.Topic, "public": c.Public, "direct": c.Direct,
		"frozen": c.Frozen, "custom": c.Custom, "version": c.Version, "memberCount": c.MemberCount,
		"createdBy": c.CreatedBy, "slowModeSeconds": c.SlowMode.Seconds(),
		"members": list(c.Members, memberView)["items"],
	}
	if c.Own != nil {
		view["own"] = ownView(*c.Own)
	}
	return view
}

func ownView(o parley.OwnState) object {
	return object{
		"member": memberView(o.Member), "capabilities": o.Capabilities, "readOffset": o.ReadOffset,
		"deliveredOffset": o.DeliveredOffset, "unread": o.Unread, "unreadMentions": o.UnreadMentions,
		"firstUnreadOffset": o.FirstUnread,
	}
}

func memberView(m parley.Member) object {
	return object{"userId": m.UserID, "role": m.Role, "state": m.State.String(), "invitedBy": m.InvitedBy}
}

func receiptView(r parley.Receipt) object {
	return object{"userId": r.User, "readOffset": r.ReadOffset, "deliveredOffset": r.DeliveredOffset}
}

func totalsView(t parley.UnreadTotals) object {
	return object{"messages": t.Messages, "mentions": t.Mentions, "channels": t.Channels}
}

func readStateView(s parley.ReadState) object {
	return object{"own": ownView(s.Own), "totals": totalsView(s.Totals)}
}

func presenceView(p parley.Presence) object {
	return object{"userId": p.User, "state": p.State.String(), "status": p.Status, "lastSeen": stamp(p.LastSeen)}
}

func pageView(p parley.HistoryPage) object {
	view := list(p.Messages, messageView)
	view["prev"], view["next"] = p.HasOlder(), p.HasNewer()
	return view
}

func errorView(e *parley.Error) object {
	violations := make([]object, len(e.Violations))
	for i, v := range e.Violations {
		violations[i] = object{"field": v.Field, "rule": v.Rule, "allowed": v.Allowed}
	}
	return object{
		"name": e.Name, "code": e.Code, "retry": e.Retry.String(), "afterMs": e.After.Milliseconds(),
		"violations": violations,
	}
}

func eventView(e parley.Event) object {
	view := bodyView(e.Body)
	if view == nil {
		view = roomEventView(e.Body)
	}
	if view == nil {
		view = personalView(e.Body)
	}
	view["type"], view["offset"] = e.Body.Type(), e.Position.Offset
	return view
}

func bodyView(body parley.Body) object {
	switch b := body.(type) {
	case parley.MessageCreated:
		return object{"message": messageView(b.Message), "parentThread": threadView(b.ParentThread)}
	case parley.MessageEdited:
		return object{"message": messageView(b.Message)}
	case parley.MessageDeleted:
		return object{
			"messageId": b.Message, "messageOffset": b.MessageOffset, "by": b.By, "hard": b.Hard, "parentId": b.Parent,
			"parentThread": threadView(b.ParentThread),
		}
	case parley.ReactionAdded:
		return object{"messageId": b.Message, "reaction": reactionView(b.Reaction), "counts": countViews(b.Counts)}
	case parley.ReactionRemoved:
		return object{"messageId": b.Message, "reaction": reactionView(b.Reaction), "counts": countViews(b.Counts)}
	case parley.MemberJoined:
		return object{"member": memberView(b.Member), "memberCount": b.MemberCount}
	case parley.MemberInvited:
		return object{"member": memberView(b.Member)}
	case parley.MemberLeft:
		return object{"userId": b.User, "removedBy": b.RemovedBy, "memberCount": b.MemberCount}
	case parley.MemberUpdated:
		return object{"member": memberView(b.Member)}
	case parley.ChannelCreated:
		return object{"channel": channelView(b.Channel)}
	case parley.ChannelUpdated:
		return object{"channel": channelView(b.Channel)}
	case parley.ChannelDeleted:
		return object{"by": b.By}
	case parley.MessagePinned:
		return object{"messageId": b.Message, "by": b.By}
	case parley.MessageUnpinned:
		return object{"messageId": b.Message, "by": b.By}
	default:
		return nil
	}
}

func personalView(body parley.Body) object {
	switch b := body.(type) {
	case parley.Typing:
		return object{"userId": b.User, "parentId": b.Parent, "typing": b.Typing, "until": stamp(b.Until)}
	case parley.ReceiptMoved:
		return object{"receipt": receiptView(b.Receipt)}
	case parley.PresenceChanged:
		return object{"presences": list(b.Presences, presenceView)["items"]}
	case parley.ChannelAdded:
		return object{"channel": channelView(b.Channel)}
	case parley.ChannelRemoved:
		return object{"channelId": b.Channel, "by": b.By, "reason": b.Reason}
	case parley.ChannelInvited:
		return object{"channel": channelView(b.Channel), "by": b.By}
	case parley.Mentioned:
		return object{
			"channelId": b.Channel, "messageId": b.Message, "messageOffset": b.MessageOffset, "by": b.By,
			"excerpt": b.Excerpt,
		}
	case parley.ReadMarkerMoved:
		return object{
			"channelId": b.Channel, "readOffset": b.ReadOffset, "unread": b.Unread, "unreadMentions": b.UnreadMentions,
			"totals": totalsView(b.Totals),
		}
	case parley.UserUpdated:
		return object{"user": userView(b.User)}
	case parley.Resync:
		return object{"reason": b.Reason.String()}
	default:
		return object{}
	}
}
