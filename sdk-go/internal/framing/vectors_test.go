package framing

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// vector is one entry of shared-schema/vectors/frames.json.
type vector struct {
	Name   string          `json:"name"`
	Means  string          `json:"means"`
	Frames []string        `json:"frames"`
	JSON   json.RawMessage `json:"json"`
	Proto  *string         `json:"proto"`
}

type frameVectors struct {
	Frames, Spellings, Messages []vector
}

func readVectors[T any](t *testing.T, name string) T {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "shared-schema", "vectors", name))
	if err != nil {
		t.Fatal(err)
	}
	var vectors T
	if err := json.Unmarshal(text, &vectors); err != nil {
		t.Fatal(err)
	}
	return vectors
}

func (v vector) bytes(t *testing.T) []byte {
	t.Helper()
	decoded, err := hex.DecodeString(*v.Proto)
	if err != nil {
		t.Fatal(err)
	}
	return decoded
}

// frame reads the vector's JSON as any protobuf library reads it.
func (v vector) frame(t *testing.T) *wire.Frame {
	t.Helper()
	frame := &wire.Frame{}
	if err := (protojson.UnmarshalOptions{DiscardUnknown: true}).Unmarshal(v.JSON, frame); err != nil {
		t.Fatal(err)
	}
	return frame
}

func one(t *testing.T, message []byte) *wire.Frame {
	t.Helper()
	frames := all(t, message)
	if len(frames) != 1 {
		t.Fatalf("%d frames", len(frames))
	}
	return frames[0]
}

func all(t *testing.T, message []byte) []*wire.Frame {
	t.Helper()
	var frames []*wire.Frame
	for frame, err := range Frames(message) {
		if err != nil {
			t.Fatal(err)
		}
		frames = append(frames, frame)
	}
	return frames
}

func equal(t *testing.T, got, want *wire.Frame) {
	t.Helper()
	if !proto.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// framed puts the frame's bytes behind their length, as they travel.
func framed(t *testing.T, body []byte) []byte {
	t.Helper()
	frame := &wire.Frame{}
	if err := proto.Unmarshal(body, frame); err != nil {
		t.Fatal(err)
	}
	message, err := Append(nil, frame)
	if err != nil {
		t.Fatal(err)
	}
	return message
}

// TestVectors_Frames: what is written is byte for byte what the other languages write, and reads as the JSON says.
func TestVectors_Frames(t *testing.T) {
	for _, each := range readVectors[frameVectors](t, "frames.json").Frames {
		t.Run(each.Name, func(t *testing.T) {
			body, want := each.bytes(t), each.frame(t)
			equal(t, one(t, framed(t, body)), want)
			written, err := proto.MarshalOptions{Deterministic: true}.Marshal(want)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(written, body) {
				t.Errorf("wrote %x\nwant  %x", written, body)
			}
		})
	}
}

// TestVectors_Spellings: every spelling reads as the frame that it means; what is unknown is harmless.
func TestVectors_Spellings(t *testing.T) {
	vectors := readVectors[frameVectors](t, "frames.json")
	named := byName(vectors)
	for _, each := range vectors.Spellings {
		t.Run(each.Name, func(t *testing.T) {
			want := named[each.Means].frame(t)
			if each.JSON != nil {
				equal(t, each.frame(t), want)
			}
			if each.Proto != nil {
				read := one(t, framed(t, each.bytes(t)))
				discardUnknown(read.ProtoReflect())
				equal(t, read, want)
			}
		})
	}
}

// TestVectors_Messages: a message holds its frames in order, each behind its length.
func TestVectors_Messages(t *testing.T) {
	vectors := readVectors[frameVectors](t, "frames.json")
	named := byName(vectors)
	for _, each := range vectors.Messages {
		if each.Proto == nil {
			continue // there is no such message in this subprotocol
		}
		t.Run(each.Name, func(t *testing.T) {
			frames := all(t, each.bytes(t))
			if len(frames) != len(each.Frames) || len(frames) > FramesMax {
				t.Fatalf("%d frames, want %d of at most %d", len(frames), len(each.Frames), FramesMax)
			}
			for i, frame := range frames {
				equal(t, frame, named[each.Frames[i]].frame(t))
			}
		})
	}
}

func byName(vectors frameVectors) map[string]vector {
	named := map[string]vector{}
	for _, each := range vectors.Frames {
		named[each.Name] = each
	}
	return named
}

func discardUnknown(message protoreflect.Message) {
	message.SetUnknown(nil)
	message.Range(func(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		if field.Message() != nil && !field.IsList() && !field.IsMap() {
			discardUnknown(value.Message())
		}
		return true
	})
}

type idVectors struct {
	Names, Streams []struct {
		Name, Value        string
		Valid, Recoverable bool
	}
}

// TestVectors_IDs: the rules that this library carries in its contract allow the same names and streams.
func TestVectors_IDs(t *testing.T) {
	vectors := readVectors[idVectors](t, "ids.json")
	users := (&wire.GetUsers{}).ProtoReflect().Descriptor().Fields().ByName("user_ids")
	for _, each := range vectors.Names {
		if got := isAllowed(t, users, each.Value); got != each.Valid {
			t.Errorf("%s: allowed = %v", each.Name, got)
		}
	}
	streams := (&wire.Subscribe{}).ProtoReflect().Descriptor().Fields().ByName("stream")
	for _, each := range vectors.Streams {
		// What cannot be recovered comes by other means than a subscription.
		if got := isAllowed(t, streams, each.Value); got != (each.Valid && each.Recoverable) {
			t.Errorf("%s: allowed = %v", each.Name, got)
		}
	}
}

func isAllowed(t *testing.T, field protoreflect.FieldDescriptor, value string) bool {
	t.Helper()
	rules, ok := proto.GetExtension(field.Options(), wire.E_Rules).(*wire.Rules)
	if !ok || rules.GetPattern() == "" {
		t.Fatalf("%s has no rules", field.FullName())
	}
	isLike := regexp.MustCompile(`\A(?:` + rules.GetPattern() + `)\z`).MatchString(value)
	return isLike && utf8.RuneCountInString(value) <= int(rules.GetMaxLength())
}
