package parley_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/parley-rtc/parley/sdk-go"
	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

func TestClient_Token(t *testing.T) {
	t.Run("is replaced in band before it expires", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			server.tokenTTL = 100_000
			asked := 0
			provider := func(context.Context) (string, error) { asked++; return fmt.Sprint("token-", asked), nil }
			connect(t, server, func(o *parley.Options) { o.Token = provider })
			time.Sleep(81 * time.Second) //nolint:forbidigo // the bubble's clock
			server.mu.Lock()
			defer server.mu.Unlock()
			last := server.commands[len(server.commands)-1]
			if last.GetRefresh().GetToken() != "token-2" || server.dials != 1 {
				t.Errorf("%d connections, last command %v", server.dials, last)
			}
		})
	})
	t.Run("is reused by a quick reconnect", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			server.tokenTTL = 100_000
			asked := 0
			provider := func(context.Context) (string, error) { asked++; return "token", nil }
			client := connect(t, server, func(o *parley.Options) { o.Token = provider })
			server.last().hangUp(1006, "")
			send(t, client, "again")
			if asked != 1 {
				t.Errorf("the provider was asked %d times", asked)
			}
		})
	})
	t.Run("another is asked for when one is refused", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			server.refuse = func(c *wire.Cmd) *wire.Error {
				if c.GetHello().GetToken() == "old" {
					return &wire.Error{Code: 40101, Name: "TOKEN_EXPIRED", Retry: wire.Retry_REFRESH}
				}
				return nil
			}
			tokens := []string{"old", "new"}
			provider := func(context.Context) (string, error) {
				token := tokens[0]
				tokens = tokens[1:]
				return token, nil
			}
			connect(t, server, func(o *parley.Options) { o.Token = provider })
		})
	})
	t.Run("two refusals in a row end the client", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			server := newFakeServer()
			client := connect(t, server)
			server.refuse = func(c *wire.Cmd) *wire.Error {
				if c.GetHello() == nil {
					return nil
				}
				return &wire.Error{Code: 40103, Name: "TOKEN_REVOKED", Retry: wire.Retry_REFRESH}
			}
			server.last().hangUp(4102, "revoked")
			<-client.Done()
			if err := client.Err(); !errors.Is(err, parley.CodeTokenRevoked) || !errors.Is(err, parley.ErrClosed) {
				t.Errorf("got %v", err)
			}
		})
	})
	t.Run("a failing provider is asked again until the caller gives up", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			broken := errors.New("no tokens today")
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			_, err := parley.Connect(ctx, parley.Options{
				URL: "http://fake", Transport: newFakeServer(),
				Token: func(context.Context) (string, error) { return "", broken },
			})
			if !errors.Is(err, broken) || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v", err)
			}
		})
	})
}
