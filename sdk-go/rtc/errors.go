package rtc

import (
	"errors"
	"fmt"

	"github.com/parley-rtc/parley/sdk-go"
)

// Reasons for which a room ends. What the server refuses is a [*parley.Error].
var (
	// ErrLeft ends a room that was left with [Room.Leave].
	ErrLeft = errors.New("rtc: left the room")
	// ErrRemoved ends a room that somebody took the caller out of.
	ErrRemoved = errors.New("rtc: removed from the room")
	// ErrRoomClosed ends a room that was closed for everybody.
	ErrRoomClosed = errors.New("rtc: the room was closed")
	// ErrLost ends a room that could not be joined again after its path or its node was lost.
	ErrLost = errors.New("rtc: the room could not be joined again")
	// ErrPath is the reason of recovering when media stopped flowing.
	ErrPath = errors.New("rtc: the media path is silent")
)

// LeftError says that the server took the caller out, and why.
type LeftError struct{ Cause parley.LeaveCause }

// Error describes the end in one line.
func (e *LeftError) Error() string { return fmt.Sprintf("rtc: out of the room: %s", e.Cause) }

// Is makes a LeftError match the sentinel of its cause.
func (e *LeftError) Is(target error) bool {
	switch e.Cause {
	case parley.LeftByThemselves:
		return target == ErrLeft //nolint:errorlint // the target is compared, not searched
	case parley.RemovedByHost:
		return target == ErrRemoved //nolint:errorlint // as above
	case parley.ForRoomClosed:
		return target == ErrRoomClosed //nolint:errorlint // as above
	case parley.MediaLost, parley.NodeLost:
	}
	return false
}

// again is true for ends after which the room can be joined again.
func (e *LeftError) again() bool { return e.Cause == parley.MediaLost || e.Cause == parley.NodeLost }
