package node

import (
	"context"
	"errors"
	"net"
)

// Unlimited takes the rate limits out of the way: they are not what is measured.
func Unlimited() []string {
	var settings []string
	for _, name := range []string{"user", "read", "write", "send", "auth", "address"} {
		settings = append(settings, "limits."+name+"=900000000/60s burst 900000000")
	}
	return settings
}

// FreePort is a TCP port that nobody listens on at the moment.
func FreePort(ctx context.Context) (string, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	_, port, err := net.SplitHostPort(listener.Addr().String())
	return port, errors.Join(err, listener.Close())
}
