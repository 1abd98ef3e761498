package parley

import (
	"time"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// Message is one message of a channel. Its order is its offset; clocks never order anything.
type Message struct {
	ID       MessageID
	Channel  ChannelID
	Offset   uint64
	AuthorID UserID
	// Author is the author's profile where the server gave it: in history and in [MessageCreated].
	Author *User
	// ClientID is what the sender's library called the message before it was stored.
	ClientID string
	// Text is empty once the message is deleted.
	Text   string
	Custom Custom
	// Parent is set for a reply in a thread.
	Parent MessageID
	// AlsoInChannel marks a thread reply that the channel's timeline shows too.
	AlsoInChannel bool
	Quote         *Quote
	Mentions      []string
	Reactions     []ReactionCount
	// OwnReactions are the caller's kinds; set in reads, never in events.
	OwnReactions []string
	Thread       *ThreadSummary
	CreatedAt    time.Time
	EditedAt     time.Time
	DeletedAt    time.Time
	// Version counts the edits.
	Version uint32
	Pinned  bool
	// Kind is empty for a person's message, or "system".
	Kind string
}

// IsDeleted is true for the tombstone of a soft-deleted message.
func (m Message) IsDeleted() bool { return !m.DeletedAt.IsZero() }

// InTimeline is true for what a channel shows outside of threads.
func (m Message) InTimeline() bool { return m.Parent == "" || m.AlsoInChannel }

// Quote is the message that another one quotes, shortened. It is empty when that was deleted.
type Quote struct {
	Message MessageID
	Author  UserID
	Excerpt string
}

// ReactionCount says how many users reacted with one kind.
type ReactionCount struct {
	Kind  string
	Count uint32
}

// Reaction is one user's reaction to a message.
type Reaction struct {
	Kind      string
	User      UserID
	CreatedAt time.Time
}

// ThreadSummary is what a message tells of the replies to it.
type ThreadSummary struct {
	Replies     uint32
	LastReplyAt time.Time
	// Participants are up to five newest distinct authors.
	Participants []UserID
}

// MessageVersion is an earlier text of an edited message.
type MessageVersion struct {
	Version uint32
	Text    string
	At      time.Time
}

func messageFromWire(m *wire.Message) Message {
	out := Message{
		ID:            MessageID(m.GetId()),
		Channel:       ChannelID(m.GetChannelId()),
		Offset:        m.GetOffset(),
		AuthorID:      UserID(m.GetAuthorId()),
		ClientID:      m.GetClientId(),
		Text:          m.GetText(),
		Custom:        customFromWire(m.GetCustom()),
		Parent:        MessageID(m.GetParentId()),
		AlsoInChannel: m.GetAlsoInChannel(),
		Mentions:      m.GetMentions(),
		Reactions:     each(m.GetReactions(), reactionCountFromWire),
		OwnReactions:  m.GetOwnReactions(),
		Thread:        threadFromWire(m.GetThread()),
		CreatedAt:     timeFromWire(m.GetCreatedAt()),
		EditedAt:      timeFromWire(m.GetEditedAt()),
		DeletedAt:     timeFromWire(m.GetDeletedAt()),
		Version:       m.GetVersion(),
		Pinned:        m.GetPinned(),
		Kind:          m.GetKind(),
	}
	if q := m.GetQuote(); q != nil {
		out.Quote = &Quote{MessageID(q.GetMessageId()), UserID(q.GetAuthorId()), q.GetExcerpt()}
	}
	if m.GetAuthor() != nil {
		author := userFromWire(m.GetAuthor())
		out.Author = &author
	}
	return out
}

func threadFromWire(t *wire.ThreadSummary) *ThreadSummary {
	if t == nil {
		return nil
	}
	return &ThreadSummary{t.GetReplyCount(), timeFromWire(t.GetLastReplyAt()), texts[UserID](t.GetParticipants())}
}

func reactionCountFromWire(r *wire.ReactionCount) ReactionCount {
	return ReactionCount{r.GetKind(), r.GetCount()}
}

func reactionFromWire(r *wire.Reaction) Reaction {
	return Reaction{r.GetKind(), UserID(r.GetUserId()), timeFromWire(r.GetCreatedAt())}
}

func versionFromWire(v *wire.MessageVersion) MessageVersion {
	return MessageVersion{v.GetVersion(), v.GetText(), timeFromWire(v.GetAt())}
}
