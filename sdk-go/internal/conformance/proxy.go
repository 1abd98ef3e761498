package conformance

import (
	"net"
	"sync"
)

// proxy stands between one client and the server, and breaks what the scenario wants broken.
type proxy struct {
	listener net.Listener
	upstream string
	done     sync.WaitGroup

	mu      sync.Mutex
	pairs   map[*pair]struct{}
	refuses bool
	stalled chan struct{} // nil, or closed at the end of a stall
}

type pair struct{ client, server *net.TCPConn }

// smallBuffer keeps the kernel from hiding a reader that does not read.
const smallBuffer = 64 << 10

func newProxy(upstream string) (*proxy, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // loopback, at once
	if err != nil {
		return nil, err
	}
	p := &proxy{listener: listener, upstream: upstream, pairs: make(map[*pair]struct{})}
	p.done.Go(p.accept)
	return p, nil
}

func (p *proxy) url() string { return "http://" + p.listener.Addr().String() }

func (p *proxy) accept() {
	for {
		conn, err := p.listener.Accept()
		if err != nil {
			return
		}
		client, _ := conn.(*net.TCPConn)
		p.mu.Lock()
		refuses := p.refuses
		p.mu.Unlock()
		if refuses {
			abort(client)
			continue
		}
		p.done.Go(func() { p.join(client) })
	}
}

func (p *proxy) join(client *net.TCPConn) {
	conn, err := net.Dial("tcp", p.upstream) //nolint:noctx // loopback, at once
	if err != nil {
		abort(client)
		return
	}
	server, _ := conn.(*net.TCPConn)
	_ = server.SetReadBuffer(smallBuffer)
	both := &pair{client, server}
	p.mu.Lock()
	p.pairs[both] = struct{}{}
	p.mu.Unlock()
	var copies sync.WaitGroup
	copies.Go(func() { p.carry(server, client, true) })
	copies.Go(func() { p.carry(client, server, false) })
	copies.Wait()
	p.mu.Lock()
	delete(p.pairs, both)
	p.mu.Unlock()
}

// carry copies one direction until either side ends; the direction towards the client can stall.
func (p *proxy) carry(from, to *net.TCPConn, down bool) {
	defer func() { _ = from.Close(); _ = to.Close() }()
	buffer := make([]byte, 16<<10)
	for {
		n, err := from.Read(buffer)
		if down {
			p.awaitFlow() // behind the read: what it waited for came after the stall began
		}
		if n > 0 {
			if _, err := to.Write(buffer[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// awaitFlow returns at once, or at the end of the stall.
func (p *proxy) awaitFlow() {
	p.mu.Lock()
	stalled := p.stalled
	p.mu.Unlock()
	if stalled != nil {
		<-stalled
	}
}

// kill aborts all connections.
func (p *proxy) kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for both := range p.pairs {
		abort(both.client)
		abort(both.server)
	}
}

func (p *proxy) cut() {
	p.mu.Lock()
	p.refuses = true
	p.mu.Unlock()
	p.kill()
}

func (p *proxy) stall() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stalled = make(chan struct{})
}

func (p *proxy) heal() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuses = false
	if p.stalled != nil {
		close(p.stalled)
		p.stalled = nil
	}
}

func (p *proxy) close() {
	_ = p.listener.Close()
	p.heal()
	p.kill()
	p.done.Wait()
}

// abort ends a connection with a reset.
func abort(conn *net.TCPConn) {
	_ = conn.SetLinger(0)
	_ = conn.Close()
}
