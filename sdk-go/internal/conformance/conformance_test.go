package conformance

import (
	"encoding/json"
	"os"
	"testing"
)

const folder = "../../../shared-schema/conformance"

// TestConformance plays every scenario against the server that scripts/conformance.sh started.
func TestConformance(t *testing.T) {
	env := Environment{URL: os.Getenv("PARLEY_URL"), Hook: os.Getenv("PARLEY_HOOK")}
	if env.URL == "" || env.Hook == "" {
		t.Skip("needs a live server: run scripts/conformance.sh go")
	}
	for _, scenario := range load(t) {
		t.Run(scenario.File, func(t *testing.T) {
			if !scenario.Alone {
				t.Parallel() // these begin when all that stop the server have ended
			}
			if err := Run(t.Context(), env, scenario); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestScenarios holds that every file is well-formed and uses only steps that exist.
func TestScenarios(t *testing.T) {
	for _, scenario := range load(t) {
		t.Run(scenario.File, func(t *testing.T) {
			if scenario.Name == "" || scenario.Shows == "" || len(scenario.Steps) == 0 {
				t.Error("name, shows and steps are required")
			}
			for _, raw := range scenario.Steps {
				var named struct {
					Do string `json:"do"`
				}
				if err := json.Unmarshal(raw, &named); err != nil || steps[named.Do] == nil {
					t.Errorf("%s: unknown step", raw)
				}
			}
		})
	}
}

func TestMatch(t *testing.T) {
	value := `{"a": 1, "b": "12", "list": [{"k": "x"}, {"k": "y"}], "deep": {"on": true}}`
	for pattern, fits := range map[string]bool{
		`{"a": 1}`:                                true,
		`{"a": "1", "b": 12}`:                     true,
		`{"a": 2}`:                                false,
		`{"gone": false, "none": "", "no": []}`:   true,
		`{"gone": true}`:                          false,
		`{"list": [{"k": "x"}]}`:                  false,
		`{"list": [{"k": "x"}, {}]}`:              true,
		`{"list": {"$has": [{"k": "y"}]}}`:        true,
		`{"list": {"$has": [{"k": "z"}]}}`:        false,
		`{"a": {"$min": 1}, "b": {"$any": true}}`: true,
		`{"a": {"$min": 2}}`:                      false,
		`{"a": {"$absent": true}}`:                false,
		`{"gone": {"$absent": true}}`:             true,
		`{"gone": {"$any": true}}`:                false,
		`{"deep": {"on": true}}`:                  true,
	} {
		t.Run(pattern, func(t *testing.T) {
			if err := match(decoded(t, pattern), decoded(t, value), "$"); (err == nil) != fits {
				t.Errorf("got %v", err)
			}
		})
	}
}

func decoded(t *testing.T, text string) any {
	t.Helper()
	var out any
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func load(t *testing.T) []Scenario {
	t.Helper()
	scenarios, err := Load(folder)
	if err != nil || len(scenarios) < 25 {
		t.Fatalf("%d scenarios, %v", len(scenarios), err)
	}
	return scenarios
}
