package parley

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// Errors of the library itself. What a server refuses is an [*Error].
var (
	// ErrClosed is matched by whatever is asked of a closed client. The error also matches why it was closed.
	ErrClosed = errors.New("parley: client closed")
	// ErrNotConfirmed is matched when a context ended before the server answered: the effect may or may not have
	// happened.
	ErrNotConfirmed = errors.New("parley: not confirmed")
	// ErrUnsubscribed ends the events of a subscription that was closed.
	ErrUnsubscribed = errors.New("parley: unsubscribed")
	// ErrProtocol is matched when the server sent what this version cannot read.
	ErrProtocol = errors.New("parley: protocol breach")
)

// Code names one kind of refusal. It is an error itself, so errors.Is(err, parley.CodeNotAMember) tells refusals apart.
type Code uint32

// Error returns the name of the code.
func (c Code) Error() string { return c.String() }

// String returns the stable name, such as "NOT_A_MEMBER", or the number of a code that is newer than this library.
func (c Code) String() string {
	if name, ok := codeNames[c]; ok {
		return name
	}
	return fmt.Sprintf("CODE_%d", uint32(c))
}

// Status returns the HTTP status of the same refusal over REST.
func (c Code) Status() int { return int(c) / 100 }

// Advice says what may help after a refusal.
type Advice int

// What a refused command's sender can do next.
const (
	// RetryNever means that the same command can never succeed.
	RetryNever Advice = iota
	// RetryAfter means that it may succeed after [Error.After].
	RetryAfter
	// RetryRefresh means that a fresh token is needed first.
	RetryRefresh
	// RetryResume means that the connection must be made again, and continues.
	RetryResume
	// RetryReconnect means that the connection must be made again, as new.
	RetryReconnect
)

// String returns the name of the advice as the contract spells it.
func (a Advice) String() string { return wire.Retry(a).String() }

// Error is a refusal by the server. Match its code with [errors.Is]; see the fields with [errors.As].
type Error struct {
	Code Code
	// Name is the stable name, also of codes that this library does not know yet.
	Name  string
	Retry Advice
	// After is how long to wait at least when Retry is [RetryAfter].
	After time.Duration
	// Detail is for people.
	Detail string
	// Ref names the request in the server's logs.
	Ref        string
	Violations []Violation
}

// Violation is one field that broke its rule.
type Violation struct {
	Field   string
	Rule    string
	Allowed string
}

// Error describes the refusal in one line.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "parley: %s (%d)", e.Name, uint32(e.Code))
	if e.Detail != "" {
		fmt.Fprintf(&b, ": %s", e.Detail)
	}
	for _, violation := range e.Violations {
		fmt.Fprintf(&b, "; %s: %s", violation.Field, violation.Rule)
		if violation.Allowed != "" {
			fmt.Fprintf(&b, " (%s)", violation.Allowed)
		}
	}
	if e.Ref != "" {
		fmt.Fprintf(&b, " [%s]", e.Ref)
	}
	return b.String()
}

// Is makes an Error match the [Code] it carries.
func (e *Error) Is(target error) bool {
	code, ok := target.(Code) //nolint:errorlint // the target is compared, not searched
	return ok && code == e.Code
}

// CloseError says how a socket ended. 1006 stands for "without a word".
type CloseError struct {
	Code   int
	Reason string
}

// Error describes the end in one line.
func (e *CloseError) Error() string {
	return fmt.Sprintf("parley: connection closed with %d %s", e.Code, e.Reason)
}

func errorFromWire(err *wire.Error) *Error {
	out := &Error{
		Code:   Code(err.GetCode()),
		Name:   err.GetName(),
		Retry:  Advice(err.GetRetry()),
		After:  time.Duration(err.GetAfterMs()) * time.Millisecond,
		Detail: err.GetDetail(),
		Ref:    err.GetRef(),
	}
	if out.Name == "" {
		out.Name = out.Code.String()
	}
	for _, v := range err.GetViolations() {
		out.Violations = append(out.Violations, Violation{v.GetField(), v.GetRule(), v.GetAllowed()})
	}
	return out
}

// isTokenRefusal is true for the refusals that only another token can cure.
func isTokenRefusal(err error) bool {
	var refusal *Error
	return errors.As(err, &refusal) && refusal.Retry == RetryRefresh
}

func isContextEnd(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
