// Command echo is a bot: it answers every message of a channel with the same text.
//
//	PARLEY_URL=http://127.0.0.1:8080 PARLEY_TOKEN=$(./parley token --user bot) go run ./examples/echo general
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
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
	if err := run(ctx, parley.ChannelID(channel)); err != nil {
		fmt.Fprintln(os.Stderr, "echo:", err)
	}
}

func run(ctx context.Context, id parley.ChannelID) error {
	client, err := parley.Connect(ctx, parley.Options{
		URL:    os.Getenv("PARLEY_URL"),
		Token:  parley.StaticToken(os.Getenv("PARLEY_TOKEN")),
		Logger: slog.Default(),
	})
	if err != nil {
		return err
	}
	defer client.Close()
	room := client.Channel(id)
	if err := enter(ctx, client, room); err != nil {
		return err
	}
	events, err := room.Subscribe(ctx, parley.SubscribeOptions{Types: []string{"messageCreated"}})
	if err != nil {
		return err
	}
	fmt.Printf("echoing in %s; ctrl-C ends\n", id)
	for event, err := range events.All(ctx) {
		if err != nil {
			return err
		}
		created, ok := event.Body.(parley.MessageCreated)
		if !ok || created.Message.AuthorID == client.UserID() {
			continue
		}
		// The client id is derived from the message, so even a restarted bot answers it once.
		answer := parley.Draft{
			Text: created.Message.Text, Quoted: created.Message.ID, ClientID: "echo-" + string(created.Message.ID),
		}
		if _, err := room.Send(ctx, answer); err != nil {
			return err
		}
	}
	return nil
}

// enter makes the channel, or joins it when somebody else has made it.
func enter(ctx context.Context, client *parley.Client, room *parley.Channel) error {
	_, err := client.CreateChannel(ctx, parley.NewChannel{ID: room.ID(), Name: string(room.ID()), Public: true})
	if errors.Is(err, parley.CodeChannelExists) {
		_, err = room.Join(ctx)
	}
	if errors.Is(err, parley.CodeAlreadyMember) {
		return nil
	}
	return err
}
