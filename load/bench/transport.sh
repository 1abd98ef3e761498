#!/usr/bin/env bash
# What moving and protecting packets costs, with both engines in one run.
# usage: ./parley bench transport [--runs N] [--json FILE]
set -euo pipefail
PARLEY_JAVA_OPTS="-Xmx1g -XX:+UseSerialGC ${PARLEY_JAVA_OPTS:-}" exec "$(dirname "$0")/../../scripts/java-class.sh" \
  media-plane/transport io.parley.media.transport.bench.TransportBench "$@"
