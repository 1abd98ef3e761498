package main

import (
	"context"
	"encoding/binary"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/interceptor/pkg/twcc"
	"github.com/pion/rtp"
	"github.com/pion/transport/v5"
	"github.com/pion/transport/v5/stdnet"
)

const (
	transportNumberURI = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
	feedbackEvery      = 100 * time.Millisecond
)

// lightNet makes sockets that count RTP packets by their headers and drop them; ICE, DTLS and RTCP go on as always. The
// feedback that senders need for their rate is made of the headers too.
type lightNet struct {
	transport.Net
	tally     *tally
	extension atomic.Uint32 // id of the transport-wide numbers; 0 = not known yet

	mu       sync.Mutex
	recorder *twcc.Recorder
	ssrc     uint32
}

func newLightNet(t *tally) (*lightNet, error) {
	system, err := stdnet.NewNet()
	if err != nil {
		return nil, err
	}
	return &lightNet{Net: system, tally: t, recorder: twcc.NewRecorder(1)}, nil
}

// ListenUDP is what Pion's agents use for their candidates.
func (n *lightNet) ListenUDP(network string, address *net.UDPAddr) (transport.UDPConn, error) {
	socket, err := n.Net.ListenUDP(network, address)
	if err != nil {
		return nil, err
	}
	_ = socket.SetReadBuffer(4 << 20)
	return &lightSocket{UDPConn: socket, net: n}, nil
}

type lightSocket struct {
	transport.UDPConn
	net *lightNet
}

// ReadFrom returns what is not RTP.
func (s *lightSocket) ReadFrom(buffer []byte) (int, net.Addr, error) {
	for {
		n, from, err := s.UDPConn.ReadFrom(buffer)
		if err != nil || !s.net.take(buffer[:n]) {
			return n, from, err
		}
	}
}

// take counts a packet when it is RTP (RFC 7983, RFC 5761).
func (n *lightNet) take(packet []byte) bool {
	if len(packet) < 12 || packet[0] < 128 || packet[0] > 191 || (packet[1] >= 192 && packet[1] <= 223) {
		return false
	}
	n.tally.add(binary.BigEndian.Uint32(packet[8:]), binary.BigEndian.Uint16(packet[2:]), 0)
	id := uint8(n.extension.Load())
	if id == 0 {
		return true
	}
	var header rtp.Header
	if _, err := header.Unmarshal(packet); err != nil {
		return true
	}
	if number := header.GetExtension(id); len(number) == 2 {
		n.mu.Lock()
		n.ssrc = header.SSRC
		n.recorder.Record(header.SSRC, binary.BigEndian.Uint16(number), time.Since(begun).Microseconds())
		n.mu.Unlock()
	}
	return true
}

// report sends feedback until ctx ends.
func (n *lightNet) report(ctx context.Context, at place) {
	if id, agreed := at.ExtensionID(transportNumberURI); agreed {
		n.extension.Store(uint32(id))
	}
	tick := time.NewTicker(feedbackEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		n.mu.Lock()
		packets := n.recorder.BuildFeedbackPacket()
		n.mu.Unlock()
		if len(packets) > 0 {
			_ = at.WriteRTCP(packets) // the next one says more
		}
	}
}
