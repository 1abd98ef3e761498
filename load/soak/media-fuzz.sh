#!/usr/bin/env bash
# Attacks every parser of media-plane/rtp; ends with the packet when an exception escapes or the heap grows.
# usage: ./parley soak media-fuzz [SECONDS, 600 by default] [SEED]
set -euo pipefail
root=${PARLEY_ROOT:-$(cd "$(dirname "$0")/../.." && pwd)}
source "$root/scripts/jdk.sh"
find_jdk
cd "$root"
mvn -B -q -Dquick -pl media-plane/rtp -am test-compile >&2
classes=media-plane/rtp/target
exec "$JAVA_HOME/bin/java" -Xmx256m -XX:+UseSerialGC -cp "$classes/classes:$classes/test-classes" \
  io.parley.media.rtp.fuzz.RtpFuzzSoak "$@"
