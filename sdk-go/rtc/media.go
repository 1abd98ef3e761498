package rtc

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/pion/interceptor"
	"github.com/pion/interceptor/pkg/nack"
	"github.com/pion/interceptor/pkg/report"
	"github.com/pion/interceptor/pkg/twcc"
	"github.com/pion/logging"
	"github.com/pion/sdp/v3"
	"github.com/pion/webrtc/v4"
)

// AudioLevelURI names the header extension that tells how loud a packet is (RFC 6464).
const AudioLevelURI = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"

// Further header extensions that the node reads or writes.
const (
	absSendTimeURI  = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
	sectionURI      = "urn:ietf:params:rtp-hdrext:sdes:mid"
	streamURI       = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"
	repairStreamURI = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"
)

// nacksMost bounds how often a packet is asked for: Pion does not see that one came repaired, and would go on asking.
const nacksMost = 5

// sectionExtensions are registered in this order, so that all offers look alike.
var sectionExtensions = []struct {
	uri          string
	audio, video bool
}{
	{sectionURI, true, true},
	{streamURI, false, true},
	{repairStreamURI, false, true},
	{AudioLevelURI, true, false},
	{absSendTimeURI, false, true},
	{sdp.TransportCCURI, true, true},
}

var (
	videoFeedback = []webrtc.RTCPFeedback{
		{Type: "ccm", Parameter: "fir"},
		{Type: "nack"},
		{Type: "nack", Parameter: "pli"},
		{Type: webrtc.TypeRTCPFBTransportCC},
	}
	videoCodecs = []struct {
		mime, parameters string
		payload          webrtc.PayloadType
	}{
		{webrtc.MimeTypeVP8, "", 96},
		{webrtc.MimeTypeVP9, "profile-id=0", 98},
		{webrtc.MimeTypeH264, "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f", 102},
		{webrtc.MimeTypeAV1, "", 45},
	}
)

// newAPI offers what the node forwards, and no more: an offer with many slots must stay small.
func newAPI(o Options) (*webrtc.API, error) {
	var media webrtc.MediaEngine
	if err := registerCodecs(&media); err != nil {
		return nil, err
	}
	if err := registerExtensions(&media); err != nil {
		return nil, err
	}
	interceptors, loggers := &interceptor.Registry{}, pionLoggers{o.Logger}
	if !o.Plain {
		if err := registerInterceptors(&media, interceptors, loggers); err != nil {
			return nil, err
		}
	}
	settings := webrtc.SettingEngine{LoggerFactory: loggers}
	settings.SetIncludeLoopbackCandidate(true) // a node on the same machine may be reachable there only
	settings.SetICETimeouts(quietWait, restartWait, keepAlive)
	if o.Engine != nil {
		o.Engine(&settings)
	}
	return webrtc.NewAPI(
		webrtc.WithMediaEngine(&media),
		webrtc.WithInterceptorRegistry(interceptors),
		webrtc.WithSettingEngine(settings),
	), nil
}

// registerInterceptors adds retransmission, reports, and feedback for congestion control both ways.
func registerInterceptors(media *webrtc.MediaEngine, to *interceptor.Registry, loggers logging.LoggerFactory) error {
	return errors.Join(
		webrtc.ConfigureNackWithOptions(media, to,
			[]nack.GeneratorOption{
				nack.WithGeneratorLoggerFactory(loggers), nack.GeneratorMaxNacksPerPacket(nacksMost),
			},
			nack.WithResponderLoggerFactory(loggers)),
		webrtc.ConfigureRTCPReportsWithOptions(to,
			[]report.ReceiverOption{report.WithReceiverLoggerFactory(loggers)},
			report.WithSenderLoggerFactory(loggers)),
		webrtc.ConfigureTWCCSenderWithOptions(media, to, twcc.WithLoggerFactory(loggers)),
		webrtc.ConfigureTWCCHeaderExtensionSender(media, to),
	)
}

func registerCodecs(media *webrtc.MediaEngine) error {
	opus := webrtc.RTPCodecCapability{
		MimeType: webrtc.MimeTypeOpus, ClockRate: 48_000, Channels: 2, SDPFmtpLine: "minptime=10;useinbandfec=1",
		RTCPFeedback: []webrtc.RTCPFeedback{{Type: webrtc.TypeRTCPFBTransportCC}},
	}
	if err := media.RegisterCodec(
		webrtc.RTPCodecParameters{RTPCodecCapability: opus, PayloadType: 111}, webrtc.RTPCodecTypeAudio); err != nil {
		return fmt.Errorf("codec: %w", err)
	}
	for _, codec := range videoCodecs {
		capability := webrtc.RTPCodecCapability{
			MimeType: codec.mime, ClockRate: 90_000, SDPFmtpLine: codec.parameters, RTCPFeedback: videoFeedback,
		}
		repair := webrtc.RTPCodecCapability{
			MimeType: webrtc.MimeTypeRTX, ClockRate: 90_000, SDPFmtpLine: fmt.Sprintf("apt=%d", codec.payload),
		}
		for _, each := range []webrtc.RTPCodecParameters{
			{RTPCodecCapability: capability, PayloadType: codec.payload},
			{RTPCodecCapability: repair, PayloadType: codec.payload + 1},
		} {
			if err := media.RegisterCodec(each, webrtc.RTPCodecTypeVideo); err != nil {
				return fmt.Errorf("codec %s: %w", codec.mime, err)
			}
		}
	}
	return nil
}

func registerExtensions(media *webrtc.MediaEngine) error {
	for _, extension := range sectionExtensions {
		capability := webrtc.RTPHeaderExtensionCapability{URI: extension.uri}
		var failed error
		if extension.audio {
			failed = media.RegisterHeaderExtension(capability, webrtc.RTPCodecTypeAudio)
		}
		if extension.video {
			failed = errors.Join(failed, media.RegisterHeaderExtension(capability, webrtc.RTPCodecTypeVideo))
		}
		if failed != nil {
			return fmt.Errorf("header extension: %w", failed)
		}
	}
	return nil
}

// extensionID looks into the answer: what is not there was not agreed on.
func (s *session) extensionID(uri string) (uint8, bool) {
	description := s.connection.RemoteDescription()
	if description == nil {
		return 0, false
	}
	for line := range strings.Lines(description.SDP) {
		value, found := strings.CutPrefix(strings.TrimSpace(line), "a=extmap:")
		number, named, _ := strings.Cut(value, " ")
		number, _, _ = strings.Cut(number, "/")
		if id, err := strconv.ParseUint(number, 10, 8); found && err == nil && named == uri {
			return uint8(id), true
		}
	}
	return 0, false
}
