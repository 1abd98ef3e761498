package parley

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"
)

func TestComeback(t *testing.T) {
	network := errors.New("reset")
	t.Run("full jitter below 0.5 s x 2^n, at most 30 s", func(t *testing.T) {
		plan := comeback{chance: newChance(rand.NewPCG(1, 1))}
		for attempt, ceiling := range []time.Duration{500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000} {
			delay, final := plan.after(ending{reason: network})
			if final || delay > ceiling*time.Millisecond {
				t.Errorf("attempt %d: %v, %v", attempt, delay, final)
			}
		}
	})
	t.Run("a short life does not reset it, a stable one does", func(t *testing.T) {
		plan := comeback{chance: newChance(rand.NewPCG(1, 1)), attempt: 4}
		plan.after(ending{reason: network, greeted: true, lived: 4 * time.Second})
		if plan.attempt != 5 {
			t.Errorf("attempt %d", plan.attempt)
		}
		plan.after(ending{reason: network, greeted: true, lived: stableAfter})
		if plan.attempt != 1 {
			t.Errorf("attempt %d", plan.attempt)
		}
	})
	for name, test := range map[string]struct {
		end   ending
		final bool
	}{
		"drained 4001":             {ending{reason: &CloseError{Code: 4001}, greeted: true}, false},
		"token expired 4101":       {ending{reason: &CloseError{Code: 4101}, greeted: true}, false},
		"banned 4201":              {ending{reason: &CloseError{Code: 4201}, greeted: true}, true},
		"tenant disabled 4204":     {ending{reason: &CloseError{Code: 4204}}, true},
		"slow 4508":                {ending{reason: &CloseError{Code: 4508}, greeted: true}, false},
		"restart 1012":             {ending{reason: &CloseError{Code: 1012}}, false},
		"hello refused for ever":   {ending{reason: &Error{Code: CodeBanned}}, true},
		"hello refused for a time": {ending{reason: &Error{Code: CodeOverloaded, Retry: RetryAfter}}, false},
		"hello with a bad token":   {ending{reason: &Error{Code: CodeTokenExpired, Retry: RetryRefresh}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			plan := comeback{chance: newChance(rand.NewPCG(1, 1))}
			if _, final := plan.after(test.end); final != test.final {
				t.Errorf("final %v", final)
			}
		})
	}
	t.Run("a server's window goes first", func(t *testing.T) {
		plan := comeback{chance: newChance(rand.NewPCG(1, 1)), attempt: 9}
		drain := &window{2 * time.Second, 3 * time.Second}
		delay, _ := plan.after(ending{reason: &CloseError{Code: 4001}, greeted: true, drain: drain})
		if delay < drain.least || delay > drain.most {
			t.Errorf("waits %v", delay)
		}
	})
}
