// Command operator starts a server and runs a command beside it; that command, and what it starts, may call operator
// again to do what only operators and accidents do to the server.
//
//	operator run --root DIR --data DIR -- go test ./...   PARLEY_URL and PARLEY_HOOK are set for the command
//	operator token USER TTL_SECONDS ROLES TENANT          "-" = default; a negative TTL has expired
//	operator change-epoch CHANNEL [TENANT]
//	operator restart | crash
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/parley-rtc/parley/load/internal/server"
)

// controlVariable names the loopback address at which `operator run` takes orders.
const controlVariable = "PARLEY_OPERATOR"

func main() {
	err := act(os.Args[1:])
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		os.Exit(exit.ExitCode())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "operator:", err)
		os.Exit(1)
	}
}

func act(words []string) error {
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer cancel()
	switch {
	case len(words) == 0:
		return errors.New("usage: operator run|token|change-epoch|restart|crash")
	case words[0] == "run":
		return run(ctx, words[1:])
	default:
		return order(ctx, words)
	}
}

// order has the running operator do something, and prints what it answers.
func order(ctx context.Context, words []string) error {
	address := os.Getenv(controlVariable)
	if address == "" {
		return fmt.Errorf("%s is not set: this only works below `operator run`", controlVariable)
	}
	form := strings.NewReader(url.Values{"w": words}.Encode())
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, form)
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return errors.New(string(answer))
	}
	fmt.Println(string(answer))
	return nil
}

func run(ctx context.Context, arguments []string) error {
	flags := flag.NewFlagSet("run", flag.ExitOnError)
	root := flags.String("root", ".", "the repository")
	data := flags.String("data", "", "the server's data folder")
	logFile := flags.String("log", os.DevNull, "file for the server's output")
	_ = flags.Parse(arguments)
	log, err := os.Create(*logFile)
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }()
	// Tokens that live seconds must not be prolonged by the usual leeway between clocks: here there is one clock.
	node, err := server.Start(ctx, *root, *data, log, "auth.leeway=0s")
	if err != nil {
		return err
	}
	return errors.Join(beside(ctx, node, flags.Args()), node.Stop())
}

// beside runs the command and takes orders until it ends.
func beside(ctx context.Context, node *server.Server, words []string) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	control := &http.Server{Handler: orders(node), ReadHeaderTimeout: time.Minute}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = control.Serve(listener) // ends with Close
	}()
	defer func() {
		_ = control.Close()
		<-served
	}()

	self, err := os.Executable()
	if err != nil {
		return err
	}
	command := exec.CommandContext(ctx, words[0], words[1:]...) //nolint:gosec // the caller's own command
	command.Env = append(os.Environ(),
		"PARLEY_URL="+node.URL(), "PARLEY_HOOK="+self, controlVariable+"=http://"+listener.Addr().String())
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	return command.Run()
}

// orders obeys to the end, even when whoever asked does not wait for it.
func orders(node *server.Server) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		answer, err := obey(context.WithoutCancel(r.Context()), node, r.PostForm["w"])
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_, _ = io.WriteString(w, answer)
	})
}

func obey(ctx context.Context, node *server.Server, words []string) (string, error) {
	for len(words) < 5 {
		words = append(words, "-")
	}
	switch words[0] {
	case "token":
		ttl, err := strconv.Atoi(words[2])
		if err != nil {
			return "", fmt.Errorf("TTL_SECONDS: %w", err)
		}
		var roles []string
		if words[3] != "-" {
			roles = strings.Split(words[3], ",")
		}
		return node.Token(words[1], time.Duration(ttl)*time.Second, roles, given(words[4], "")), nil
	case "change-epoch":
		return "", node.ChangeEpoch(ctx, given(words[2], "default"), words[1])
	case "restart":
		return "", node.Restart(ctx)
	case "crash":
		return "", node.Crash(ctx)
	default:
		return "", fmt.Errorf("unknown order %q", words[0])
	}
}

func given(word, otherwise string) string {
	if word == "-" {
		return otherwise
	}
	return word
}
