#!/usr/bin/env bash
# Every Go module: gofumpt, golangci-lint, tests with the race detector.
# Arguments go to go test: scripts/test-go.sh -run Send
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root" || exit 1

modules=$(find sdk-go load -name go.mod -not -path '*/node_modules/*' -exec dirname {} \; 2>/dev/null)
[ -n "$modules" ] || exit 0
"$root/scripts/install-tools.sh" go || exit 1
log=$(mktemp) && trap 'rm -f "$log"' EXIT

failed=0
formatted() { [ -z "$(gofumpt -l . | grep -v '\.pb\.go$' | tee /dev/stderr)" ]; }
for module in $modules; do
  say "go: $module"
  pushd "$module" >/dev/null || exit 1
  export -f formatted
  gate "$module gofumpt" bash -c formatted || failed=1
  gate "$module golangci-lint" golangci-lint run ./... || failed=1
  bounded 1800 go test -race -timeout 25m -v "$@" ./... 2>&1 | tee "$log" |
    grep --line-buffered -vE '^ *(=== |--- (PASS|SKIP)|PASS$)'
  status=${PIPESTATUS[0]}
  bad=$(grep -cE '^ *--- FAIL' "$log")
  [ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
  count "$module" "$(grep -cE '^ *--- PASS' "$log")" "$bad"
  [ "$status" -eq 0 ] || failed=1
  popd >/dev/null || exit 1
done
exit $failed
