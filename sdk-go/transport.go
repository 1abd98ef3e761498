package parley

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"

	"github.com/coder/websocket"
)

const (
	subprotocol = "parley.v1.proto"
	// A resume may carry 1,000 events of 16 KiB of text each in one message.
	readBytesMax = 48 << 20
)

// Transport opens sockets to a server. The default speaks WebSocket; tests put a fake network in its place.
type Transport interface {
	// Dial connects to the WebSocket address url, such as "ws://127.0.0.1:8080/v1/ws".
	Dial(ctx context.Context, url string) (Socket, error)
}

// Socket carries binary messages both ways. Read and Write are called from one goroutine each, Close from any.
type Socket interface {
	// Read returns the next message. When the peer closed, the error is a [*CloseError].
	Read(ctx context.Context) ([]byte, error)
	Write(ctx context.Context, message []byte) error
	// BytesRead is how many bytes have arrived so far, also of a message that is not complete: a sign of life while a
	// large one is on its way. Called from any goroutine.
	BytesRead() uint64
	// Close says goodbye with code and ends both directions; it never waits long.
	Close(code int, reason string)
}

// WebSocketTransport is the default [Transport].
type WebSocketTransport struct {
	// HTTPClient makes the opening request; nil = [http.DefaultClient].
	HTTPClient *http.Client
	// Header is sent along with the opening request.
	Header http.Header
}

// Dial opens a WebSocket.
func (t WebSocketTransport) Dial(ctx context.Context, url string) (Socket, error) {
	conn, response, err := websocket.Dial(ctx, url, &websocket.DialOptions{
		HTTPClient:   t.HTTPClient,
		HTTPHeader:   t.Header,
		Subprotocols: []string{subprotocol},
	})
	if response != nil && response.Body != nil {
		_ = response.Body.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", url, err)
	}
	if conn.Subprotocol() != subprotocol {
		_ = conn.Close(websocket.StatusProtocolError, "subprotocol")
		return nil, fmt.Errorf("connect to %s: %w: no subprotocol %s", url, ErrProtocol, subprotocol)
	}
	conn.SetReadLimit(readBytesMax)
	return &webSocket{conn: conn}, nil
}

type webSocket struct {
	conn *websocket.Conn
	read atomic.Uint64
}

func (s *webSocket) Read(ctx context.Context) ([]byte, error) {
	kind, reader, err := s.conn.Reader(ctx)
	if err != nil {
		return nil, ended(err)
	}
	if kind != websocket.MessageBinary {
		return nil, fmt.Errorf("%w: text message", ErrProtocol)
	}
	message, err := io.ReadAll(&countingReader{reader, &s.read})
	if err != nil {
		return nil, ended(err)
	}
	return message, nil
}

func (s *webSocket) BytesRead() uint64 { return s.read.Load() }

// ended turns the end of a socket into what [Socket] promises.
func ended(err error) error {
	var closed websocket.CloseError
	if errors.As(err, &closed) {
		return &CloseError{Code: int(closed.Code), Reason: closed.Reason}
	}
	return fmt.Errorf("read: %w", err)
}

type countingReader struct {
	reader io.Reader
	count  *atomic.Uint64
}

func (r *countingReader) Read(into []byte) (int, error) {
	n, err := r.reader.Read(into)
	r.count.Add(uint64(n))
	return n, err
}

func (s *webSocket) Write(ctx context.Context, message []byte) error {
	return s.conn.Write(ctx, websocket.MessageBinary, message)
}

func (s *webSocket) Close(code int, reason string) {
	if code == closeAbort {
		_ = s.conn.CloseNow()
		return
	}
	_ = s.conn.Close(websocket.StatusCode(code), reason)
}

// socketURL turns the address of a server ("https://host/base") into that of its WebSocket.
func socketURL(server string) string {
	url := strings.TrimSuffix(server, "/") + "/v1/ws"
	if rest, ok := strings.CutPrefix(url, "http"); ok {
		return "ws" + rest
	}
	return url
}
