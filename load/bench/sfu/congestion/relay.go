package main

import (
	"context"
	"math/rand/v2"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

const (
	packetBytes = 1_500
	// lineLength bounds what is under way in one direction: over a second of the fastest link in small packets.
	lineLength = 8_192
	// wireOverhead is what the token bucket counts beside the payload of UDP: Ethernet, IPv4 and UDP.
	wireOverhead = 14 + 20 + 8
)

// relay stands behind the link, for one receiver: what comes from the node is lost or delayed, in order, and so is, but
// for the loss, what goes there. Everything random comes from the seed.
type relay struct {
	near *net.UDPConn // the receiver's side
	far  *net.UDPConn // the node's side
	node *net.UDPAddr

	delay  time.Duration
	jitter time.Duration
	loss   atomic.Uint64 // of 1e6

	receiver  atomic.Pointer[net.UDPAddr]
	arrived   atomic.Int64 // bytes that the link carried
	delivered atomic.Int64 // of them not lost
	work      sync.WaitGroup
}

type parcel struct {
	due     time.Time
	payload []byte
}

func newRelay(ctx context.Context, l *link, nodeAddress string, o options) (*relay, error) {
	node, err := net.ResolveUDPAddr("udp4", nodeAddress)
	if err != nil {
		return nil, err
	}
	r := &relay{node: node, delay: o.delay, jitter: o.jitter}
	if r.near, err = l.listen(ctx, "127.0.0.1"); err != nil {
		return nil, err
	}
	if r.far, err = l.listen(ctx, l.there); err != nil {
		_ = r.near.Close() // that error is the one to tell
		return nil, err
	}
	for _, socket := range []*net.UDPConn{r.near, r.far} {
		_ = socket.SetReadBuffer(1 << 20) // as much as the system allows
	}
	// Two sources of chance: how often one side sends must not change what happens to the other.
	r.direction(r.takeDown(rand.New(rand.NewPCG(uint64(o.seed), 1))), r.giveDown) //nolint:gosec // repeatable by intent
	r.direction(r.takeUp(rand.New(rand.NewPCG(uint64(o.seed), 2))), r.giveUp)     //nolint:gosec // repeatable by intent
	return r, nil
}

// direction runs one way: take reads until its socket is closed, give sends when it is time.
func (r *relay) direction(take func(chan<- parcel), give func([]byte)) {
	line := make(chan parcel, lineLength)
	r.work.Go(func() {
		defer close(line)
		take(line)
	})
	r.work.Go(func() {
		for p := range line {
			if wait := time.Until(p.due); wait > 0 {
				<-time.After(wait)
			}
			give(p.payload)
		}
	})
}

func (r *relay) takeDown(random *rand.Rand) func(chan<- parcel) {
	return func(line chan<- parcel) {
		buffer := make([]byte, packetBytes)
		for {
			n, err := r.far.Read(buffer)
			if err != nil {
				return
			}
			r.arrived.Add(int64(n + wireOverhead))
			lost := random.Uint64N(1e6) < r.loss.Load()
			due := r.due(random)
			if !lost {
				r.delivered.Add(int64(n + wireOverhead))
				put(line, parcel{due, append([]byte(nil), buffer[:n]...)})
			}
		}
	}
}

func (r *relay) takeUp(random *rand.Rand) func(chan<- parcel) {
	return func(line chan<- parcel) {
		buffer := make([]byte, packetBytes)
		for {
			n, from, err := r.near.ReadFromUDP(buffer)
			if err != nil {
				return
			}
			r.receiver.Store(from)
			put(line, parcel{r.due(random), append([]byte(nil), buffer[:n]...)})
		}
	}
}

// due is when a packet that came now goes on; the line keeps the order.
func (r *relay) due(random *rand.Rand) time.Time {
	return time.Now().Add(r.delay + time.Duration(random.Float64()*float64(r.jitter)))
}

// put drops what the line does not hold.
func put(line chan<- parcel, p parcel) {
	select {
	case line <- p:
	default:
	}
}

func (r *relay) giveDown(payload []byte) {
	if to := r.receiver.Load(); to != nil {
		_, _ = r.near.WriteToUDP(payload, to) // like any network
	}
}

func (r *relay) giveUp(payload []byte) {
	_, _ = r.far.WriteToUDP(payload, r.node) // like any network
}

func (r *relay) close() {
	_ = r.near.Close() // ends the reading
	_ = r.far.Close()
	r.work.Wait()
}
