// Package socket is a WebSocket client for load: one goroutine per connection, no copies, no validation of what a
// server
// of ours sends. It speaks Parley's JSON subprotocol.
package socket

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
)

// Conn is one connection. Write from one goroutine, read from one other.
type Conn struct {
	raw    net.Conn
	reader *bufio.Reader
	id     uint32
	frame  []byte
}

// ErrClosed tells that the server closed the connection; the text carries its close code.
var ErrClosed = errors.New("closed by the server")

// Dial connects to host:port and says hello with token.
func Dial(ctx context.Context, address, token, device string) (*Conn, error) {
	raw, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	c := &Conn{raw: raw, reader: bufio.NewReaderSize(raw, 2048)}
	request := "GET /v1/ws HTTP/1.1\r\nHost: " + address + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n" +
		"Sec-WebSocket-Protocol: parley.v1.json\r\n\r\n"
	if _, err := io.WriteString(raw, request); err != nil {
		return nil, c.fail(err)
	}
	status, err := c.reader.ReadString('\n')
	if err != nil || !strings.Contains(status, " 101 ") {
		return nil, c.fail(fmt.Errorf("upgrade refused: %q %w", status, errors.Join(err)))
	}
	for line := status; line != "\r\n"; {
		if line, err = c.reader.ReadString('\n'); err != nil {
			return nil, c.fail(err)
		}
	}
	hello := map[string]any{"token": token, "protocol": 1, "client": "bench/1", "deviceId": device}
	if _, err := c.Call("hello", hello); err != nil {
		return nil, c.fail(err)
	}
	return c, nil
}

func (c *Conn) fail(err error) error {
	_ = c.raw.Close()
	return err
}

// Close drops the connection without a word.
func (c *Conn) Close() { _ = c.raw.Close() }

// Post writes a command and gives its id without waiting for the answer.
func (c *Conn) Post(command string, body any) (uint32, error) {
	c.id++
	text, err := json.Marshal(map[string]any{"cmd": map[string]any{"id": c.id, command: body}})
	if err != nil {
		return 0, err
	}
	return c.id, c.write(0x1, text)
}

// Call writes a command and reads until its answer; pushes in between are dropped.
func (c *Conn) Call(command string, body any) (json.RawMessage, error) {
	id, err := c.Post(command, body)
	if err != nil {
		return nil, err
	}
	for {
		text, err := c.Read()
		if err != nil {
			return nil, err
		}
		for _, f := range Frames(text) {
			if f.Reply == nil || f.Reply.ID != id {
				continue
			}
			if f.Reply.Err != nil {
				return nil, fmt.Errorf("%s: %s %s", command, f.Reply.Err.Name, f.Reply.Err.Detail)
			}
			return f.Reply.Ok, nil
		}
	}
}

// Frame is the part of the protocol's Frame that load needs.
type Frame struct {
	Reply *struct {
		ID  uint32          `json:"id"`
		Ok  json.RawMessage `json:"ok"`
		Err *struct {
			Name   string `json:"name"`
			Detail string `json:"detail"`
		} `json:"err"`
	} `json:"reply"`
	Push json.RawMessage `json:"push"`
}

// Frames splits one WebSocket message: a frame, or an array of frames.
func Frames(text []byte) []Frame {
	var many []Frame
	if len(text) > 0 && text[0] == '[' {
		_ = json.Unmarshal(text, &many)
		return many
	}
	var one Frame
	_ = json.Unmarshal(text, &one)
	return []Frame{one}
}

// Read gives the next text message; the bytes are valid until the next Read. Pings are answered on the way.
func (c *Conn) Read() ([]byte, error) {
	for {
		var head [2]byte
		if _, err := io.ReadFull(c.reader, head[:]); err != nil {
			return nil, err
		}
		length, err := c.length(head[1] & 0x7f)
		if err != nil {
			return nil, err
		}
		if cap(c.frame) < length {
			c.frame = make([]byte, length)
		}
		payload := c.frame[:length]
		if _, err := io.ReadFull(c.reader, payload); err != nil {
			return nil, err
		}
		switch head[0] & 0xf {
		case 0x1:
			return payload, nil
		case 0x8:
			return nil, fmt.Errorf("%w: %q", ErrClosed, payload)
		case 0x9:
			if err := c.write(0xa, payload); err != nil {
				return nil, err
			}
		}
	}
}

func (c *Conn) length(short byte) (int, error) {
	switch short {
	case 126:
		var wide [2]byte
		_, err := io.ReadFull(c.reader, wide[:])
		return int(binary.BigEndian.Uint16(wide[:])), err
	case 127:
		var wide [8]byte
		_, err := io.ReadFull(c.reader, wide[:])
		return int(binary.BigEndian.Uint64(wide[:])), err //nolint:gosec // our own server, on loopback
	}
	return int(short), nil
}

// write sends one frame with a zero masking key, which leaves the payload as it is.
func (c *Conn) write(opcode byte, payload []byte) error {
	frame := make([]byte, 0, len(payload)+14)
	frame = append(frame, 0x80|opcode)
	switch n := len(payload); {
	case n < 126:
		frame = append(frame, 0x80|byte(n))
	case n < 1<<16:
		frame = binary.BigEndian.AppendUint16(append(frame, 0x80|126), uint16(n)) //nolint:gosec // n < 1<<16
	default:
		frame = binary.BigEndian.AppendUint64(append(frame, 0x80|127), uint64(n))
	}
	frame = append(frame, 0, 0, 0, 0)
	_, err := c.raw.Write(append(frame, payload...))
	return err
}
