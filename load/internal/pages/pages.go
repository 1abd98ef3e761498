// Package pages drives Chromium pages through a Node script: orders go to it line by line, and each is answered by one
// line of JSON.
package pages

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
	"syscall"
	"time"
)

const (
	// closeWait is how long Chromium may take to end.
	closeWait   = 20 * time.Second
	answerBytes = 64 << 20
)

// Script is a running script and its pages. Not safe for concurrent use.
type Script struct {
	command *exec.Cmd
	orders  io.WriteCloser
	answers *bufio.Scanner
}

// Start runs the script, a path below root, and returns once it says that its pages are ready.
func Start(ctx context.Context, root, script string, arguments ...string) (*Script, error) {
	arguments = append([]string{filepath.Join(root, script)}, arguments...)
	command := exec.CommandContext(ctx, "node", arguments...) //nolint:gosec // our own words
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	command.WaitDelay = closeWait
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
	answers := bufio.NewScanner(output)
	answers.Buffer(nil, answerBytes)
	s := &Script{command, orders, answers}
	var ready struct{ Ready int }
	if err := s.answer(&ready); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Order has the script do something, and waits for its answer.
func (s *Script) Order(ctx context.Context, order string, answer any) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if _, err := io.WriteString(s.orders, order+"\n"); err != nil {
		return fmt.Errorf("the pages are gone: %w", err)
	}
	return s.answer(answer)
}

func (s *Script) answer(into any) error {
	if !s.answers.Scan() {
		return errors.Join(errors.New("the pages ended without an answer"), s.answers.Err())
	}
	return json.Unmarshal(s.answers.Bytes(), into)
}

// Close ends the script, and Chromium with it.
func (s *Script) Close() {
	_ = s.orders.Close() // the script ends with its input
	_ = s.command.Wait()
}
