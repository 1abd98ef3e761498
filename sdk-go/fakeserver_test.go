package parley_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/parley-rtc/parley/sdk-go"
	"github.com/parley-rtc/parley/sdk-go/internal/framing"
	"github.com/parley-rtc/parley/sdk-go/internal/wire"
)

// fakeServer keeps channels in memory and speaks the protocol over fake sockets. Commands are served on the client's
// writing goroutine, so a test under synctest sees every schedule that its faults ask for.
type fakeServer struct {
	mu       sync.Mutex
	sockets  []*fakeSocket
	epoch    string
	logs     map[string][]*wire.Push
	sent     map[string]*wire.Message
	dials    int
	hellos   []*wire.Hello
	commands []*wire.Cmd

	acks []*wire.Ack

	missedMax    int
	tokenTTL     uint32
	heartbeatMs  uint32
	refuseResume uint32
	// Faults; nil = none. refuse looks at a command before it is served, lose and tamper at what goes out.
	dialFault func(attempt int) error
	refuse    func(*wire.Cmd) *wire.Error
	before    func(*fakeSocket, *wire.Cmd)
	after     func(*fakeSocket, *wire.Cmd)
	tamper    func(*wire.Push) []*wire.Push
}

func newFakeServer() *fakeServer {
	return &fakeServer{
		epoch: "e1", logs: map[string][]*wire.Push{}, sent: map[string]*wire.Message{},
		missedMax: 1000, heartbeatMs: 25_000,
	}
}

var errRefusedDial = errors.New("connection refused")

// Dial makes the server a parley.Transport.
func (s *fakeServer) Dial(_ context.Context, _ string) (parley.Socket, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dials++
	if s.dialFault != nil {
		if err := s.dialFault(s.dials); err != nil {
			return nil, err
		}
	}
	socket := &fakeSocket{
		server: s, toClient: make(chan []byte, 100_000), closed: make(chan struct{}), filters: map[string][]string{},
	}
	s.sockets = append(s.sockets, socket)
	return socket, nil
}

type fakeSocket struct {
	server   *fakeServer
	toClient chan []byte
	closed   chan struct{}
	once     sync.Once
	end      error
	filters  map[string][]string // subscriptions; guarded by the server's lock
	trickled atomic.Uint64       // bytes of a message that is not complete
	muted    atomic.Bool         // nothing goes out any more, as through a dead network
}

func (f *fakeSocket) Read(ctx context.Context) ([]byte, error) {
	select {
	case message := <-f.toClient:
		return message, nil
	default:
	}
	select {
	case message := <-f.toClient:
		return message, nil
	case <-f.closed:
		return nil, f.end
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (f *fakeSocket) Write(_ context.Context, message []byte) error {
	for frame, err := range framing.Frames(message) {
		if err != nil {
			return err
		}
		select {
		case <-f.closed:
			return f.end
		default:
			f.server.serve(f, frame)
		}
	}
	return nil
}

func (f *fakeSocket) BytesRead() uint64 { return f.trickled.Load() }

func (f *fakeSocket) Close(code int, reason string) { f.hangUp(code, reason) }

// hangUp ends the socket as the network or the server would.
func (f *fakeSocket) hangUp(code int, reason string) {
	f.once.Do(func() {
		f.end = &parley.CloseError{Code: code, Reason: reason}
		close(f.closed)
	})
}

func (f *fakeSocket) send(frame *wire.Frame) {
	if f.muted.Load() {
		return
	}
	message, err := framing.Append(nil, frame)
	if err != nil {
		panic(err)
	}
	f.toClient <- message
}

func (f *fakeSocket) control(control *wire.Ctl) {
	f.send(&wire.Frame{Frame: &wire.Frame_Ctl{Ctl: control}})
}

// serve answers one frame.
func (s *fakeServer) serve(f *fakeSocket, frame *wire.Frame) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ping := frame.GetCtl().GetPing(); ping != nil {
		f.control(&wire.Ctl{Control: &wire.Ctl_Pong{Pong: &wire.Pong{N: ping.GetN()}}})
	}
	if ack := frame.GetCtl().GetAck(); ack != nil {
		s.acks = append(s.acks, ack)
	}
	command := frame.GetCmd()
	if command == nil {
		return
	}
	s.commands = append(s.commands, command)
	if s.before != nil {
		s.before(f, command)
	}
	select {
	case <-f.closed:
		return // the fault came before the effect
	default:
	}
	reply := &wire.Reply{Id: command.GetId()}
	if refusal := s.refusal(command); refusal != nil {
		reply.Outcome = &wire.Reply_Err{Err: refusal}
	} else {
		reply.Outcome = &wire.Reply_Ok{Ok: s.execute(f, command)}
	}
	if s.after != nil {
		s.after(f, command)
	}
	if command.GetId() != 0 {
		f.send(&wire.Frame{Frame: &wire.Frame_Reply{Reply: reply}})
	}
}

func (s *fakeServer) refusal(command *wire.Cmd) *wire.Error {
	if s.refuse == nil {
		return nil
	}
	return s.refuse(command)
}

func (s *fakeServer) execute(f *fakeSocket, command *wire.Cmd) *wire.Ok {
	switch c := command.GetCommand().(type) {
	case *wire.Cmd_Hello:
		s.hellos = append(s.hellos, c.Hello)
		result := &wire.HelloResult{
			SessionId: "s", User: &wire.User{Id: "me"}, HeartbeatMs: s.heartbeatMs, TokenTtlMs: s.tokenTTL,
		}
		for _, resume := range c.Hello.GetResume() {
			if s.refuseResume != 0 {
				refused := &wire.SubscribeResult{Lost: wire.SubscribeResult_REFUSED, Error: s.refuseResume}
				result.Streams = append(result.Streams, refused)
				continue
			}
			result.Streams = append(result.Streams, s.subscribe(f, resume))
		}
		return &wire.Ok{Result: &wire.Ok_Hello{Hello: result}}
	case *wire.Cmd_Refresh:
		return &wire.Ok{Result: &wire.Ok_Refresh{Refresh: &wire.RefreshResult{TokenTtlMs: s.tokenTTL}}}
	case *wire.Cmd_Subscribe:
		return &wire.Ok{Result: &wire.Ok_Subscribe{Subscribe: s.subscribe(f, c.Subscribe)}}
	case *wire.Cmd_Unsubscribe:
		delete(f.filters, c.Unsubscribe.GetStream())
		return &wire.Ok{Result: &wire.Ok_Unsubscribe{Unsubscribe: &wire.Done{}}}
	case *wire.Cmd_SendMessage:
		return &wire.Ok{Result: &wire.Ok_SendMessage{SendMessage: s.store(c.SendMessage)}}
	case *wire.Cmd_GetHistory:
		return &wire.Ok{Result: &wire.Ok_GetHistory{GetHistory: s.history("ch:" + c.GetHistory.GetChannelId())}}
	case *wire.Cmd_WatchPresence:
		presences := &wire.Presences{}
		for _, user := range c.WatchPresence.GetUserIds() {
			presences.Items = append(presences.Items, &wire.Presence{UserId: user, State: wire.Presence_ONLINE})
		}
		return &wire.Ok{Result: &wire.Ok_WatchPresence{WatchPresence: presences}}
	default:
		return s.executeRoom(command)
	}
}

func (s *fakeServer) subscribe(f *fakeSocket, request *wire.Subscribe) *wire.SubscribeResult {
	log := s.logs[request.GetStream()]
	f.filters[request.GetStream()] = request.GetEvents()
	result := &wire.SubscribeResult{Stream: request.GetStream(), Position: s.head(request.GetStream())}
	since := request.GetSince()
	switch {
	case since == nil:
	case since.GetEpoch() != s.epoch:
		result.Lost = wire.SubscribeResult_EPOCH_CHANGED
	case len(log)-int(since.GetOffset()) > s.missedMax: //nolint:gosec // offsets of a test are small
		result.Lost = wire.SubscribeResult_TOO_MANY
	default:
		result.Recovered = true
		result.Missed = log[since.GetOffset():]
	}
	return result
}

func (s *fakeServer) head(stream string) *wire.Position {
	return &wire.Position{Epoch: s.epoch, Offset: uint64(len(s.logs[stream]))}
}

func (s *fakeServer) store(send *wire.SendMessage) *wire.SentMessage {
	if stored := s.sent[send.GetClientId()]; stored != nil {
		return &wire.SentMessage{Message: stored, Duplicate: true}
	}
	stream := "ch:" + send.GetChannelId()
	offset := uint64(len(s.logs[stream]) + 1)
	message := &wire.Message{
		Id: "m-" + send.GetClientId(), ChannelId: send.GetChannelId(), Offset: offset, AuthorId: "me",
		ClientId: send.GetClientId(), Text: send.GetText(),
	}
	s.sent[send.GetClientId()] = message
	created := &wire.Push_MessageCreated{MessageCreated: &wire.MessageCreated{Message: message}}
	s.publish(&wire.Push{Stream: stream, Epoch: s.epoch, Offset: offset, At: timestamppb.Now(), Event: created})
	return &wire.SentMessage{Message: message}
}

// publish appends to the log and pushes to the subscribed sockets, through the faults.
func (s *fakeServer) publish(push *wire.Push) {
	s.logs[push.GetStream()] = append(s.logs[push.GetStream()], push)
	copies := []*wire.Push{push}
	if s.tamper != nil {
		copies = s.tamper(push)
	}
	for _, socket := range s.sockets {
		if _, subscribed := socket.filters[push.GetStream()]; !subscribed {
			continue
		}
		for _, each := range copies {
			socket.send(&wire.Frame{Frame: &wire.Frame_Push{Push: each}})
		}
	}
}

func (s *fakeServer) history(stream string) *wire.History {
	history := &wire.History{Position: s.head(stream)}
	for _, push := range s.logs[stream] {
		if created := push.GetMessageCreated(); created != nil {
			history.Items = append(history.Items, created.GetMessage())
		}
	}
	return history
}

// post stores a message of somebody else.
func (s *fakeServer) post(channel, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.store(&wire.SendMessage{ChannelId: channel, ClientId: "other-" + text, Text: text})
}

// last returns the newest socket.
func (s *fakeServer) last() *fakeSocket {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sockets[len(s.sockets)-1]
}

func (s *fakeServer) texts(channel string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for _, push := range s.logs["ch:"+channel] {
		out = append(out, push.GetMessageCreated().GetMessage().GetText())
	}
	return out
}
