package rtc

import (
	"strings"
	"time"

	"github.com/pion/webrtc/v4"
)

// udpFirst is how long UDP has the path for itself. Pion looks at its candidates only every 200 ms while it connects,
// unless it hears of another one: what answered in this time is taken when the candidates for TCP come.
const udpFirst = 30 * time.Millisecond

// splitCandidates takes the candidates for TCP (RFC 6544) out of an answer; each is told once, though all sections of a
// bundle list them.
func splitCandidates(answer string) (udp string, tcp []string) {
	var kept strings.Builder
	seen := map[string]bool{}
	for line := range strings.Lines(answer) {
		candidate, isCandidate := strings.CutPrefix(strings.TrimSpace(line), "a=")
		fields := strings.Fields(candidate)
		if !isCandidate || !strings.HasPrefix(candidate, "candidate:") || len(fields) < 3 ||
			!strings.EqualFold(fields[2], "tcp") {
			kept.WriteString(line)
			continue
		}
		if !seen[candidate] {
			seen[candidate] = true
			tcp = append(tcp, candidate)
		}
	}
	return kept.String(), tcp
}

// addLater hands the candidates in when UDP had its time, unless the connection has ended by then.
func (s *session) addLater(candidates []string) {
	if len(candidates) == 0 {
		return
	}
	time.AfterFunc(udpFirst, func() {
		for _, candidate := range candidates {
			if err := s.connection.AddICECandidate(webrtc.ICECandidateInit{Candidate: candidate}); err != nil {
				s.room.options.Logger.Debug("parley candidate not added", "candidate", candidate, "error", err)
			}
		}
	})
}
