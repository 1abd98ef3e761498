#!/usr/bin/env bash
# Makes internal/wire (protobuf) and codes.go (the catalogue of errors) from shared-schema/contracts.
# usage: sdk-go/generate.sh [--check]   --check changes nothing and fails when the committed files are stale
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
root=$(cd .. && pwd)
"$root/scripts/install-tools.sh" buf go
export PATH="$root/.parley/bin:$PATH"

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cat >"$out/buf.gen.yaml" <<YAML
version: v2
plugins:
  - local: protoc-gen-go
    out: $out/wire
    opt: module=github.com/parley-rtc/parley/sdk-go/internal/wire
YAML
(cd "$root/shared-schema" && buf generate --template "$out/buf.gen.yaml" --path contracts/parley/v1)

if [ "${1:-}" = --check ]; then
  diff -r "$out/wire" internal/wire >/dev/null ||
    { echo "sdk-go/internal/wire is stale: run sdk-go/generate.sh" >&2 && exit 1; }
  go run ./internal/catalogue -o "$out/codes.go"
  diff "$out/codes.go" codes.go >/dev/null || { echo "sdk-go/codes.go is stale: run sdk-go/generate.sh" >&2 && exit 1; }
  exit 0
fi
mkdir -p internal/wire
rm -f internal/wire/*.pb.go
cp "$out"/wire/*.pb.go internal/wire/
go run ./internal/catalogue -o codes.go
