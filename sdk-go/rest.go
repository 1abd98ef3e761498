package parley

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// restBytesMax bounds what is read of an answer over REST.
const restBytesMax = 1 << 20

// Guest is an anonymous user with a session token.
type Guest struct {
	Token string
	User  User
	// Life is how long the token is good for.
	Life time.Duration
}

// CreateGuest makes an anonymous user on the server at url. It needs no token; the guest's own connects afterwards:
// Options{URL: url, Token: StaticToken(guest.Token)}.
func CreateGuest(ctx context.Context, url, name string) (Guest, error) {
	session := &wire.GuestSession{}
	url = strings.TrimSuffix(url, "/") + "/v1/guests"
	err := restPost(ctx, http.DefaultClient, url, &wire.CreateGuest{Name: name}, session)
	if err != nil {
		return Guest{}, fmt.Errorf("create guest: %w", err)
	}
	life := time.Duration(session.GetTokenTtlMs()) * time.Millisecond
	return Guest{Token: session.GetToken(), User: userFromWire(session.GetUser()), Life: life}, nil
}

// restPost sends input as JSON and reads output; a problem document becomes an [*Error].
func restPost(ctx context.Context, client *http.Client, url string, input, output proto.Message) error {
	body, err := protojson.Marshal(input)
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(response.Body, restBytesMax))
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	if response.StatusCode >= http.StatusBadRequest {
		return problem(response.StatusCode, answer)
	}
	if err := (protojson.UnmarshalOptions{DiscardUnknown: true}).Unmarshal(answer, output); err != nil {
		return fmt.Errorf("%w: %w", ErrProtocol, err)
	}
	return nil
}

// problem reads an RFC 9457 problem document.
func problem(status int, body []byte) error {
	var document struct {
		Code       uint32 `json:"code"`
		Name       string `json:"name"`
		Detail     string `json:"detail"`
		Retry      string `json:"retry"`
		AfterMs    uint32 `json:"afterMs"`
		Instance   string `json:"instance"`
		Violations []Violation
	}
	if err := json.Unmarshal(body, &document); err != nil || document.Code == 0 {
		return fmt.Errorf("%w: status %d without a problem document", ErrProtocol, status)
	}
	return &Error{
		Code:       Code(document.Code),
		Name:       document.Name,
		Retry:      Advice(wire.Retry_value[strings.ToUpper(document.Retry)]),
		After:      time.Duration(document.AfterMs) * time.Millisecond,
		Detail:     document.Detail,
		Ref:        document.Instance,
		Violations: document.Violations,
	}
}
