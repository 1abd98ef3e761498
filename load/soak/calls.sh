#!/usr/bin/env bash
# Four Chromium pages and two Go clients in one room, once for each video codec: who decodes whom, and how well.
# usage: ./parley soak calls [-codecs VP8,VP9,H264,AV1] [-pages N] [-members N] [-hold 6s] [-json FILE] [-pictures DIR]
set -euo pipefail
root=${PARLEY_ROOT:-$(cd "$(dirname "$0")/../.." && pwd)}
export PARLEY_ROOT=$root
"$root/scripts/install-tools.sh" npm chromium >&2
# Built and then run in place of this script: whoever ends this script ends the program, and that ends the rest.
program="$root/.parley/bin/calls"
mkdir -p "$root/.parley/bin"
go build -C "$root/load/acceptance/calls" -o "$program" .
exec "$program" "$@"
