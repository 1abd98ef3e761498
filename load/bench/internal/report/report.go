// Package report turns the figures of several runs into a table for people and JSON for machines.
package report

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// Row is one figure over all runs.
type Row struct {
	Figure string    `json:"figure"`
	Unit   string    `json:"unit"`
	Min    float64   `json:"min"`
	Median float64   `json:"median"`
	Max    float64   `json:"max"`
	Runs   []float64 `json:"runs"`
}

// Report is what one benchmark prints and writes.
type Report struct {
	Bench  string    `json:"bench"`
	Method string    `json:"method"`
	When   time.Time `json:"when"`
	Cores  int       `json:"cores"`
	Rows   []*Row    `json:"rows"`
}

// New begins a report; method says how the figures come about, for whoever wants to repeat them.
func New(bench, method string) *Report {
	return &Report{Bench: bench, Method: method, When: time.Now().UTC(), Cores: runtime.NumCPU()}
}

// Add notes a figure of one run.
func (r *Report) Add(figure, unit string, value float64) {
	for _, row := range r.Rows {
		if row.Figure == figure {
			row.Runs = append(row.Runs, value)
			return
		}
	}
	r.Rows = append(r.Rows, &Row{Figure: figure, Unit: unit, Runs: []float64{value}})
}

// Finish prints the table and writes the JSON when a file is wanted.
func (r *Report) Finish(file string) error {
	fmt.Printf("\n%s\n%s\n\n%-52s %-8s %12s %12s %12s\n", r.Bench, r.Method, "figure", "unit", "min", "median", "max")
	for _, row := range r.Rows {
		sorted := slices.Sorted(slices.Values(row.Runs))
		row.Min, row.Median, row.Max = sorted[0], sorted[len(sorted)/2], sorted[len(sorted)-1]
		fmt.Printf("%-52s %-8s %12s %12s %12s\n", row.Figure, row.Unit, show(row.Min), show(row.Median), show(row.Max))
	}
	if file == "" {
		return nil
	}
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(text, '\n'), 0o600)
}

func show(value float64) string {
	text := fmt.Sprintf("%.2f", value)
	if value >= 100 {
		text = fmt.Sprintf("%.0f", value)
	}
	return strings.TrimSuffix(text, ".00")
}

// Percentile of durations, in milliseconds; p from 0 to 1.
func Percentile(values []time.Duration, p float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return float64(values[int(p*float64(len(values)-1))]) / float64(time.Millisecond)
}
