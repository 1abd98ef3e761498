package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"sync"
	"time"

	"github.com/pion/dtls/v3"
	"github.com/pion/interceptor"
	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"
)

const (
	burst      = 10
	between    = 5 * time.Millisecond
	counterLen = 8
)

// client is one connection with a track that sends and one that comes back.
type client struct {
	options    options
	connection *webrtc.PeerConnection
	track      *webrtc.TrackLocalStaticRTP
	sender     *webrtc.RTPSender
	settled    chan webrtc.PeerConnectionState
	echoed     signal
	paths      signal
	next       uint64

	mu    sync.Mutex
	state webrtc.PeerConnectionState
	seen  result
}

func newClient(o options) (*client, error) {
	api, err := newAPI(o)
	if err != nil {
		return nil, err
	}
	connection, err := api.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return nil, fmt.Errorf("peer connection: %w", err)
	}
	codec := webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeVP8, ClockRate: 90_000}
	track, err := webrtc.NewTrackLocalStaticRTP(codec, "video", "peer")
	if err != nil {
		return nil, fmt.Errorf("track: %w", err)
	}
	c := &client{
		options: o, connection: connection, track: track,
		settled: make(chan webrtc.PeerConnectionState, 1), echoed: make(signal, 1), paths: make(signal, 1),
	}
	if c.sender, err = connection.AddTrack(track); err != nil {
		return nil, fmt.Errorf("add track: %w", err)
	}
	connection.OnConnectionStateChange(c.stateChanged)
	connection.OnICEConnectionStateChange(func(state webrtc.ICEConnectionState) {
		if state == webrtc.ICEConnectionStateConnected {
			c.paths.raise()
		}
	})
	connection.OnTrack(func(remote *webrtc.TrackRemote, _ *webrtc.RTPReceiver) { c.readEcho(remote) })
	go c.readReports()
	return c, nil
}

// newAPI has no interceptors: nothing is sent that the test did not send.
func newAPI(o options) (*webrtc.API, error) {
	networks := map[string]webrtc.NetworkType{
		"udp4": webrtc.NetworkTypeUDP4, "udp6": webrtc.NetworkTypeUDP6,
		"tcp4": webrtc.NetworkTypeTCP4, "tcp6": webrtc.NetworkTypeTCP6,
	}
	profiles := map[string]dtls.SRTPProtectionProfile{
		"gcm": dtls.SRTP_AEAD_AES_128_GCM, "cm": dtls.SRTP_AES128_CM_HMAC_SHA1_80,
	}
	network, known := networks[o.network]
	profile, knownProfile := profiles[o.profile]
	if !known || !knownProfile {
		return nil, fmt.Errorf("no network %q or no profile %q", o.network, o.profile)
	}
	var settings webrtc.SettingEngine
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetNetworkTypes([]webrtc.NetworkType{network})
	settings.SetSRTPProtectionProfiles(profile)
	var media webrtc.MediaEngine
	if err := media.RegisterDefaultCodecs(); err != nil {
		return nil, fmt.Errorf("codecs: %w", err)
	}
	return webrtc.NewAPI(
		webrtc.WithSettingEngine(settings),
		webrtc.WithMediaEngine(&media),
		webrtc.WithInterceptorRegistry(&interceptor.Registry{}),
	), nil
}

func (c *client) stateChanged(state webrtc.PeerConnectionState) {
	c.mu.Lock()
	c.state = state
	c.mu.Unlock()
	if state == webrtc.PeerConnectionStateConnected || state == webrtc.PeerConnectionStateFailed {
		select {
		case c.settled <- state:
		default:
		}
	}
}

// connected waits until the connection is made or has failed.
func (c *client) connected(ctx context.Context) bool {
	select {
	case state := <-c.settled:
		return state == webrtc.PeerConnectionStateConnected
	case <-ctx.Done():
		return false
	}
}

// send writes packets in bursts, each payload with its number and a checksum, and before each a key frame request: the
// last of all is a packet whose echo shows that everything has arrived (Pion's TCP drops what waits when it is closed).
func (c *client) send(ctx context.Context, packets int) {
	tick := time.NewTicker(between)
	defer tick.Stop()
	for sent := 0; sent < packets; {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		ssrc := uint32(c.sender.GetParameters().Encodings[0].SSRC)
		_ = c.connection.WriteRTCP([]rtcp.Packet{&rtcp.PictureLossIndication{SenderSSRC: ssrc, MediaSSRC: ssrc}})
		for i := 0; i < burst && sent < packets; i++ {
			if err := c.track.WriteRTP(c.packet()); err != nil {
				return
			}
			sent++
		}
	}
}

func (c *client) packet() *rtp.Packet {
	payload := make([]byte, c.options.bytes)
	binary.BigEndian.PutUint64(payload, c.next)
	for i := counterLen; i < len(payload)-4; i++ {
		payload[i] = byte(uint64(i) * (c.next + 1))
	}
	binary.BigEndian.PutUint32(payload[len(payload)-4:], crc32.ChecksumIEEE(payload[:len(payload)-4]))
	// Begins in front of a wrap of the sequence numbers.
	header := rtp.Header{Version: 2, SequenceNumber: uint16(65_400 + c.next), Timestamp: uint32(c.next) * 3_000}
	c.next++
	c.mu.Lock()
	c.seen.Sent++
	c.mu.Unlock()
	return &rtp.Packet{Header: header, Payload: payload}
}

func (c *client) readEcho(remote *webrtc.TrackRemote) {
	for {
		packet, _, err := remote.ReadRTP()
		if err != nil {
			return
		}
		end := len(packet.Payload) - 4
		intact := end >= counterLen &&
			crc32.ChecksumIEEE(packet.Payload[:end]) == binary.BigEndian.Uint32(packet.Payload[end:])
		c.mu.Lock()
		if intact {
			c.seen.Intact++
		} else {
			c.seen.Broken++
		}
		c.mu.Unlock()
		c.echoed.raise()
	}
}

func (c *client) readReports() {
	for {
		packets, _, err := c.sender.ReadRTCP()
		if err != nil {
			return
		}
		c.mu.Lock()
		c.seen.Reports += len(packets)
		c.mu.Unlock()
	}
}

// awaitEcho waits until as many came back; two seconds without them all are a loss.
func (c *client) awaitEcho(ctx context.Context, packets int) {
	bounded, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	for c.result().Intact < packets {
		if !c.echoed.await(bounded) {
			return
		}
	}
}

func (c *client) restarted() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seen.Restarts++
}

func (c *client) result() *result {
	c.mu.Lock()
	defer c.mu.Unlock()
	seen := c.seen
	seen.State = c.state.String()
	return &seen
}

// signal remembers that something happened since it was last awaited or forgotten.
type signal chan struct{}

func (s signal) raise() {
	select {
	case s <- struct{}{}:
	default:
	}
}

func (s signal) forget() {
	select {
	case <-s:
	default:
	}
}

func (s signal) await(ctx context.Context) bool {
	select {
	case <-s:
		return true
	case <-ctx.Done():
		return false
	}
}
