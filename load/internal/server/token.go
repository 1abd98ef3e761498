package server

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"time"
)

func newSecret() string { return rand.Text() + rand.Text() }

// Token is a token of user for ttl from now; a negative ttl makes one that has expired. Empty tenant = the server's
// own.
func (s *Server) Token(user string, ttl time.Duration, roles []string, tenant string) string {
	now := time.Now()
	claims := map[string]any{"sub": user, "iat": min(now.Unix(), now.Add(ttl).Unix()), "exp": now.Add(ttl).Unix()}
	if len(roles) > 0 {
		claims["roles"] = roles
	}
	if tenant != "" {
		claims["tenant"] = tenant
	}
	encode := base64.RawURLEncoding.EncodeToString
	body, err := json.Marshal(claims)
	if err != nil {
		panic(err) // strings and numbers always are JSON
	}
	signed := encode([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + encode(body)
	mac := hmac.New(sha256.New, []byte(s.secret))
	mac.Write([]byte(signed))
	return signed + "." + encode(mac.Sum(nil))
}
