package livekit

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/pion/interceptor"
	"github.com/pion/rtcp"
	"github.com/pion/sdp/v3"
	"github.com/pion/webrtc/v4"
)

const audioLevelURI = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"

// newAPI offers VP8 and Opus with the same feedback as Parley's clients: retransmission, reports, and transport-wide
// numbers where the server asks for them.
func newAPI(o Options) (*webrtc.API, error) {
	var media webrtc.MediaEngine
	feedback := []webrtc.RTCPFeedback{
		{Type: "ccm", Parameter: "fir"},
		{Type: "nack"},
		{Type: "nack", Parameter: "pli"},
		{Type: webrtc.TypeRTCPFBTransportCC},
	}
	opus := webrtc.RTPCodecCapability{
		MimeType: webrtc.MimeTypeOpus, ClockRate: 48_000, Channels: 2, SDPFmtpLine: "minptime=10;useinbandfec=1",
		RTCPFeedback: []webrtc.RTCPFeedback{{Type: webrtc.TypeRTCPFBTransportCC}},
	}
	vp8 := webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeVP8, ClockRate: 90_000, RTCPFeedback: feedback}
	level := webrtc.RTPHeaderExtensionCapability{URI: audioLevelURI}
	numbers := webrtc.RTPHeaderExtensionCapability{URI: sdp.TransportCCURI}
	audio, video := webrtc.RTPCodecTypeAudio, webrtc.RTPCodecTypeVideo
	err := errors.Join(
		media.RegisterCodec(webrtc.RTPCodecParameters{RTPCodecCapability: opus, PayloadType: 111}, audio),
		media.RegisterCodec(webrtc.RTPCodecParameters{RTPCodecCapability: vp8, PayloadType: 96}, video),
		media.RegisterHeaderExtension(level, audio),
		media.RegisterHeaderExtension(numbers, audio),
		media.RegisterHeaderExtension(numbers, video),
	)
	interceptors := &interceptor.Registry{}
	if !o.Plain {
		err = errors.Join(err, webrtc.ConfigureNack(&media, interceptors),
			webrtc.ConfigureRTCPReports(interceptors), webrtc.ConfigureTWCCSender(&media, interceptors),
			webrtc.ConfigureTWCCHeaderExtensionSender(&media, interceptors))
	}
	if err != nil {
		return nil, err
	}
	var settings webrtc.SettingEngine
	settings.SetIncludeLoopbackCandidate(true)
	if o.Engine != nil {
		o.Engine(&settings)
	}
	return webrtc.NewAPI(webrtc.WithMediaEngine(&media), webrtc.WithInterceptorRegistry(interceptors),
		webrtc.WithSettingEngine(settings)), nil
}

// publish announces the tracks and offers them.
func (r *Room) publish(ctx context.Context) error {
	var connected sync.Once
	r.publisher.OnConnectionStateChange(func(state webrtc.PeerConnectionState) {
		if state == webrtc.PeerConnectionStateConnected {
			connected.Do(func() { close(r.published) })
		}
	})
	for _, send := range r.options.Send {
		direction := webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionSendonly}
		transceiver, err := r.publisher.AddTransceiverFromTrack(send.Track, direction)
		if err != nil {
			return fmt.Errorf("publish %s: %w", send.Track.ID(), err)
		}
		r.work.Go(func() { readFeedback(transceiver.Sender(), send.OnKeyFrame) })
		message := addTrack(send.Track.ID(), send.Track.Kind() == webrtc.RTPCodecTypeVideo)
		if err := r.write(ctx, request(requestAddTrack, message)); err != nil {
			return err
		}
	}
	offer, err := r.publisher.CreateOffer(nil)
	if err != nil {
		return fmt.Errorf("offer: %w", err)
	}
	sdp, err := settle(ctx, r.publisher, offer)
	if err != nil {
		return err
	}
	return r.write(ctx, request(requestOffer, description{"offer", sdp, 1}.encode()))
}

// readFeedback drains the RTCP of one track, which also drives Pion's retransmissions. Ends with the connection.
func readFeedback(sender *webrtc.RTPSender, onKeyFrame func()) {
	for {
		packets, _, err := sender.ReadRTCP()
		if err != nil {
			return
		}
		for _, packet := range packets {
			switch packet.(type) {
			case *rtcp.PictureLossIndication, *rtcp.FullIntraRequest:
				if onKeyFrame != nil {
					onKeyFrame()
				}
			}
		}
	}
}

// receive reads one subscription until the connection ends.
func (r *Room) receive(track *webrtc.TrackRemote, receiver *webrtc.RTPReceiver) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return
	}
	r.work.Go(func() {
		for { // sender reports; Pion's receiver reports are made of them
			if _, _, err := receiver.ReadRTCP(); err != nil {
				return
			}
		}
	})
	r.work.Go(func() {
		for {
			packet, _, err := track.ReadRTP()
			if err != nil {
				return
			}
			if r.options.OnRTP != nil {
				r.options.OnRTP(track.SSRC(), packet)
			}
		}
	})
}

// ExtensionID returns the id that a header extension has on the way to the server for what we send, and on the way to
// us otherwise. False when it was not agreed on.
func (r *Room) ExtensionID(uri string) (uint8, bool) {
	agreed := r.subscriber.LocalDescription()
	if len(r.options.Send) > 0 {
		agreed = r.publisher.RemoteDescription()
	}
	if agreed == nil {
		return 0, false
	}
	for line := range strings.Lines(agreed.SDP) {
		value, found := strings.CutPrefix(strings.TrimSpace(line), "a=extmap:")
		number, named, _ := strings.Cut(value, " ")
		number, _, _ = strings.Cut(number, "/")
		if id, err := strconv.ParseUint(number, 10, 8); found && err == nil && named == uri {
			return uint8(id), true
		}
	}
	return 0, false
}
