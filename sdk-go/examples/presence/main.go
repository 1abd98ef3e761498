// Command presence shows who is there, and goes on showing it.
//
//	PARLEY_URL=http://127.0.0.1:8080 PARLEY_TOKEN=$(./parley token --user alice) go run ./examples/presence bob carol
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"time"

	"github.com/parley-rtc/parley/sdk-go"
)

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt)
	defer cancel()
	var users []parley.UserID
	for _, argument := range os.Args[1:] {
		users = append(users, parley.UserID(argument))
	}
	if err := run(ctx, users); err != nil {
		fmt.Fprintln(os.Stderr, "presence:", err)
	}
}

func run(ctx context.Context, users []parley.UserID) error {
	client, err := parley.Connect(ctx, parley.Options{
		URL:      os.Getenv("PARLEY_URL"),
		Token:    parley.StaticToken(os.Getenv("PARLEY_TOKEN")),
		Presence: parley.Online,
	})
	if err != nil {
		return err
	}
	defer client.Close()
	changes := client.SubscribePresence()
	known, err := client.WatchPresence(ctx, append(users, client.UserID())...)
	if err != nil {
		return err
	}
	show(known)
	for event, err := range changes.All(ctx) {
		if err != nil {
			return err
		}
		if changed, ok := event.Body.(parley.PresenceChanged); ok {
			show(changed.Presences)
		}
	}
	return nil
}

func show(presences []parley.Presence) {
	for _, p := range presences {
		fmt.Printf("%-20s %-9s %s", p.User, p.State, p.Status)
		if !p.LastSeen.IsZero() {
			fmt.Printf(" last seen %s", p.LastSeen.Local().Format(time.DateTime))
		}
		fmt.Println()
	}
}
