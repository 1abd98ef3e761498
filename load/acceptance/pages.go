package main

import (
	"context"
	"fmt"
	"strings"

	script "github.com/parley-rtc/parley/load/internal/pages"
)

// pages are the two Chromium pages with the web app, driven by pages.mjs.
type pages struct {
	script *script.Script
}

// pageView is what one page shows in the end, from the first message to the last.
type pageView struct {
	Name     string   `json:"name"`
	Problems []string `json:"problems"`
	Shown    []brief  `json:"shown"`
}

// openPages signs each of people, as name=token, in to the web app.
func openPages(ctx context.Context, root, url, pictures string, people ...string) (*pages, error) {
	arguments := append([]string{url, channel, pictures}, people...)
	started, err := script.Start(ctx, root, "load/acceptance/pages.mjs", arguments...)
	if err != nil {
		return nil, err
	}
	return &pages{started}, nil
}

// write has each page write its part; it returns when the pages show all of it as sent.
func (p *pages) write(ctx context.Context, parts []int) error {
	var answer struct{ Written []int }
	return p.script.Order(ctx, "write "+strings.Trim(fmt.Sprint(parts), "[]"), &answer)
}

// read is what the pages show, once they show the message at offset last.
func (p *pages) read(ctx context.Context, last uint64) ([]pageView, error) {
	var answer struct{ Views []pageView }
	err := p.script.Order(ctx, fmt.Sprintf("read %d", last), &answer)
	return answer.Views, err
}

func (p *pages) close() { p.script.Close() }
