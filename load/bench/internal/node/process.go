package node

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Process is one on this machine, as the kernel counts what it uses.
type Process struct{ PID int }

// RSS is the resident memory in bytes.
func (p *Process) RSS() (int64, error) { return p.status("VmRSS") }

func (p *Process) status(field string) (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.PID))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if name, value, found := strings.Cut(line, ":"); found && name == field {
			kilobytes, err := strconv.ParseInt(strings.Fields(value)[0], 10, 64)
			return kilobytes << 10, err
		}
	}
	return 0, fmt.Errorf("no %s in /proc status", field)
}

// CPU is the processor time so far, in seconds.
func (p *Process) CPU() (float64, error) { return used(fmt.Sprintf("/proc/%d/stat", p.PID)) }

// CompilerCPU is the part of CPU that a JVM spent on compiling, by the compiler threads that live at the moment.
func (p *Process) CompilerCPU() (float64, error) {
	names, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/comm", p.PID))
	var all float64
	for _, name := range names {
		text, gone := os.ReadFile(name) //nolint:gosec // the kernel's
		if gone != nil || (!strings.HasPrefix(string(text), "C1 Comp") && !strings.HasPrefix(string(text), "C2 Comp")) {
			continue
		}
		if seconds, gone := used(filepath.Join(filepath.Dir(name), "stat")); gone == nil {
			all += seconds
		}
	}
	return all, err
}

// used is what a stat file of a process or a thread says.
func used(file string) (float64, error) {
	text, err := os.ReadFile(file) //nolint:gosec // the kernel's
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+2:]))
	user, err1 := strconv.ParseFloat(fields[11], 64)
	system, err2 := strconv.ParseFloat(fields[12], 64)
	return (user + system) / 100, errors.Join(err1, err2)
}
