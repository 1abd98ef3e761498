package conformance

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/parley-rtc/parley/sdk-go"
)

const tokenLifeSeconds = 3600

var networkSteps = map[string]action{
	"connect": connect,
	"guest":   guest,
	"close": asked(func(_ context.Context, w *world, s *Step, client *parley.Client) (any, error) {
		client.Close()
		delete(w.people, s.Client)
		return nil, nil //nolint:nilnil // nothing to show
	}),
	"kill":  onNetwork((*proxy).kill),
	"cut":   onNetwork((*proxy).cut),
	"heal":  onNetwork((*proxy).heal),
	"stall": onNetwork((*proxy).stall),
	"reconnected": onPerson(func(ctx context.Context, _ *Step, p *person) error {
		return p.await(ctx, func() error {
			if p.hellos <= p.hellosSeen {
				return errors.New("did not say hello again")
			}
			p.hellosSeen = p.hellos
			return nil
		})
	}),
	"sameSession": onPerson(func(_ context.Context, _ *Step, p *person) error {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.hellos != p.hellosSeen {
			return errors.New("connected anew")
		}
		return nil
	}),
	"awaitRefresh": onPerson(func(ctx context.Context, _ *Step, p *person) error {
		return p.await(ctx, func() error {
			if p.tokens <= p.tokensSeen {
				return errors.New("asked for no token")
			}
			p.tokensSeen = p.tokens
			return nil
		})
	}),
	"ended": onPerson(func(ctx context.Context, s *Step, p *person) error {
		return p.await(ctx, func() error {
			at := slices.Index(p.endings, s.Code)
			if at < 0 {
				return fmt.Errorf("connections ended with %v", p.endings)
			}
			p.endings = p.endings[at+1:]
			return nil
		})
	}),
	"withholdTokens": onPerson(func(_ context.Context, _ *Step, p *person) error {
		p.note(func() { p.tokensFlow = make(chan struct{}) })
		return nil
	}),
	"giveTokens": onPerson(func(_ context.Context, _ *Step, p *person) error {
		p.note(func() { close(p.tokensFlow) })
		return nil
	}),
	"awaitState": onPerson(awaitState),
	"settle":     onPerson(func(ctx context.Context, _ *Step, p *person) error { return p.settle(ctx) }),
	"changeEpoch": func(ctx context.Context, w *world, s *Step) (any, error) {
		return w.operate(ctx, "change-epoch", w.channelID(s.Channel))
	},
	"restart": func(ctx context.Context, w *world, _ *Step) (any, error) { return w.operate(ctx, "restart") },
	"crash":   func(ctx context.Context, w *world, _ *Step) (any, error) { return w.operate(ctx, "crash") },
}

func onPerson(do func(ctx context.Context, s *Step, p *person) error) action {
	return func(ctx context.Context, w *world, s *Step) (any, error) {
		p := w.people[s.Client]
		if p == nil {
			return nil, fmt.Errorf("%q has not connected", s.Client)
		}
		return nil, do(ctx, s, p)
	}
}

func onNetwork(do func(*proxy)) action {
	return onPerson(func(_ context.Context, _ *Step, p *person) error {
		do(p.proxy)
		return nil
	})
}

func connect(ctx context.Context, w *world, s *Step) (any, error) {
	p, err := w.newcomer(s)
	if err != nil {
		return nil, err
	}
	user := s.User
	if user == "" {
		user = s.Client
	}
	life := tokenLifeSeconds
	if s.TTLSeconds != nil {
		life = *s.TTLSeconds
	}
	var kept string
	provider := func(ctx context.Context) (string, error) {
		ttl := life
		p.mu.Lock()
		first, flow := p.tokens == 0, p.tokensFlow
		p.mu.Unlock()
		select {
		case <-flow:
		case <-ctx.Done():
			return "", ctx.Err()
		}
		if first && s.FirstTTLSeconds != nil {
			ttl = *s.FirstTTLSeconds
		}
		defer p.note(func() { p.tokens++ })
		if kept != "" && s.FixedToken {
			return kept, nil
		}
		token, err := w.token(ctx, w.user(user), ttl, s.Roles, s.Tenant)
		kept = token
		return token, err
	}
	return w.enter(ctx, p, provider)
}

func guest(ctx context.Context, w *world, s *Step) (any, error) {
	p, err := w.newcomer(s)
	if err != nil {
		return nil, err
	}
	made, err := parley.CreateGuest(ctx, p.proxy.url(), text(s.Name))
	if err != nil {
		return nil, err
	}
	return w.enter(ctx, p, parley.StaticToken(made.Token))
}

func (w *world) newcomer(s *Step) (*person, error) {
	upstream, err := w.upstream()
	if err != nil {
		return nil, err
	}
	p, err := newPerson(upstream)
	if err != nil {
		return nil, err
	}
	if before := w.people[s.Client]; before != nil {
		before.close()
	}
	p.cancel = func() {}
	w.people[s.Client] = p
	return p, nil
}

func (w *world) enter(ctx context.Context, p *person, provider parley.TokenProvider) (any, error) {
	client, err := parley.Connect(ctx, parley.Options{URL: p.proxy.url(), Token: provider, OnState: p.onState})
	if err != nil {
		return nil, err
	}
	// Connect returns when the state is known to everybody, so the first hello is counted.
	p.mu.Lock()
	p.sdk, p.hellosSeen, p.tokensSeen = client, p.hellos, p.tokens
	p.mu.Unlock()
	return object{"userId": client.UserID(), "sessionId": client.Session().ID}, nil
}

func awaitState(ctx context.Context, s *Step, p *person) error {
	err := p.await(ctx, func() error {
		if state := p.sdk.State().String(); state != s.State {
			return fmt.Errorf("is %s", state)
		}
		return nil
	})
	if err != nil || s.State != parley.Closed.String() {
		return err
	}
	<-p.sdk.Done()
	if s.Error != "" {
		return p.sdk.Err()
	}
	return nil
}
