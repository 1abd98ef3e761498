package main

import (
	"math"
	"strings"

	"github.com/parley-rtc/parley/load/bench/internal/report"
)

// Figures that others depend on.
const (
	perSecond = "forwarded packets"
	perPacket = "CPU per forwarded packet"
	coreUsed  = "core used"
)

// noted are the figures of one run, in the order in which they are shown.
type noted []figure

type figure struct {
	name, unit string
	value      float64
}

func (n *noted) add(name, unit string, value float64) { *n = append(*n, figure{name, unit, value}) }

// to adds the figures to the report, under the name of who was measured.
func (n noted) to(r *report.Report, who string) {
	for _, f := range n {
		r.Add(who+" "+f.name, f.unit, f.value)
	}
}

// evenLoad is how far two rates may be apart for the costs to be compared: a packet costs less the more there are.
const evenLoad = 0.05

// against are the ratios to another run, of the figures that both have and that are not zero there. Without even load
// there is no ratio of costs and delays: the rates say why.
func (n noted) against(other noted) noted {
	even := math.Abs(n.value(perSecond)/other.value(perSecond)-1) <= evenLoad
	var ratios noted
	for _, mine := range n {
		if !even && (mine.name == perPacket || mine.name == coreUsed || strings.HasPrefix(mine.name, "one-way")) {
			continue
		}
		for _, theirs := range other {
			if mine.name == theirs.name && theirs.value > 0 {
				ratios.add(mine.name, "ratio", mine.value/theirs.value)
			}
		}
	}
	return ratios
}

// value of a figure; 0 when it was not noted.
func (n noted) value(name string) float64 {
	for _, f := range n {
		if f.name == name {
			return f.value
		}
	}
	return 0
}
