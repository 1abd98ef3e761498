module github.com/parley-rtc/parley/sdk-go

go 1.25.0

require (
	github.com/coder/websocket v1.8.15
	google.golang.org/protobuf v1.36.12
)
