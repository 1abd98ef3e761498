package rtc

import (
	"testing"

	"github.com/parley-rtc/parley/sdk-go"
)

func TestASnapshotOfTheSeatCountsWhereNoEventOfItsKindIsNewer(t *testing.T) {
	var slots, allocations int
	room := &Room{options: Options{
		OnSlots:       func(mapped []parley.Slot) { slots += len(mapped) },
		OnAllocations: func(told []parley.Allocation) { allocations += len(told) },
	}}
	s := &session{room: room, slots: map[string]parley.Slot{}, told: toldSeat{slots: 3, allocations: 8}}
	seat := parley.Seat{Slots: []parley.Slot{{MID: "0"}}, Allocations: []parley.Allocation{{Track: "p1/0"}}}
	room.take(s, seat, toldSeat{slots: 2, allocations: 8})
	if slots != 0 || allocations != 1 {
		t.Errorf("slots came as an event meanwhile: told %d slots and %d allocations of a snapshot", slots, allocations)
	}
	room.take(s, seat, toldSeat{slots: 3, allocations: 5})
	if slots != 1 || allocations != 1 {
		t.Errorf("allocations came meanwhile: told %d slots and %d allocations of snapshots", slots, allocations)
	}
}
