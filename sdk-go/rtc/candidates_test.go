package rtc

import (
	"slices"
	"strings"
	"testing"
)

func TestCandidatesForTCPWaitForThoseForUDP(t *testing.T) {
	const udp4, tcp4 = "candidate:1 1 udp 2120220671 192.0.2.1 7000 typ host",
		"candidate:2 1 tcp 2116026367 192.0.2.1 7000 typ host tcptype passive"
	sections := []string{
		"v=0", "m=audio 9 UDP/TLS/RTP/SAVPF 111", "a=" + udp4, "a=" + tcp4, "a=end-of-candidates",
		"m=video 9 UDP/TLS/RTP/SAVPF 96", "a=" + udp4, "a=" + strings.Replace(tcp4, " tcp ", " TCP ", 1), "a=mid:1", "",
	}
	kept, later := splitCandidates(strings.Join(sections, "\r\n"))
	wanted := slices.DeleteFunc(sections, func(line string) bool { return strings.Contains(line, "tcptype") })
	if kept != strings.Join(wanted, "\r\n") {
		t.Errorf("kept %q", kept)
	}
	if len(later) != 2 || later[0] != tcp4 {
		t.Errorf("later %q", later)
	}
}

func TestAnAnswerWithoutCandidatesForTCPStaysAsItIs(t *testing.T) {
	answers := []string{"", "v=0\r\na=candidate:\r\na=candidate:1 1\n", "a=candidate:1 1 udp 1 ::1 7 typ host"}
	for _, answer := range answers {
		if kept, later := splitCandidates(answer); kept != answer || len(later) != 0 {
			t.Errorf("%q became %q, later %q", answer, kept, later)
		}
	}
}
