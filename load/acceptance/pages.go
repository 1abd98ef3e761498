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
	"time"
)

// pages are the two Chromium pages, driven by pages.mjs over its input and output.
type pages struct {
	command *exec.Cmd
	orders  io.WriteCloser
	answers *bufio.Scanner
}

// pageView is what one page has in the end.
type pageView struct {
	Problems []string `json:"problems"`
	Starts   int      `json:"starts"`
	Events   []brief  `json:"events"`
	Shown    []brief  `json:"shown"`
}

// pagesCloseWait is how long Chromium may take to end.
const pagesCloseWait = 20 * time.Second

func openPages(ctx context.Context, root, url string, tokens ...string) (*pages, error) {
	arguments := append([]string{filepath.Join(root, "load", "acceptance", "pages.mjs"), url, channel}, tokens...)
	command := exec.CommandContext(ctx, "node", arguments...) //nolint:gosec // our own words
	command.Stderr = os.Stderr
	command.WaitDelay = pagesCloseWait
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
	answers.Buffer(nil, 64<<20)
	p := &pages{command, orders, answers}
	var ready struct{ Ready int }
	if err := p.answer(&ready); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

// send has each page send count messages.
func (p *pages) send(ctx context.Context, count int) error {
	var answer struct{ Sent []int }
	return p.order(ctx, fmt.Sprintf("send %d\n", count), &answer)
}

// views are what the pages have once they have everything up to head.
func (p *pages) views(ctx context.Context, head uint64) ([]pageView, error) {
	var answer struct{ Views []pageView }
	err := p.order(ctx, fmt.Sprintf("views %d\n", head), &answer)
	return answer.Views, err
}

func (p *pages) order(ctx context.Context, order string, answer any) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if _, err := io.WriteString(p.orders, order); err != nil {
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
