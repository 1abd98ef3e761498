// Package rtc sends and receives audio and video in Parley's rooms, on Pion.
//
// [Join] makes one peer connection to a media node. What is sent is given with [Options.Send]; what is received comes
// in a fixed set of slots, which the node maps to whoever should be heard and seen, so nobody's joining costs another a
// negotiation. A [Room] looks after itself: a silent path gets an ICE restart, a lost node another place, a lost
// WebSocket its events back.
//
// It is a module of its own, so that programs that only chat do not pull WebRTC in.
//
// Start at room.go (the life of a [Room]), then session.go (one placement on one node), follow.go (what the server
// tells) and recovery.go (what is done about a broken path).
package rtc
