package conformance

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/parley-rtc/parley/sdk-go"
)

// Environment is the live server and the program that acts as its operator.
type Environment struct {
	URL  string
	Hook string
}

// world is what one scenario acts on.
type world struct {
	env      Environment
	run      string
	names    map[string]bool   // names that mean channels
	channels map[string]string // ids that differ from NAME-RUN
	people   map[string]*person

	mu      sync.Mutex
	results map[string]any
	pages   map[string]parley.HistoryPage
}

// Run plays a scenario; the error names the step that failed.
func Run(ctx context.Context, env Environment, scenario Scenario) error {
	w := &world{
		env: env, run: strings.ToLower(rand.Text()[:8]), names: map[string]bool{}, channels: map[string]string{},
		people: map[string]*person{}, results: map[string]any{}, pages: map[string]parley.HistoryPage{},
	}
	defer w.close()
	for _, raw := range scenario.Steps {
		var step Step
		if err := strictly(raw, &step); err == nil || step.Channel != "" {
			w.names[step.Channel] = true
		}
	}
	for i, raw := range scenario.Steps {
		step, err := w.resolve(raw)
		if err == nil {
			err = w.play(ctx, step)
		}
		if err != nil {
			return fmt.Errorf("step %d %s: %w", i+1, raw, err)
		}
	}
	for name, p := range w.people {
		if err := p.check(); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (w *world) close() {
	for _, p := range w.people {
		p.close()
	}
}

var reference = regexp.MustCompile(`\{([A-Za-z][A-Za-z0-9_.-]*)\}`)

// resolve replaces references by what they stand for. {i} stays: it belongs to repeated patterns.
func (w *world) resolve(raw json.RawMessage) (*Step, error) {
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		return nil, err
	}
	tree, err := w.replace(tree)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(tree)
	if err != nil {
		return nil, err
	}
	step := &Step{}
	return step, strictly(text, step)
}

func (w *world) replace(tree any) (any, error) {
	var failed error
	switch node := tree.(type) {
	case map[string]any:
		for key, value := range node {
			node[key], failed = w.replace(value)
			if failed != nil {
				return nil, failed
			}
		}
	case []any:
		for i, value := range node {
			node[i], failed = w.replace(value)
			if failed != nil {
				return nil, failed
			}
		}
	case string:
		if whole := reference.FindStringSubmatch(node); whole != nil && whole[0] == node && whole[1] != "i" {
			return w.lookUp(whole[1])
		}
		out := reference.ReplaceAllStringFunc(node, func(found string) string {
			name := found[1 : len(found)-1]
			if name == "i" {
				return found
			}
			value, err := w.lookUp(name)
			failed = errors.Join(failed, err)
			return fmt.Sprint(value)
		})
		return out, failed
	}
	return tree, nil
}

func (w *world) lookUp(name string) (any, error) {
	first, path, deeper := strings.Cut(name, ".")
	if !deeper {
		if w.names[name] {
			return w.channelID(name), nil
		}
		return w.user(name), nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	value := w.results[first]
	for part := range strings.SplitSeq(path, ".") {
		fields, _ := value.(map[string]any)
		value = fields[part]
	}
	if value == nil {
		return nil, fmt.Errorf("there is no {%s}", name)
	}
	return value, nil
}

// user turns a short name into a user id; what is an id or "@channel" stays.
func (w *world) user(name string) string {
	if strings.HasPrefix(name, "@") || strings.HasSuffix(name, "-"+w.run) {
		return name
	}
	return name + "-" + w.run
}

func (w *world) users(names []string) []parley.UserID {
	out := make([]parley.UserID, len(names))
	for i, name := range names {
		out[i] = parley.UserID(w.user(name))
	}
	return out
}

func (w *world) channelID(name string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if id := w.channels[name]; id != "" {
		return id
	}
	return name + "-" + w.run
}

// messageID turns the name of a kept message into its id; what is no such name stays.
func (w *world) messageID(name string) parley.MessageID {
	w.mu.Lock()
	defer w.mu.Unlock()
	if message, ok := w.results[name].(map[string]any); ok {
		return parley.MessageID(fmt.Sprint(message["id"]))
	}
	return parley.MessageID(name)
}

// operate runs the hook.
func (w *world) operate(ctx context.Context, arguments ...string) (string, error) {
	output, err := exec.CommandContext(ctx, w.env.Hook, arguments...).Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = fmt.Errorf("%w: %s", err, exit.Stderr)
		}
		return "", fmt.Errorf("hook %v: %w", arguments, err)
	}
	return strings.TrimSpace(string(output)), nil
}

// closes counts the sockets that the server has closed with this code, as its metrics tell.
func (w *world) closes(ctx context.Context, code int) (float64, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, w.env.URL+"/metrics", http.NoBody)
	if err != nil {
		return 0, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	defer func() { _ = response.Body.Close() }()
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() {
		if count, found := strings.CutPrefix(lines.Text(), fmt.Sprintf("parley_gateway_closes_total{code=%q} ",
			strconv.Itoa(code))); found {
			return strconv.ParseFloat(count, 64)
		}
	}
	return 0, lines.Err() // it has closed none yet
}

func (w *world) token(ctx context.Context, user string, ttlSeconds int, roles []string, tenant string) (string, error) {
	named := strings.Join(roles, ",")
	if named == "" {
		named = "-"
	}
	if tenant == "" {
		tenant = "-"
	}
	return w.operate(ctx, "token", user, strconv.Itoa(ttlSeconds), named, tenant)
}

// play does one step and compares what came of it.
func (w *world) play(ctx context.Context, step *Step) error {
	do, known := steps[step.Do]
	if !known {
		return fmt.Errorf("unknown step %q", step.Do)
	}
	if step.Detached {
		w.people[step.Client].detach(func() error { return w.once(ctx, do, step) })
		return nil
	}
	if !step.Eventually {
		return w.once(ctx, do, step)
	}
	ctx, cancel := context.WithTimeout(ctx, step.within())
	defer cancel()
	for {
		err := w.once(ctx, do, step)
		if err == nil || ctx.Err() != nil {
			return err
		}
		if pause(ctx, 50*time.Millisecond) != nil {
			return err
		}
	}
}

func (w *world) once(ctx context.Context, do action, step *Step) error {
	ctx, cancel := context.WithTimeout(ctx, step.within())
	defer cancel()
	result, err := do(ctx, w, step)
	if step.Error != "" {
		return refused(step, err)
	}
	if err != nil {
		return err
	}
	value := plain(result)
	if step.As != "" {
		w.mu.Lock()
		w.results[step.As] = value
		w.mu.Unlock()
	}
	if step.Expect == nil {
		return nil
	}
	return match(step.Expect, value, step.Do)
}

// refused checks that a step ended with the error it should.
func refused(step *Step, err error) error {
	var refusal *parley.Error
	if !errors.As(err, &refusal) {
		return fmt.Errorf("ended with %v instead of %s", err, step.Error) //nolint:errorlint // it may be nil
	}
	if refusal.Name != step.Error {
		return fmt.Errorf("ended with %w instead of %s", err, step.Error)
	}
	if step.Expect == nil {
		return nil
	}
	return match(step.Expect, plain(errorView(refusal)), "error")
}

// pause waits for d; the suite runs in real time, and only repeated questions wait like this.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// expand writes repeated event patterns out.
func expand(patterns []any) []any {
	var out []any
	for _, pattern := range patterns {
		fields, _ := pattern.(map[string]any)
		times, repeated := fields["$repeat"].(float64)
		if !repeated {
			out = append(out, pattern)
			continue
		}
		for i := range int(times) {
			out = append(out, numbered(pattern, strconv.Itoa(i+1)))
		}
	}
	return out
}

func numbered(tree any, i string) any {
	switch node := tree.(type) {
	case map[string]any:
		out := make(map[string]any, len(node))
		for key, value := range node {
			if key != "$repeat" {
				out[key] = numbered(value, i)
			}
		}
		return out
	case []any:
		out := slices.Clone(node)
		for at, value := range out {
			out[at] = numbered(value, i)
		}
		return out
	case string:
		return strings.ReplaceAll(node, "{i}", i)
	default:
		return tree
	}
}

// upstream is the host and port of the server.
func (w *world) upstream() (string, error) {
	address, err := url.Parse(w.env.URL)
	if err != nil {
		return "", err
	}
	return address.Host, nil
}
