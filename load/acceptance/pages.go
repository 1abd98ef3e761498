package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// pages are the two Chromium pages with the web app, driven by pages.mjs over its input and output.
type pages struct {
	command *exec.Cmd
	orders  io.WriteCloser
	answers *bufio.Scanner
}

// pageView is what one page shows in the end, from the first message to the last.
type pageView struct {
	Name     string   `json:"name"`
	Problems []string `json:"problems"`
	Shown    []brief  `json:"shown"`
}

const (
	// pagesCloseWait is how long Chromium may take to end.
	pagesCloseWait = 20 * time.Second
	answerBytes    = 64 << 20
)

// openPages signs each of people, as name=token, in to the web app.
func openPages(ctx context.Context, root, url, pictures string, people ...string) (*pages, error) {
	script := filepath.Join(root, "load", "acceptance", "pages.mjs")
	arguments := append([]string{script, url, channel, pictures}, people...)
	command := exec.CommandContext(ctx, "node", arguments...) //nolint:gosec // our own words
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	command.WaitDelay = pagesCloseWait
	command.Stderr = os.Stderr
	orders, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	output, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("start node: %w", err)
	}
	answers := bufio.NewScanner(output)
	answers.Buffer(nil, answerBytes)
	p := &pages{command, orders, answers}
	var ready struct{ Ready int }
	if err := p.answer(&ready); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

// write has each page write its part; it returns when the pages show all of it as sent.
func (p *pages) write(ctx context.Context, parts []int) error {
	var answer struct{ Written []int }
	return p.order(ctx, "write "+strings.Trim(fmt.Sprint(parts), "[]"), &answer)
}

// read is what the pages show, once they show the message at offset last.
func (p *pages) read(ctx context.Context, last uint64) ([]pageView, error) {
	var answer struct{ Views []pageView }
	err := p.order(ctx, fmt.Sprintf("read %d", last), &answer)
	return answer.Views, err
}

func (p *pages) order(ctx context.Context, order string, answer any) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if _, err := io.WriteString(p.orders, order+"\n"); err != nil {
		return fmt.Errorf("the pages are gone: %w", err)
	}
	return p.answer(answer)
}

func (p *pages) answer(into any) error {
	if !p.answers.Scan() {
		return errors.Join(errors.New("the pages ended without an answer"), p.answers.Err())
	}
	return json.Unmarshal(p.answers.Bytes(), into)
}

func (p *pages) close() {
	_ = p.orders.Close() // the end of its input ends the script, and Chromium with it
	_ = p.command.Wait()
}
