#!/usr/bin/env bash
# The media node has core 0; the generator and the rest of the server share core 1.
set -euo pipefail
cd "$(dirname "$0")/sfu"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/sfu" .
taskset -c 1 "$work/sfu" "$@"
