package parley_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/parley-rtc/parley/sdk-go"
)

// webServer serves one kind of WebSocket over real TCP.
func webServer(t *testing.T, subprotocols []string, serve func(context.Context, *websocket.Conn)) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: subprotocols})
		if err != nil {
			return
		}
		defer func() { _ = conn.CloseNow() }()
		serve(r.Context(), conn)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestWebSocketTransport(t *testing.T) {
	speaks := []string{"parley.v1.proto"}
	dial := func(t *testing.T, url string) (parley.Socket, error) {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		return parley.WebSocketTransport{}.Dial(ctx, url)
	}
	t.Run("carries binary messages", func(t *testing.T) {
		url := webServer(t, speaks, func(ctx context.Context, conn *websocket.Conn) {
			kind, message, err := conn.Read(ctx)
			if err == nil {
				_ = conn.Write(ctx, kind, message)
			}
			_, _, _ = conn.Read(ctx)
		})
		socket, err := dial(t, url)
		if err != nil {
			t.Fatal(err)
		}
		defer socket.Close(1000, "")
		if err := socket.Write(t.Context(), []byte("there and back")); err != nil {
			t.Fatal(err)
		}
		message, err := socket.Read(t.Context())
		if err != nil || string(message) != "there and back" {
			t.Errorf("got %q, %v", message, err)
		}
	})
	t.Run("tells the close code", func(t *testing.T) {
		url := webServer(t, speaks, func(_ context.Context, conn *websocket.Conn) { _ = conn.Close(4508, "slow") })
		socket, err := dial(t, url)
		if err != nil {
			t.Fatal(err)
		}
		_, err = socket.Read(t.Context())
		var closed *parley.CloseError
		if !errors.As(err, &closed) || closed.Code != 4508 || closed.Reason != "slow" {
			t.Errorf("got %v", err)
		}
	})
	t.Run("refuses a server that does not speak the protocol", func(t *testing.T) {
		url := webServer(t, nil, func(ctx context.Context, conn *websocket.Conn) { _, _, _ = conn.Read(ctx) })
		if _, err := dial(t, url); !errors.Is(err, parley.ErrProtocol) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a server that sends nonsense is left, and the reason is told", func(t *testing.T) {
		url := webServer(t, speaks, func(ctx context.Context, conn *websocket.Conn) {
			_ = conn.Write(ctx, websocket.MessageBinary, []byte{0xff})
			_, _, _ = conn.Read(ctx)
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := parley.Connect(ctx, parley.Options{URL: url, Token: parley.StaticToken("t")})
		if !errors.Is(err, parley.ErrProtocol) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
}

func TestCreateGuest(t *testing.T) {
	answer := func(t *testing.T, status int, body string) string {
		t.Helper()
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodPost || r.URL.Path != "/v1/guests" {
				t.Errorf("got %s %s", r.Method, r.URL)
			}
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}))
		t.Cleanup(server.Close)
		return server.URL
	}
	t.Run("returns user and token", func(t *testing.T) {
		url := answer(t, 201, `{"token":"t","user":{"id":"g1","name":"Ann","guest":true},"tokenTtlMs":60000,"new":1}`)
		guest, err := parley.CreateGuest(t.Context(), url, "Ann")
		if err != nil || guest.Token != "t" || guest.User.ID != "g1" || guest.Life != time.Minute {
			t.Errorf("got %+v, %v", guest, err)
		}
	})
	t.Run("a problem is an Error", func(t *testing.T) {
		url := answer(t, 429, `{"status":429,"code":42908,"name":"GUEST_LIMIT","retry":"after","afterMs":3000}`)
		_, err := parley.CreateGuest(t.Context(), url, "Ann")
		var refusal *parley.Error
		if !errors.Is(err, parley.CodeGuestLimit) || !errors.As(err, &refusal) || refusal.Retry != parley.RetryAfter ||
			refusal.After != 3*time.Second {
			t.Errorf("got %v", err)
		}
	})
	t.Run("anything else is a breach of protocol", func(t *testing.T) {
		url := answer(t, 502, `<html>`)
		if _, err := parley.CreateGuest(t.Context(), url, "Ann"); !errors.Is(err, parley.ErrProtocol) {
			t.Errorf("got %v", err)
		}
	})
}
