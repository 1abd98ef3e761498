package main

import (
	"context"
	"net"
	"slices"

	"github.com/pion/transport/v5"
	"github.com/pion/transport/v5/stdnet"
)

// behind is the network as the receiver sees it: sockets inside the link's namespace, and the node at the relay.
type behind struct {
	transport.Net
	link  *link
	relay *relay
}

func newBehind(l *link, r *relay) (*behind, error) {
	system, err := stdnet.NewNet()
	if err != nil {
		return nil, err
	}
	return &behind{Net: system, link: l, relay: r}, nil
}

// Interfaces is loopback only: all that goes anywhere goes to the relay.
func (b *behind) Interfaces() ([]*transport.Interface, error) {
	all, err := b.Net.Interfaces()
	return slices.DeleteFunc(slices.Clone(all), func(i *transport.Interface) bool {
		return i.Flags&net.FlagLoopback == 0
	}), err
}

// ListenUDP is what Pion's agents use for their candidates.
func (b *behind) ListenUDP(string, *net.UDPAddr) (transport.UDPConn, error) {
	socket, err := b.link.listen(context.Background(), "127.0.0.1")
	if err != nil {
		return nil, err
	}
	return &viaRelay{UDPConn: socket, relay: b.relay}, nil
}

// viaRelay says to the relay what is meant for the node, and takes the relay's word for the node's.
type viaRelay struct {
	transport.UDPConn
	relay *relay
}

func (v *viaRelay) ReadFrom(buffer []byte) (int, net.Addr, error) {
	n, _, err := v.UDPConn.ReadFrom(buffer)
	return n, v.relay.node, err
}

func (v *viaRelay) WriteTo(packet []byte, _ net.Addr) (int, error) {
	return v.UDPConn.WriteTo(packet, v.relay.near.LocalAddr())
}
