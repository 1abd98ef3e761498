module github.com/parley-rtc/parley/load

go 1.25.0

require (
	github.com/jackc/pgx/v5 v5.7.6
	github.com/parley-rtc/parley/sdk-go v0.0.0-00010101000000-000000000000
)

require (
	github.com/coder/websocket v1.8.15 // indirect
	github.com/jackc/pgpassfile v1.0.0 // indirect
	github.com/jackc/pgservicefile v0.0.0-20240606120523-5a60cdf6a761 // indirect
	golang.org/x/crypto v0.37.0 // indirect
	golang.org/x/text v0.24.0 // indirect
	google.golang.org/protobuf v1.36.12 // indirect
)

replace github.com/parley-rtc/parley/sdk-go => ../sdk-go
