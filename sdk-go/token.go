package parley

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// tokenCache keeps the present token, so that a reconnect does not trouble the provider. Safe for concurrent use.
type tokenCache struct {
	provider TokenProvider
	clock    Clock

	mu    sync.Mutex
	token string
	until time.Time // when a new one is due; zero = not known yet
}

// get returns the kept token while it is young enough, else asks the provider.
func (t *tokenCache) get(ctx context.Context) (string, error) {
	t.mu.Lock()
	token, until := t.token, t.until
	t.mu.Unlock()
	if token != "" && (until.IsZero() || t.clock.Now().Before(until)) {
		return token, nil
	}
	return t.fresh(ctx)
}

// fresh asks the provider.
func (t *tokenCache) fresh(ctx context.Context) (string, error) {
	token, err := t.provider(ctx)
	if err != nil {
		return "", fmt.Errorf("token provider: %w", err)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.token, t.until = token, time.Time{}
	return token, nil
}

// accepted notes that the server took the token, and when a new one is due: after 4/5 of what is left of its life.
func (t *tokenCache) accepted(ttl time.Duration) (due time.Duration) {
	if ttl <= 0 {
		return 0
	}
	due = max(ttl*4/5, refreshLeast)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.until = t.clock.Now().Add(due)
	return due
}

// refused forgets the token.
func (t *tokenCache) refused() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.token = ""
}
