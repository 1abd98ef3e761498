#!/usr/bin/env bash
# Starts a server and has the SDKs play shared-schema/conformance against it.
# usage: scripts/conformance.sh [go|js]...   (default: both); RUN=PATTERN picks scenarios by file name
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$root/scripts/npm-part.sh"

# Plays the scenarios with one SDK: PARLEY_URL and PARLEY_HOOK are set, see load/operator.
play() {
  local log status=0
  say "conformance: $1"
  case "$1" in
    go)
      log=$(mktemp)
      bounded 1500 go test -C "$root/sdk-go" -count=1 -timeout 24m -v -run "TestConformance/${RUN:-}" \
        ./internal/conformance 2>&1 | tee "$log" | grep --line-buffered -vE '^ *=== |^PASS$'
      status=${PIPESTATUS[0]}
      # Media in rooms, which the scenarios do not speak of.
      [ -n "${RUN:-}" ] ||
        bounded 300 go test -C "$root/sdk-go/rtc" -tags live -count=1 -timeout 4m -v -run TestLive . || status=1
      count "conformance go" "$(grep -cE '^ +--- PASS' "$log")" "$(grep -cE '^ +--- FAIL' "$log")"
      rm -f "$log"
      ;;
    js) (cd "$root/sdk-js" && npm_tests "conformance js" conformance ${RUN:+-t "$RUN"}) || status=1 ;;
    *) echo "conformance: there is no SDK '$1'" >&2 && status=2 ;;
  esac
  return "$status"
}

if [ "${1:-}" = --inside ]; then
  shift
  failed=0
  for sdk in "$@"; do play "$sdk" || failed=1; done
  exit $failed
fi

[ $# -gt 0 ] || set -- go js
for sdk in "$@"; do
  [ "$sdk" != js ] || "$root/scripts/install-tools.sh" npm || exit 1
done
"$root/scripts/build.sh" || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -C "$root/load" -o "$work/operator" ./operator || exit 1
# Scenarios restart the server: each time the one that was built above.
PARLEY_AS_BUILT=1 "$work/operator" run --root "$root" --data "$work/data" --log "$state/conformance-server.log" -- \
  "$root/scripts/conformance.sh" --inside "$@"
