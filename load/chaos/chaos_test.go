package main

import (
	"os"
	"testing"
)

// TestChaos is the small form of `./parley soak chaos`: 3,000 sends, one kill -9.
func TestChaos(t *testing.T) {
	if os.Getenv("PARLEY_ROOT") == "" {
		t.Skip("needs the repository in PARLEY_ROOT: run ./parley test go")
	}
	outcome, err := onOwnServer(t.Context(), plan{Messages: 3000, Crashes: 1, People: 6, Channels: 3, Seed: 1})
	t.Logf("%+v", outcome)
	if err != nil {
		t.Fatal(err)
	}
}
