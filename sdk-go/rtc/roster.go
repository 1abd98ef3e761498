package rtc

import (
	"slices"

	"github.com/parley-rtc/parley/sdk-go"
)

// roster is who is in a room, in the order of joining.
type roster struct{ people []parley.Participant }

func (p *roster) at(id parley.ParticipantID) int {
	return slices.IndexFunc(p.people, func(each parley.Participant) bool { return each.ID == id })
}

func (p *roster) put(participant parley.Participant) {
	if i := p.at(participant.ID); i >= 0 {
		p.people[i] = participant
		return
	}
	p.people = append(p.people, participant)
}

func (p *roster) remove(id parley.ParticipantID) {
	p.people = slices.DeleteFunc(p.people, func(each parley.Participant) bool { return each.ID == id })
}

func (p *roster) list() []parley.Participant { return slices.Clone(p.people) }

func (r *Room) setPeople(people []parley.Participant) {
	r.changePeople(func(roster *roster) { roster.people = slices.Clone(people) })
}

func (r *Room) changePeople(change func(*roster)) {
	r.mu.Lock()
	change(&r.people)
	people := r.people.list()
	r.mu.Unlock()
	if r.options.OnParticipants != nil {
		r.options.OnParticipants(people)
	}
}
