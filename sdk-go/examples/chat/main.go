// Command chat talks in a channel from the terminal: what you type is sent, what others say is printed.
//
//	PARLEY_URL=http://127.0.0.1:8080 PARLEY_TOKEN=$(./parley token --user alice) go run ./examples/chat general
//
// Without PARLEY_TOKEN you come in as a guest.
package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"

	"github.com/parley-rtc/parley/sdk-go"
)

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt)
	defer cancel()
	channel := "general"
	if len(os.Args) > 1 {
		channel = os.Args[1]
	}
	if err := run(ctx, parley.ChannelID(channel)); err != nil && ctx.Err() == nil {
		fmt.Fprintln(os.Stderr, "chat:", err)
	}
}

func run(ctx context.Context, id parley.ChannelID) error {
	url := os.Getenv("PARLEY_URL")
	token := os.Getenv("PARLEY_TOKEN")
	if token == "" {
		guest, err := parley.CreateGuest(ctx, url, cmp.Or(os.Getenv("USER"), "Guest"))
		if err != nil {
			return err
		}
		token = guest.Token
	}
	client, err := parley.Connect(ctx, parley.Options{
		URL: url, Token: parley.StaticToken(token),
		OnState: func(state parley.State, _ error) { fmt.Printf("-- %s\n", state) },
	})
	if err != nil {
		return err
	}
	defer client.Close()
	room := client.Channel(id)
	_, err = client.CreateChannel(ctx, parley.NewChannel{ID: id, Name: string(id), Public: true})
	if err != nil {
		if _, err = room.Join(ctx); err != nil && !errors.Is(err, parley.CodeAlreadyMember) {
			return err
		}
	}
	view, err := room.Timeline(ctx, parley.TimelineOptions{})
	if err != nil {
		return err
	}
	defer view.Close()
	return talk(ctx, room, view)
}

// talk prints new lines of the view and sends typed ones, until the input or ctx ends.
func talk(ctx context.Context, room *parley.Channel, view *parley.Timeline) error {
	var printed uint64
	typed := lines(ctx)
	for {
		for _, entry := range view.Entries() {
			if message := entry.Message; entry.State == parley.EntrySent && message.Offset > printed {
				printed = message.Offset
				fmt.Printf("%s: %s\n", name(message), message.Text)
			}
		}
		select {
		case <-view.Changed():
		case <-view.Done():
			return view.Err()
		case text, more := <-typed:
			if !more {
				return nil
			}
			if _, err := room.Send(ctx, parley.Draft{Text: text}); err != nil {
				fmt.Println("-- not sent:", err)
			}
		case <-ctx.Done():
			return nil
		}
	}
}

// lines reads the terminal; its goroutine ends with the input or the process.
func lines(ctx context.Context) <-chan string {
	typed := make(chan string)
	go func() {
		defer close(typed)
		for input := bufio.NewScanner(os.Stdin); input.Scan(); {
			select {
			case typed <- input.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	return typed
}

func name(message parley.Message) string {
	if message.Author != nil && message.Author.Name != "" {
		return message.Author.Name
	}
	return string(message.AuthorID)
}
