#!/usr/bin/env bash
# Two Chromium pages and a Go client in one channel while the server is killed with -9.
# usage: ./parley soak mainjob [-messages N] [-json FILE]
set -euo pipefail
root=${PARLEY_ROOT:-$(cd "$(dirname "$0")/../.." && pwd)}
export PARLEY_ROOT=$root
"$root/scripts/install-tools.sh" npm chromium >&2
(cd "$root/sdk-js" && npm run --silent build -w @parley/client >&2)
cd "$root/load" && exec go run ./acceptance "$@"
