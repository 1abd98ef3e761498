#!/usr/bin/env bash
# Sixteen Go clients and one in TypeScript send while sockets and the server are killed; all must end with the log.
# usage: ./parley soak chaos [-messages N] [-crashes N] [-seed N] [-json FILE]
set -euo pipefail
root=${PARLEY_ROOT:-$(cd "$(dirname "$0")/../.." && pwd)}
export PARLEY_ROOT=$root
"$root/scripts/install-tools.sh" npm >&2
# Built and then run in place of this script: whoever ends this script ends the program, and that ends the rest.
program="$root/.parley/bin/chaos"
mkdir -p "$root/.parley/bin"
go build -C "$root/load" -o "$program" ./chaos
exec "$program" "$@"
