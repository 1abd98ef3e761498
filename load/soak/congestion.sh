#!/usr/bin/env bash
# A receiver behind a link of 300 kbit/s to 5 Mbit/s with loss: does the media node use it, without a queue? Needs root.
# usage: ./parley soak congestion [-steps KBITS,...] [-losses PERCENT,...] [-seed N] [-json FILE] [-picture FILE.svg]
set -euo pipefail
root=${PARLEY_ROOT:-$(cd "$(dirname "$0")/../.." && pwd)}
export PARLEY_ROOT=$root
# Built and then run in place of this script: whoever ends this script ends the program, and that ends the rest.
program="$root/.parley/bin/congestion"
mkdir -p "$root/.parley/bin"
go build -C "$root/load/bench/sfu" -o "$program" ./congestion
exec "$program" "$@"
