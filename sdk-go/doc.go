// Package parley is the client library of Parley, a self-hosted platform for real-time communication.
//
// A [Client] is one connection that looks after itself: it reconnects with jitter, continues every stream where it
// stopped, refreshes its token on the open socket, and repeats unanswered commands with the same idempotency key, so an
// effect happens once however often the connection drops.
//
//	client, err := parley.Connect(ctx, parley.Options{URL: "http://127.0.0.1:8080", Token: parley.StaticToken(token)})
//	if err != nil {
//		return err
//	}
//	defer client.Close()
//
//	room := client.Channel("general")
//	events, err := room.Subscribe(ctx, parley.SubscribeOptions{})
//	if err != nil {
//		return err
//	}
//	if _, err := room.Send(ctx, parley.Draft{Text: "hello"}); err != nil {
//		return err
//	}
//	for event, err := range events.All(ctx) {
//		if err != nil {
//			return err
//		}
//		if created, ok := event.Body.(parley.MessageCreated); ok {
//			fmt.Println(created.Message.Text)
//		}
//	}
//
// Where to look: client.go (connecting), channel.go and members.go (channels), messages.go, history.go, readstate.go,
// timeline.go (a live view with optimistic sends), subscription.go and events.go (what happens), presence.go, users.go,
// errors.go with the generated codes.go (what can go wrong), transport.go and clock.go (what tests replace). Inside:
// session.go decides when to connect again, link.go is one socket, calls.go repeats commands, stream.go keeps
// positions.
package parley
