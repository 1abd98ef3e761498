package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

const (
	namespacePrefix = "parley-congestion-"
	namespaceFolder = "/run/netns"
	commandWait     = 10 * time.Second
	// burstLeast lets one full packet through at once: more would hide a queue, less would stop the bucket. Fast links
	// need as much as they carry while a timer is late.
	burstLeast = 1_600
	burstTime  = 4 * time.Millisecond
	// queueLeast holds a few full packets on the slowest link.
	queueLeast = 15_000
)

var errNotRoot = errors.New("network namespaces and tc need root (CAP_NET_ADMIN, CAP_SYS_ADMIN): run it with sudo")

// link joins this network namespace with one of its own, in which the receiver lives. What goes there passes a token
// bucket.
type link struct {
	namespace string
	device    string // this side
	here      string // addresses
	there     string
	queue     time.Duration
}

// newLink makes the namespace; close removes it. What earlier runs left because they were killed goes first.
func newLink(ctx context.Context, queue time.Duration) (*link, error) {
	if os.Geteuid() != 0 {
		return nil, errNotRoot
	}
	sweep(ctx)
	number := os.Getpid() % 64
	l := &link{
		namespace: namespacePrefix + strconv.Itoa(os.Getpid()),
		device:    fmt.Sprintf("pcc%d", os.Getpid()),
		// RFC 2544 keeps 198.18.0.0/15 for measurements inside one network.
		here:  fmt.Sprintf("198.18.77.%d", number*4+1),
		there: fmt.Sprintf("198.18.77.%d", number*4+2),
		queue: queue,
	}
	inside := []string{"-n", l.namespace}
	for _, words := range [][]string{
		{"netns", "add", l.namespace},
		{"link", "add", l.device, "type", "veth", "peer", "name", "up0", "netns", l.namespace},
		{"addr", "add", l.here + "/30", "dev", l.device},
		{"link", "set", l.device, "up"},
		append(inside, "addr", "add", l.there+"/30", "dev", "up0"),
		append(inside, "link", "set", "up0", "up"),
		append(inside, "link", "set", "lo", "up"),
	} {
		if _, err := command(ctx, "ip", words...); err != nil {
			l.close() //nolint:contextcheck // also when ctx has ended
			if strings.Contains(err.Error(), "not permitted") {
				err = errors.Join(errNotRoot, err)
			}
			return nil, err
		}
	}
	return l, nil
}

// sweep removes the namespaces of processes that are gone, and with them their devices.
func sweep(ctx context.Context) {
	found, _ := filepath.Glob(filepath.Join(namespaceFolder, namespacePrefix+"*"))
	for _, path := range found {
		name := filepath.Base(path)
		pid := strings.TrimPrefix(name, namespacePrefix)
		if _, err := os.Stat(filepath.Join("/proc", pid)); errors.Is(err, os.ErrNotExist) {
			_, _ = command(ctx, "ip", "netns", "del", name) // somebody else was faster
		}
	}
}

// shape gives the link another rate; what waits in its queue stays there.
func (l *link) shape(ctx context.Context, bps int64) error {
	burst := max(burstLeast, int64(burstTime.Seconds()*float64(bps)/8))
	limit := max(queueLeast, int64(l.queue.Seconds()*float64(bps)/8)+burst)
	_, err := command(ctx, "tc", "qdisc", "replace", "dev", l.device, "root", "handle", "1:", "tbf",
		"rate", strconv.FormatInt(bps, 10)+"bit", "burst", strconv.FormatInt(burst, 10),
		"limit", strconv.FormatInt(limit, 10))
	return err
}

// standing is what waits before the link, and what it dropped so far.
type standing struct {
	Backlog int64 `json:"backlog"` // bytes
	Drops   int64 `json:"drops"`
}

func (l *link) standing(ctx context.Context) (standing, error) {
	text, err := command(ctx, "tc", "-s", "-j", "qdisc", "show", "dev", l.device, "root")
	if err != nil {
		return standing{}, err
	}
	var all []standing
	if err := json.Unmarshal(text, &all); err != nil || len(all) == 0 {
		return standing{}, fmt.Errorf("tc said %q: %w", text, err)
	}
	return all[0], nil
}

// listen opens a UDP socket inside the namespace.
func (l *link) listen(ctx context.Context, address string) (*net.UDPConn, error) {
	var socket net.PacketConn
	err := l.inside(func() (err error) {
		var config net.ListenConfig
		socket, err = config.ListenPacket(ctx, "udp4", net.JoinHostPort(address, "0"))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("socket in %s: %w", l.namespace, err)
	}
	return socket.(*net.UDPConn), nil
}

// inside runs do on a thread that has entered the namespace: sockets stay where they were opened. A thread that cannot
// come back ends with its goroutine.
func (l *link) inside(do func() error) error {
	done := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		done <- func() error {
			file, err := os.Open(filepath.Join(namespaceFolder, l.namespace))
			if err != nil {
				return err
			}
			defer file.Close() //nolint:errcheck // read only
			if err := unix.Setns(int(file.Fd()), unix.CLONE_NEWNET); err != nil {
				return err
			}
			return do()
		}()
		// Never unlocked: the thread ends here instead of coming back to the others.
	}()
	return <-done
}

// close removes namespace and devices, also after a failure half-way and when the run was interrupted.
func (l *link) close() {
	ctx := context.Background()
	_, _ = command(ctx, "ip", "link", "del", l.device)
	_, _ = command(ctx, "ip", "netns", "del", l.namespace)
}

func command(ctx context.Context, name string, words ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, commandWait)
	defer cancel()
	var out, complaint bytes.Buffer
	run := exec.CommandContext(ctx, name, words...) //nolint:gosec // our own words
	run.Stdout, run.Stderr = &out, &complaint
	if err := run.Run(); err != nil {
		said := strings.TrimSpace(complaint.String())
		return nil, fmt.Errorf("%s %s: %w: %s", name, strings.Join(words, " "), err, said)
	}
	return out.Bytes(), nil
}
