#!/usr/bin/env bash
# Two Chromium pages with the web app and a Go client in one channel while the server is killed with -9.
# usage: ./parley soak mainjob [-messages N] [-json FILE] [-pictures DIR]
set -euo pipefail
root=${PARLEY_ROOT:-$(cd "$(dirname "$0")/../.." && pwd)}
export PARLEY_ROOT=$root
"$root/scripts/install-tools.sh" npm chromium >&2
# Built and then run in place of this script: whoever ends this script ends the program, and that ends the rest.
program="$root/.parley/bin/acceptance"
mkdir -p "$root/.parley/bin"
go build -C "$root/load" -o "$program" ./acceptance
exec "$program" "$@"
