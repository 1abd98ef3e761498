package main

import (
	"context"
	"encoding/base64"
	"fmt"

	script "github.com/parley-rtc/parley/load/internal/pages"
)

// pages are the Chromium pages, driven by pages.mjs.
type pages struct {
	script *script.Script
}

// pageView is what one page receives and sends at one moment.
type pageView struct {
	Name   string     `json:"name"`
	Status string     `json:"status"`
	Seen   []sight    `json:"seen,omitempty"`
	Sent   []encoding `json:"sent,omitempty"`
}

// encoding is one of the sizes that a page sends, and what keeps it from being better.
type encoding struct {
	RID             string             `json:"rid"`
	Height          int                `json:"height"`
	Frames          int                `json:"frames"`
	FramesPerSecond float64            `json:"framesPerSecond"`
	LimitedBy       string             `json:"limitedBy"`
	LimitedSeconds  map[string]float64 `json:"limitedSeconds"`
	KeyFramesAsked  int                `json:"keyFramesAsked"`
}

func openPages(ctx context.Context, root, url string, people []string) (*pages, error) {
	started, err := script.Start(ctx, root, "load/acceptance/calls/pages.mjs", append([]string{url}, people...)...)
	if err != nil {
		return nil, err
	}
	return &pages{started}, nil
}

// codecs are those that this build of Chromium sends.
func (p *pages) codecs(ctx context.Context) (map[string]bool, error) {
	var answer struct{ Codecs []string }
	err := p.script.Order(ctx, "codecs", &answer)
	able := make(map[string]bool, len(answer.Codecs))
	for _, codec := range answer.Codecs {
		able[codec] = true
	}
	return able, err
}

// encode has a page make the picture that the Go clients send; none when Chromium decodes the codec only.
func (p *pages) encode(ctx context.Context, codec string) ([][]byte, error) {
	var answer struct{ Frames []string }
	if err := p.script.Order(ctx, "encode "+codec, &answer); err != nil {
		return nil, err
	}
	frames := make([][]byte, 0, len(answer.Frames))
	for _, text := range answer.Frames {
		frame, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return nil, err
		}
		frames = append(frames, frame)
	}
	return frames, nil
}

func (p *pages) join(ctx context.Context, room, codec string) error {
	var answer struct{ Joined []bool }
	return p.script.Order(ctx, fmt.Sprintf("join %s %s", room, codec), &answer)
}

func (p *pages) view(ctx context.Context, height int) error {
	var answer struct{ Told []bool }
	return p.script.Order(ctx, fmt.Sprintf("view %d", height), &answer)
}

func (p *pages) read(ctx context.Context) ([]pageView, error) {
	var answer struct{ Views []pageView }
	err := p.script.Order(ctx, "read", &answer)
	return answer.Views, err
}

func (p *pages) picture(ctx context.Context, folder string) error {
	var answer struct{ Taken int }
	return p.script.Order(ctx, "picture "+folder, &answer)
}

func (p *pages) leave(ctx context.Context) error {
	var answer struct{ Left []bool }
	return p.script.Order(ctx, "leave", &answer)
}

func (p *pages) close() { p.script.Close() }
