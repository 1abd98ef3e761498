package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Sizes of the picture in pixels: for each loss a panel of rates above one of the queue.
const (
	panelWide  = 900
	rateHigh   = 170
	queueHigh  = 70
	margin     = 60
	panelHigh  = rateHigh + queueHigh + 50
	queueTopMs = 600
)

// draw is the curves as SVG.
func draw(o options, curves []curve) string {
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" font-family="sans-serif" font-size="12"`)
	fmt.Fprintf(&b, ` viewBox="0 0 %d %d">`, panelWide+2*margin, len(curves)*panelHigh+40)
	b.WriteString(`<rect width="100%" height="100%" fill="#fff"/>`)
	for i, c := range curves {
		c.panel(&b, o, 20+i*panelHigh)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func (c curve) panel(b *strings.Builder, o options, top int) {
	span := time.Duration(len(o.steps)) * o.length
	most := float64(slices.Max(o.steps)) * 1.2
	x := func(at time.Duration) float64 { return margin + panelWide*at.Seconds()/span.Seconds() }
	rate := func(bps float64) float64 { return float64(top) + 20 + rateHigh*(1-min(bps/most, 1)) }
	queue := func(ms float64) float64 {
		return float64(top) + 30 + rateHigh + queueHigh*(1-min(ms/queueTopMs, 1))
	}
	fmt.Fprintf(b, `<text x="%d" y="%d">loss %g %%: <tspan fill="#888">link</tspan>, `+
		`<tspan fill="#c60">estimate</tspan>, <tspan fill="#06c">carried</tspan> up to %.1f Mbit/s; `+
		`<tspan fill="#c00">queue</tspan>, line at %d ms</text>`,
		margin, top+12, c.Loss*100, most/1e6, queueMost)
	var link, target, carried, standing []string
	for i, s := range c.Samples {
		link = append(link, point(x(s.At), rate(float64(s.LinkBps))))
		target = append(target, point(x(s.At), rate(float64(s.TargetBps))))
		standing = append(standing, point(x(s.At), queue(s.QueueMs)))
		if i >= 5 { // a mean over a second
			before := c.Samples[i-5]
			bps := float64(s.Arrived-before.Arrived) * 8 / (s.At - before.At).Seconds()
			carried = append(carried, point(x(s.At), rate(bps)))
		}
	}
	line(b, "#888", link)
	line(b, "#c60", target)
	line(b, "#06c", carried)
	line(b, "#c00", standing)
	line(b, "#ccc", []string{point(margin, queue(queueMost)), point(margin+panelWide, queue(queueMost))})
	line(b, "#ccc", []string{point(margin, rate(0)), point(margin+panelWide, rate(0))})
	line(b, "#ccc", []string{point(margin, queue(0)), point(margin+panelWide, queue(0))})
}

func point(x, y float64) string { return fmt.Sprintf("%.1f,%.1f", x, y) }

func line(b *strings.Builder, colour string, points []string) {
	fmt.Fprintf(b, `<polyline fill="none" stroke="%s" stroke-width="1.3" points="%s"/>`,
		colour, strings.Join(points, " "))
}
