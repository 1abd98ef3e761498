package server

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"
)

// ChangeEpoch gives the stream of a channel a new epoch in the database, as a restored backup would, and restarts the
// server, which may have remembered the old one.
func (s *Server) ChangeEpoch(ctx context.Context, tenant, channel string) error {
	address, err := s.database()
	if err != nil {
		return err
	}
	connection, err := pgx.Connect(ctx, address)
	if err != nil {
		return fmt.Errorf("connect to the database: %w", err)
	}
	const change = `UPDATE channel SET epoch = substr(md5(random()::text), 1, 16) WHERE tenant = $1 AND id = $2`
	changed, err := connection.Exec(ctx, change, tenant, channel)
	if closeErr := connection.Close(ctx); err == nil {
		err = closeErr
	}
	if err != nil {
		return fmt.Errorf("change the epoch: %w", err)
	}
	if changed.RowsAffected() != 1 {
		return fmt.Errorf("there is no channel %s in tenant %s", channel, tenant)
	}
	return s.Restart(ctx)
}

// database is the address of the embedded PostgreSQL: its port is on the fourth line of postmaster.pid, its password
// in a file of its own.
func (s *Server) database() (string, error) {
	pid, err := os.ReadFile(filepath.Join(s.data, "postgres", "postmaster.pid"))
	if err != nil {
		return "", fmt.Errorf("find the database: %w", err)
	}
	lines := strings.Split(string(pid), "\n")
	if len(lines) < 4 {
		return "", fmt.Errorf("find the database: postmaster.pid has %d lines", len(lines))
	}
	password, err := os.ReadFile(filepath.Join(s.data, "postgres.password"))
	if err != nil {
		return "", fmt.Errorf("open the database: %w", err)
	}
	where := "@127.0.0.1:" + strings.TrimSpace(lines[3]) + "/postgres"
	return "postgresql://postgres:" + strings.TrimSpace(string(password)) + where, nil
}
