package livekit

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"time"
)

// Server says where a LiveKit server is, and who may enter.
type Server struct {
	URL    string // ws://, wss://, http:// or https://
	Key    string
	Secret string
}

// token lets this identity in for an hour, to publish and to subscribe.
func (s Server) token(room, identity string) string {
	now := time.Now().Unix()
	claims := fmt.Sprintf(`{"iss":%q,"sub":%q,"nbf":%d,"exp":%d,"video":{"room":%q,"roomJoin":true,`+
		`"canPublish":true,"canSubscribe":true,"canPublishData":false}}`, s.Key, identity, now-60, now+3600, room)
	encode := base64.RawURLEncoding.EncodeToString
	signed := encode([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + encode([]byte(claims))
	mac := hmac.New(sha256.New, []byte(s.Secret))
	mac.Write([]byte(signed))
	return signed + "." + encode(mac.Sum(nil))
}
