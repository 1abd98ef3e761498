#!/usr/bin/env bash
# Starts a server and has the SDKs play shared-schema/conformance against it.
# usage: scripts/conformance.sh [go|js]... (default: all that are there); RUN=PATTERN picks scenarios by file name
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$root/scripts/jdk.sh"
find_jdk
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ "${1:-}" = --inside ]; then # beside the server: PARLEY_URL and PARLEY_HOOK are set
  shift
  failed=0
  for sdk in "$@"; do
    say "conformance: $sdk"
    case "$sdk" in
      go) play=(go test -C "$root/sdk-go" -race -count=1 -timeout 20m -v -run "TestConformance/${RUN:-}" ./internal/conformance) ;;
      js) play=(npm --prefix "$root/sdk-js" run --silent conformance) ;;
      *) echo "conformance: unknown SDK '$sdk'" >&2 && exit 2 ;;
    esac
    bounded 1500 "${play[@]}" || failed=1
  done
  exit $failed
fi

[ $# -gt 0 ] || set -- go $(grep -q '"conformance"' "$root/sdk-js/package.json" 2>/dev/null && echo js)
"$root/scripts/build.sh" || exit 1
go build -C "$root/load" -o "$work/operator" ./operator || exit 1
mkdir -p "$state"
"$work/operator" run --root "$root" --data "$work/data" --log "$state/conformance-server.log" -- \
  "$root/scripts/conformance.sh" --inside "$@"
