package parley

import (
	"fmt"
	"time"

	"google.golang.org/protobuf/types/known/structpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// UserID names a user within a tenant.
type UserID string

// ChannelID names a channel within a tenant.
type ChannelID string

// MessageID names a message within a tenant.
type MessageID string

// Position is a place in a stream. Epoch and offset always travel and are stored together; offsets are dense within an
// epoch.
type Position struct {
	Epoch  string
	Offset uint64
}

// IsZero is true for the position that means "from now on".
func (p Position) IsZero() bool { return p == Position{} }

// String returns epoch:offset, for logs.
func (p Position) String() string { return fmt.Sprintf("%s:%d", p.Epoch, p.Offset) }

// Custom holds fields of an application: what JSON can express, at most 4 KiB of it.
type Custom map[string]any

// User is a person or a program.
type User struct {
	ID        UserID
	Name      string
	ImageURL  string
	Guest     bool
	Custom    Custom
	CreatedAt time.Time
}

func userFromWire(u *wire.User) User {
	return User{
		ID:        UserID(u.GetId()),
		Name:      u.GetName(),
		ImageURL:  u.GetImageUrl(),
		Guest:     u.GetGuest(),
		Custom:    customFromWire(u.GetCustom()),
		CreatedAt: timeFromWire(u.GetCreatedAt()),
	}
}

func positionFromWire(p *wire.Position) Position {
	return Position{Epoch: p.GetEpoch(), Offset: p.GetOffset()}
}

func (p Position) toWire() *wire.Position {
	if p.IsZero() {
		return nil
	}
	return &wire.Position{Epoch: p.Epoch, Offset: p.Offset}
}

func customFromWire(s *structpb.Struct) Custom {
	if s == nil {
		return nil
	}
	return s.AsMap()
}

// toWire fails for values that JSON cannot express.
func (c Custom) toWire() (*structpb.Struct, error) {
	if c == nil {
		return nil, nil // absent stays absent
	}
	out, err := structpb.NewStruct(c)
	if err != nil {
		return nil, fmt.Errorf("custom fields: %w", err)
	}
	return out, nil
}

// timeFromWire maps an absent time to the zero time.
func timeFromWire(t *timestamppb.Timestamp) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.AsTime()
}

func timeToWire(t time.Time) *timestamppb.Timestamp {
	if t.IsZero() {
		return nil
	}
	return timestamppb.New(t)
}

// texts turns ids into strings and back.
func texts[To, From ~string](from []From) []To {
	if len(from) == 0 {
		return nil
	}
	out := make([]To, len(from))
	for i, value := range from {
		out[i] = To(value)
	}
	return out
}

// each converts a list.
func each[From, To any](from []From, convert func(From) To) []To {
	if len(from) == 0 {
		return nil
	}
	out := make([]To, len(from))
	for i, value := range from {
		out[i] = convert(value)
	}
	return out
}
