// Package server runs `./parley up` for tests that also do to it what only operators and accidents do: restart it, kill
// it, mint tokens, change a channel's epoch.
package server

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"syscall"
	"time"
)

const (
	// startWait covers a build of the server before its first start.
	startWait = 10 * time.Minute
	stopWait  = time.Minute
)

// Server is one node on a data folder. It keeps its address over restarts. Safe for concurrent use.
type Server struct {
	root     string
	data     string
	secret   string
	settings []string
	log      io.Writer

	mu      sync.Mutex
	port    string
	command *exec.Cmd
	ended   chan struct{} // closed when the process of command has gone
}

// Start runs the server of the repository at root on the folder data, with settings "key=value". Its output goes to
// log.
func Start(ctx context.Context, root, data string, log io.Writer, settings ...string) (*Server, error) {
	s := &Server{root: root, data: data, secret: newSecret(), settings: settings, log: log, port: "0"}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s, s.start(ctx)
}

// URL is where the server listens.
func (s *Server) URL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return "http://127.0.0.1:" + s.port
}

var readyLine = regexp.MustCompile(`^ready http://[^:]+:(\d+) in (\d+) ms`)

func (s *Server) start(ctx context.Context) error {
	arguments := []string{"up", "--data", s.data, "--http", s.port}
	for _, setting := range s.settings {
		arguments = append(arguments, "--set", setting)
	}
	// The server outlives the context of whoever restarts it; Stop and Crash end it.
	command := exec.CommandContext(context.WithoutCancel(ctx), filepath.Join(s.root, "parley"), arguments...)
	command.Env = append(os.Environ(), "PARLEY_AUTH_SHARED_SECRET="+s.secret)
	if s.port != "0" { // a restart runs what ran before, whatever was edited since
		command.Env = append(command.Env, "PARLEY_AS_BUILT=1")
	}
	command.Stderr = s.log
	output, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	if err := command.Start(); err != nil {
		return fmt.Errorf("start the server: %w", err)
	}
	ended := make(chan struct{})
	ready := make(chan string, 1)
	go func() { // ends with the process, which closes the pipe
		defer close(ended)
		lines := bufio.NewScanner(output)
		for lines.Scan() {
			_, _ = fmt.Fprintln(s.log, lines.Text())
			if found := readyLine.FindStringSubmatch(lines.Text()); found != nil {
				ready <- found[1]
			}
		}
		_ = command.Wait()
	}()
	s.command, s.ended = command, ended
	ctx, cancel := context.WithTimeout(ctx, startWait)
	defer cancel()
	select {
	case s.port = <-ready:
		return nil
	case <-ended:
		return errors.New("the server ended before it was ready")
	case <-ctx.Done():
		return errors.Join(errors.New("the server did not become ready"), s.end(syscall.SIGKILL))
	}
}

// end signals the process and waits until it has gone.
func (s *Server) end(signal os.Signal) error {
	if err := s.command.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("signal the server: %w", err)
	}
	timer := time.NewTimer(stopWait)
	defer timer.Stop()
	select {
	case <-s.ended:
		return nil
	case <-timer.C:
		_ = s.command.Process.Kill()
		<-s.ended
		return fmt.Errorf("the server did not end within %v of %v", stopWait, signal)
	}
}

// Stop ends the server as an operator would.
func (s *Server) Stop() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.end(syscall.SIGTERM)
}

// Restart drains and stops the server, then starts it again at the same address.
func (s *Server) Restart(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return errors.Join(s.end(syscall.SIGTERM), s.start(ctx))
}

// Crash kills the server with -9 and starts it again at the same address.
func (s *Server) Crash(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return errors.Join(s.end(syscall.SIGKILL), s.start(ctx))
}
