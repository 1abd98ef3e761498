package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/parley-rtc/parley/sdk-go"
)

const (
	scripterName = "scripter"
	// scripterCloseWait is how long Node may take to end.
	scripterCloseWait = 10 * time.Second
	scripterLineBytes = 256 << 20
)

// scripter is one more person, on the TypeScript client: scripter.mjs in Node, driven over its input and output.
type scripter struct {
	command *exec.Cmd
	tell    func(told) // called for each ack and repeat

	mu     sync.Mutex // one order at a time
	orders io.WriteCloser

	ready, sent chan struct{} // closed when told so
	killed      chan int
	views       chan map[parley.ChannelID]scriptedView
	ended       chan error // what went wrong, then closed: nothing is told any more
}

// told is one line of scripter.mjs.
type told struct {
	What  string
	Ack   scriptedAck
	Same  bool `json:"isSame"`
	Count int
	Views map[parley.ChannelID]scriptedView
	Error string
}

type scriptedAck struct {
	Channel  parley.ChannelID
	ClientID string
	Text     string
	ID       parley.MessageID
	Offset   uint64
}

// scriptedView is one channel as the TypeScript client showed it in the end.
type scriptedView struct {
	Problems []string
	Resyncs  int
	Messages []struct {
		ID     parley.MessageID
		Offset uint64
		Text   string
	}
}

// goal is what a view must reach: the stream's head and the last message.
type goal struct {
	Head uint64 `json:"head"`
	Last uint64 `json:"last"`
}

// startScripter returns once it watches the channels; tell hears of each acknowledged send and of each repeat.
func startScripter(ctx context.Context, s *stage, root string, tell func(told)) (*scripter, error) {
	script := filepath.Join(root, "load", "chaos", "scripter.mjs")
	token := s.node.Token(scripterName, tokenLife, nil, "")
	arguments := []string{script, s.node.URL(), token, fmt.Sprint(s.plan.Seed)}
	for _, channel := range s.channels {
		arguments = append(arguments, string(channel))
	}
	command := exec.CommandContext(ctx, "node", arguments...) //nolint:gosec // our own words
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	command.WaitDelay = scripterCloseWait
	command.Stderr = os.Stderr
	orders, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	output, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("start node: %w", err)
	}
	who := &scripter{
		command: command, tell: tell, orders: orders, ready: make(chan struct{}), sent: make(chan struct{}),
		killed: make(chan int, 1), views: make(chan map[parley.ChannelID]scriptedView, 1), ended: make(chan error, 1),
	}
	go who.listen(output) // ends with the process, which closes the pipe
	if _, err := await(ctx, who, who.ready); err != nil {
		who.leave()
		return nil, err
	}
	return who, nil
}

func (w *scripter) listen(output io.Reader) {
	defer close(w.ended)
	lines := bufio.NewScanner(output)
	lines.Buffer(nil, scripterLineBytes)
	for lines.Scan() {
		var line told
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			w.ended <- fmt.Errorf("the TypeScript client told %q: %w", lines.Text(), err)
			return
		}
		switch line.What {
		case "ready":
			close(w.ready)
		case "sent":
			close(w.sent)
		case "killed":
			w.killed <- line.Count
		case "views":
			w.views <- line.Views
		case "failed":
			w.ended <- errors.New("the TypeScript client: " + line.Error)
			return
		default:
			w.tell(line)
		}
	}
}

// await waits for an answer of the TypeScript client, or its end.
func await[T any](ctx context.Context, w *scripter, answer <-chan T) (T, error) {
	var none T
	select {
	case given := <-answer:
		return given, nil
	case err := <-w.ended:
		return none, errors.Join(errors.New("the TypeScript client ended"), err)
	case <-ctx.Done():
		return none, context.Cause(ctx)
	}
}

func (w *scripter) order(what string, argument any) error {
	line, err := json.Marshal(map[string]any{what: argument})
	if err != nil {
		return err
	}
	_, err = w.orders.Write(append(line, '\n'))
	return err
}

// send has it send count messages, and returns when all are acknowledged.
func (w *scripter) send(ctx context.Context, count int) error {
	w.mu.Lock()
	err := w.order("send", count)
	w.mu.Unlock()
	if err != nil {
		return err
	}
	_, err = await(ctx, w, w.sent)
	return err
}

// kill resets its connections and says how many there were.
func (w *scripter) kill(ctx context.Context) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.order("kill", true); err != nil {
		return 0, err
	}
	return await(ctx, w, w.killed)
}

// shown is what it shows of each channel, once that reaches the goals.
func (w *scripter) shown(
	ctx context.Context, goals map[parley.ChannelID]goal,
) (map[parley.ChannelID]scriptedView, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.order("views", goals); err != nil {
		return nil, err
	}
	return await(ctx, w, w.views)
}

func (w *scripter) leave() {
	_ = w.orders.Close() // the end of its input ends the script
	_ = w.command.Wait()
}
