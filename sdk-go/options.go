package parley

import (
	"context"
	"errors"
	"log/slog"
	mathrand "math/rand/v2"
	"strings"
)

// TokenProvider returns a token that is good for some time yet. It is asked before the first connection, when 4/5 of a
// token's life are over, and when the server refused one. After two refusals in a row the client gives up.
type TokenProvider func(ctx context.Context) (string, error)

// StaticToken always provides the same token: fine for scripts, which end before it expires.
func StaticToken(token string) TokenProvider {
	return func(context.Context) (string, error) { return token, nil }
}

// Options say how to connect. URL and Token are required; everything else has a good default.
type Options struct {
	// URL of the server, such as "https://chat.example.com".
	URL   string
	Token TokenProvider

	// DeviceID is stable for one installation; presence is merged over devices. Default: random.
	DeviceID string
	// Presence to announce while connected; [Offline] stands for "as before".
	Presence PresenceState

	// OnState is told of every change of state, in order, with the reason of Reconnecting and Closed. It must not
	// block.
	OnState func(state State, reason error)
	// Logger receives what the library does; default: nothing.
	Logger *slog.Logger

	// EventsMax bounds the events that wait in one subscription. When they are not taken in time, the library stops
	// taking more and asks the server for them again later. Default 1,024.
	EventsMax int
	// CallsMax bounds the calls that wait for an answer; further calls wait for their turn. Default 1,024.
	CallsMax int

	// Transport, Clock and Random are replaced by tests.
	Transport Transport
	Clock     Clock
	Random    mathrand.Source
}

const (
	eventsMaxDefault = 1024
	callsMaxDefault  = 1024
	clientName       = "go/0.1.0"
	protocolVersion  = 1
)

func (o Options) complete(chance *chance) (Options, error) {
	if o.Token == nil {
		return o, errors.New("parley: Options.Token is required")
	}
	if !strings.Contains(o.URL, "://") {
		return o, errors.New("parley: Options.URL must be an address such as https://chat.example.com")
	}
	if o.DeviceID == "" {
		o.DeviceID = "d-" + chance.id()
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.EventsMax <= 0 {
		o.EventsMax = eventsMaxDefault
	}
	if o.CallsMax <= 0 {
		o.CallsMax = callsMaxDefault
	}
	if o.Transport == nil {
		o.Transport = WebSocketTransport{}
	}
	if o.Clock == nil {
		o.Clock = SystemClock{}
	}
	return o, nil
}
