// Package node runs the server under test: `./parley up` on a data folder of its own, stopped at the end.
package node

import (
	"bufio"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"time"
)

const secret = "a-secret-of-the-benchmark-only-0123456789"

// Node is a running server.
type Node struct {
	Process
	Address string // host:port
	ReadyMs int    // as the server says
	// Operators is where a media node tells what it does, host:port.
	Operators string
	command   *exec.Cmd
	data      string
}

// Start runs the server and waits until it is ready. Options are settings, "key=value".
func Start(ctx context.Context, data string, options ...string) (*Node, error) {
	root := os.Getenv("PARLEY_ROOT")
	arguments := []string{"up", "--data", data, "--http", "0"}
	for _, option := range options {
		arguments = append(arguments, "--set", option)
	}
	command := exec.CommandContext(ctx, filepath.Join(root, "parley"), arguments...) //nolint:gosec // our own words
	command.Env = append(os.Environ(), "PARLEY_AUTH_SHARED_SECRET="+secret)
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	command.WaitDelay = 30 * time.Second
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	match, err := await(command, out, regexp.MustCompile(`^ready http://(\S+) in (\d+) ms`))
	if err != nil {
		return nil, err
	}
	millis, _ := strconv.Atoi(match[2])
	return &Node{
		Process: Process{command.Process.Pid}, Address: match[1], ReadyMs: millis, command: command, data: data,
	}, nil
}

// StartMedia runs a media node of its own process on these cores and waits until it is ready; listen is its address,
// control where the control plane takes nodes.
func StartMedia(ctx context.Context, cores, listen, control string, arguments ...string) (*Node, error) {
	words := []string{
		"-c", cores, filepath.Join(os.Getenv("PARLEY_ROOT"), "parley"), "media", "--control", control,
		"--region", "bench", "--listen", listen, "--port", "0", "--operators", "127.0.0.1:0",
	}
	command := exec.CommandContext(ctx, "taskset", append(words, arguments...)...) //nolint:gosec // our own words
	command.Env = append(os.Environ(), "PARLEY_AS_BUILT=1")
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	command.WaitDelay = 30 * time.Second
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	match, err := await(command, out, regexp.MustCompile(`^ready: media node \S+ at ([^ ,]+).*, operators at (\S+)`))
	if err != nil {
		return nil, err
	}
	return &Node{
		Process: Process{command.Process.Pid}, Address: match[1], Operators: match[2], command: command,
	}, nil
}

// await reads the output of a process until a line matches.
func await(command *exec.Cmd, out io.Reader, ready *regexp.Regexp) ([]string, error) {
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if match := ready.FindStringSubmatch(lines.Text()); match != nil {
			go func() {
				for lines.Scan() { // the pipe must not fill
				}
			}()
			return match, nil
		}
	}
	return nil, errors.Join(errors.New("the server ended before it was ready"), command.Wait())
}

// Pin keeps the JVM on core 0; PostgreSQL and Redis, which it started, stay wherever there is room.
func (n *Node) Pin(ctx context.Context) error {
	pid := strconv.Itoa(n.PID)
	return exec.CommandContext(ctx, "taskset", "-a", "-c", "-p", "0", pid).Run() //nolint:gosec // our own words
}

// Stop ends the server and waits until it has gone.
func (n *Node) Stop() error {
	if err := n.command.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	err := n.command.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 128+int(syscall.SIGTERM) {
		return nil // a JVM's way to say that it ended as told
	}
	return err
}

// Token is good for an hour for this user.
func Token(user string) string {
	now := time.Now().Unix()
	claims := fmt.Sprintf(`{"sub":%q,"tenant":"bench","roles":["user"],"iat":%d,"exp":%d}`, user, now, now+3600)
	encode := base64.RawURLEncoding.EncodeToString
	signed := encode([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + encode([]byte(claims))
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(signed))
	return signed + "." + encode(mac.Sum(nil))
}

// Collect has the JVM run a full collection, so that what is left is alive, and gives the live heap in bytes.
func (n *Node) Collect(ctx context.Context) (int64, error) {
	jcmd := filepath.Join(os.Getenv("JAVA_HOME"), "bin", "jcmd")
	pid := strconv.Itoa(n.PID)
	for range 2 {
		if err := exec.CommandContext(ctx, jcmd, pid, "GC.run").Run(); err != nil { //nolint:gosec // the JDK's own
			return 0, fmt.Errorf("jcmd: %w", err)
		}
	}
	text, err := exec.CommandContext(ctx, jcmd, pid, "GC.heap_info").Output() //nolint:gosec // the JDK's own
	if err != nil {
		return 0, err
	}
	var used int64
	generations := regexp.MustCompile(`(?m)total \d+K, used (\d+)K`)
	for _, match := range generations.FindAllStringSubmatch(string(text), -1) {
		kilobytes, _ := strconv.ParseInt(match[1], 10, 64)
		used += kilobytes << 10
	}
	if used == 0 {
		return 0, fmt.Errorf("jcmd GC.heap_info: no generations in %q", text)
	}
	return used, nil
}
