// Package framing packs frames into WebSocket messages of the subprotocol parley.v1.proto: each frame behind its
// length.
package framing

import (
	"errors"
	"fmt"
	"iter"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// FramesMax is how many frames the contract allows in one message.
const FramesMax = 64

// ErrMalformed is matched when a message does not hold whole frames.
var ErrMalformed = errors.New("malformed message")

// Append adds frame, behind its length, to message.
func Append(message []byte, frame *wire.Frame) ([]byte, error) {
	options := proto.MarshalOptions{}
	message = protowire.AppendVarint(message, uint64(options.Size(frame))) // a size is not negative
	message, err := options.MarshalAppend(message, frame)
	if err != nil {
		return nil, fmt.Errorf("encode frame: %w", err)
	}
	return message, nil
}

// Frames yields the frames of message in order; an error is the last thing it yields.
func Frames(message []byte) iter.Seq2[*wire.Frame, error] {
	return func(yield func(*wire.Frame, error) bool) {
		for len(message) > 0 {
			body, n := protowire.ConsumeBytes(message)
			if n < 0 {
				yield(nil, fmt.Errorf("%w: %w", ErrMalformed, protowire.ParseError(n)))
				return
			}
			frame := &wire.Frame{}
			if err := proto.Unmarshal(body, frame); err != nil {
				yield(nil, fmt.Errorf("%w: %w", ErrMalformed, err))
				return
			}
			if !yield(frame, nil) {
				return
			}
			message = message[n:]
		}
	}
}
