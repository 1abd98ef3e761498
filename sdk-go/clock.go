package parley

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	mathrand "math/rand/v2"
	"sync"
	"time"
)

// Clock is where the library takes time from. Tests may replace it; [SystemClock] also follows testing/synctest.
type Clock interface {
	Now() time.Time
	// After returns a channel that receives once d has passed, and a function that gives the timer up.
	After(d time.Duration) (<-chan time.Time, func())
}

// SystemClock is the clock of the machine.
type SystemClock struct{}

// Now returns the present time.
func (SystemClock) Now() time.Time { return time.Now() }

// After waits on a timer of the machine.
func (SystemClock) After(d time.Duration) (<-chan time.Time, func()) {
	timer := time.NewTimer(d)
	return timer.C, func() { timer.Stop() }
}

// sleep waits for d or the end of ctx, whichever is first; only the latter is an error.
func sleep(ctx context.Context, clock Clock, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	fired, stop := clock.After(d)
	defer stop()
	select {
	case <-fired:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// chance makes jitter and ids from one source. Safe for concurrent use.
type chance struct {
	mu     sync.Mutex
	source mathrand.Source
}

func newChance(source mathrand.Source) *chance {
	if source == nil {
		var seed [32]byte
		_, _ = rand.Read(seed[:]) // never fails, by the package's promise
		source = mathrand.NewChaCha8(seed)
	}
	return &chance{source: source}
}

// fraction returns a number in [0, 1).
func (c *chance) fraction() float64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return float64(c.source.Uint64()>>11) / (1 << 53)
}

// between returns a duration in [least, most].
func (c *chance) between(least, most time.Duration) time.Duration {
	if most <= least {
		return least
	}
	return least + time.Duration(c.fraction()*float64(most-least))
}

var idEncoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// id returns 128 random bits, as text that fits every key of the contract.
func (c *chance) id() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var raw [16]byte
	binary.BigEndian.PutUint64(raw[:8], c.source.Uint64())
	binary.BigEndian.PutUint64(raw[8:], c.source.Uint64())
	return idEncoding.EncodeToString(raw[:])
}
