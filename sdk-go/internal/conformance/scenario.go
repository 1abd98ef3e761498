// Package conformance runs the scenarios of shared-schema/conformance with the Go SDK against a live server.
//
// Start at world.go (what a scenario acts on) and steps.go (what each step does). The format is described in
// shared-schema/conformance/README.md.
package conformance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Scenario is one file.
type Scenario struct {
	Name  string `json:"name"`
	Shows string `json:"shows"`
	// Alone is for scenarios that stop the server: nothing else is played meanwhile.
	Alone bool              `json:"alone"`
	Steps []json.RawMessage `json:"steps"`

	// File is the file's name without its ending.
	File string `json:"-"`
}

// Step is one line of a scenario, with all names and references resolved.
type Step struct {
	Do       string `json:"do"`
	Client   string `json:"client"`
	As       string `json:"as"`
	Expect   any    `json:"expect"`
	Error    string `json:"error"`
	WithinMs int    `json:"withinMs"`

	Eventually bool `json:"eventually"`
	Detached   bool `json:"detached"`

	User            string   `json:"user"`
	Users           []string `json:"users"`
	Members         []string `json:"members"`
	Mentions        []string `json:"mentions"`
	Roles           []string `json:"roles"`
	Role            string   `json:"role"`
	Tenant          string   `json:"tenant"`
	TTLSeconds      *int     `json:"ttlSeconds"`
	FirstTTLSeconds *int     `json:"firstTtlSeconds"`
	FixedToken      bool     `json:"fixedToken"`

	Room        string `json:"room"`
	Participant string `json:"participant"`

	Channel  string         `json:"channel"`
	Stream   string         `json:"stream"`
	Message  string         `json:"message"`
	Parent   string         `json:"parent"`
	Quoted   string         `json:"quoted"`
	Older    string         `json:"older"`
	Newer    string         `json:"newer"`
	Text     string         `json:"text"`
	ClientID string         `json:"clientId"`
	Custom   map[string]any `json:"custom"`
	Kind     string         `json:"kind"`
	Prefix   string         `json:"prefix"`
	Type     string         `json:"type"`
	Name     *string        `json:"name"`
	Topic    *string        `json:"topic"`
	State    string         `json:"state"`
	Status   *string        `json:"status"`
	Reason   string         `json:"reason"`

	Code      int    `json:"code"`
	Count     int    `json:"count"`
	Bytes     int    `json:"bytes"`
	Limit     int    `json:"limit"`
	Offset    uint64 `json:"offset"`
	Version   *int64 `json:"version"`
	ForMs     int    `json:"forMs"`
	Direction string `json:"direction"`

	AroundMessage   string `json:"aroundMessage"`
	AroundOffset    uint64 `json:"aroundOffset"`
	AlsoInChannel   bool   `json:"alsoInChannel"`
	Hard            bool   `json:"hard"`
	Add             bool   `json:"add"`
	Public          *bool  `json:"public"`
	Frozen          *bool  `json:"frozen"`
	SlowModeSeconds *int   `json:"slowModeSeconds"`
	Typing          bool   `json:"typing"`

	Events []any    `json:"events"`
	Types  []string `json:"types"`
	Texts  []string `json:"texts"`
	States []string `json:"states"`
}

const stepWithin = 10 * time.Second

func (s *Step) within() time.Duration {
	if s.WithinMs > 0 {
		return time.Duration(s.WithinMs) * time.Millisecond
	}
	return stepWithin
}

// Load reads all scenarios of a folder, in the order of their names. An unknown field is an error.
func Load(folder string) ([]Scenario, error) {
	files, err := filepath.Glob(filepath.Join(folder, "[0-9]*.json"))
	if err != nil {
		return nil, err
	}
	var scenarios []Scenario
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var scenario Scenario
		if err := strictly(content, &scenario); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		base := filepath.Base(file)
		scenario.File = base[:len(base)-len(".json")]
		scenarios = append(scenarios, scenario)
	}
	return scenarios, nil
}

func strictly(content []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}
