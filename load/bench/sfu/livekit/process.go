package livekit

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

const (
	module     = "github.com/livekit/livekit-server/cmd/server"
	readyWait  = 30 * time.Second
	stopWait   = 10 * time.Second
	benchKey   = "bench"
	benchWords = "a-secret-of-the-benchmark-only-0123456789"
)

// Build gives the program of this version ("v1.13.5"), from cache when it was built before, or takes version as a path
// of a program when there is one.
func Build(ctx context.Context, version, cache string) (string, error) {
	if state, err := os.Stat(version); err == nil && !state.IsDir() {
		return filepath.Abs(version)
	}
	folder := filepath.Join(cache, "livekit-"+version)
	program := filepath.Join(folder, "server")
	if _, err := os.Stat(program); err == nil {
		return program, nil
	}
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return "", err
	}
	build := exec.CommandContext(ctx, "go", "install", module+"@"+version) //nolint:gosec // our own words
	build.Env = append(os.Environ(), "GOBIN="+folder, "GOFLAGS=-buildvcs=false")
	build.Dir = folder // outside of our own modules
	build.Stdout, build.Stderr = os.Stderr, os.Stderr
	if err := build.Run(); err != nil {
		return "", fmt.Errorf("build LiveKit %s: %w", version, err)
	}
	return program, nil
}

// Process is a LiveKit server of our own.
type Process struct {
	Server
	PID     int
	command *exec.Cmd
}

// Start runs the program on these cores, on loopback only, and waits until it answers. One socket for media, logs of
// errors only, everything else as LiveKit has it.
func Start(ctx context.Context, program, cores, data string) (*Process, error) {
	signalling, media, err := freePorts(ctx)
	if err != nil {
		return nil, err
	}
	config := filepath.Join(data, "livekit.yaml")
	text := fmt.Sprintf(`port: %d
bind_addresses: [127.0.0.1]
keys: {%s: %s}
logging: {level: error}
rtc:
  udp_port: %d
  use_external_ip: false
  node_ip: 127.0.0.1
  enable_loopback_candidate: true
  interfaces: {includes: [lo]}
`, signalling, benchKey, benchWords, media)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		return nil, err
	}
	command := exec.CommandContext(ctx, "taskset", "-c", cores, program, "--config", config) //nolint:gosec // our own
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	command.WaitDelay = stopWait
	command.Stdout, command.Stderr = os.Stderr, os.Stderr
	if err := command.Start(); err != nil {
		return nil, err
	}
	p := &Process{
		Server: Server{URL: fmt.Sprintf("http://127.0.0.1:%d", signalling), Key: benchKey, Secret: benchWords},
		PID:    command.Process.Pid, command: command,
	}
	if err := p.awaitReady(ctx); err != nil {
		return nil, errors.Join(err, p.Stop())
	}
	return p, nil
}

// freePorts are one of TCP and one of UDP that nobody has at the moment.
func freePorts(ctx context.Context) (int, int, error) {
	var config net.ListenConfig
	stream, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, 0, err
	}
	packets, err := config.ListenPacket(ctx, "udp", "127.0.0.1:0")
	if err != nil {
		return 0, 0, errors.Join(err, stream.Close())
	}
	tcp, udp := stream.Addr().(*net.TCPAddr).Port, packets.LocalAddr().(*net.UDPAddr).Port
	return tcp, udp, errors.Join(stream.Close(), packets.Close())
}

func (p *Process) awaitReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readyWait)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		ask, err := http.NewRequestWithContext(ctx, http.MethodGet, p.URL, http.NoBody)
		if err != nil {
			return err
		}
		if answer, err := http.DefaultClient.Do(ask); err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("LiveKit did not answer: %w", ctx.Err())
		}
	}
}

// Stop ends the server and waits until it has gone. Participants that are still there are not waited for.
func (p *Process) Stop() error {
	if err := p.command.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	late := time.AfterFunc(stopWait, func() { _ = p.command.Process.Kill() })
	defer late.Stop()
	_ = p.command.Wait() // killed or not: it has gone
	return nil
}
