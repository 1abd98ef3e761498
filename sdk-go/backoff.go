package parley

import (
	"errors"
	"time"
)

// Times of the connection. The contract's "Client back-off" and "Order on a socket" give the numbers.
const (
	backoffFirst = 500 * time.Millisecond
	backoffMost  = 30 * time.Second
	stableAfter  = 5 * time.Second
	helloWait    = 10 * time.Second
	dialWait     = 15 * time.Second
	writeWait    = 15 * time.Second
	answerWait   = 20 * time.Second
	silenceMost  = 15 * time.Second
	tickEvery    = time.Second
	ackEvery     = 5 * time.Second
	refreshLeast = time.Second

	// refusalsMost is how many tokens in a row may be refused before the client gives up.
	refusalsMost = 2
	// retriesMost and patience bound the repeats of a call that was told to come again later.
	retriesMost = 8
	patience    = 10 * time.Second
)

// Close codes that the library sends or looks at.
const (
	closeNormal    = 1000
	closeGoingAway = 1001
	closeAbort     = 1006 // never on the wire: the socket ends without a word
)

// backoff returns full jitter over 0.5 s x 2^attempt, at most 30 s.
func backoff(chance *chance, attempt int) time.Duration {
	return chance.between(0, backoffCeiling(attempt))
}

func backoffCeiling(attempt int) time.Duration {
	if attempt >= 6 {
		return backoffMost
	}
	return min(backoffFirst<<attempt, backoffMost)
}

// window is the span within which a draining server wants its clients to come back.
type window struct{ least, most time.Duration }

// comeback decides when to connect again. Pure but for its source of chance.
type comeback struct {
	chance   *chance
	attempt  int
	refusals int
}

// ending is all that the decision looks at.
type ending struct {
	reason  error
	greeted bool // the server had answered hello
	lived   time.Duration
	drain   *window
	waited  bool // the drain window was already waited for
}

// after returns how long to wait, or final when there is no use in coming back.
func (b *comeback) after(end ending) (delay time.Duration, final bool) {
	if end.greeted {
		b.refusals = 0
		if end.lived >= stableAfter {
			b.attempt = 0
		}
	}
	if end.drain != nil {
		b.attempt = 0
		if end.waited {
			return 0, false
		}
		return b.chance.between(end.drain.least, end.drain.most), false
	}
	least, final := b.judge(end)
	if final {
		return 0, true
	}
	delay = max(least, backoff(b.chance, b.attempt))
	b.attempt++
	return delay, false
}

// judge reads close codes and refusals: the least delay, or final.
func (b *comeback) judge(end ending) (least time.Duration, final bool) {
	var closed *CloseError
	if errors.As(end.reason, &closed) {
		if closed.Code >= 4200 && closed.Code <= 4299 {
			return 0, true
		}
		if isTokenClose(closed) && !end.greeted {
			b.refusals++
		}
		return 0, b.refusals >= refusalsMost
	}
	var refusal *Error
	if errors.As(end.reason, &refusal) && !end.greeted {
		switch refusal.Retry {
		case RetryNever:
			return 0, true
		case RetryRefresh:
			b.refusals++
			return 0, b.refusals >= refusalsMost
		case RetryAfter:
			return refusal.After, false
		case RetryResume, RetryReconnect:
		}
	}
	return 0, false
}

// isTokenClose is true for the range of close codes that ask for a new token.
func isTokenClose(closed *CloseError) bool { return closed.Code >= 4100 && closed.Code <= 4199 }
