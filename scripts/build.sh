#!/usr/bin/env bash
# Builds what `./parley up` runs when a source is newer than the last build: the web app, then the server that has it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$root/scripts/jdk.sh"
find_jdk
cd "$root"

# Two starts at once must not build into the same folders.
if command -v flock >/dev/null; then exec 8>"$state/build.lock" && flock -w 1200 8; fi

# Runs a build quietly, and shows what it said when it failed.
quietly() {
  local log="$state/build-$1.log"
  shift
  bounded 1200 "$@" >"$log" 2>&1 8>&- && return 0
  tail -n 60 "$log" >&2
  echo "parley: the build failed; all it said is in $log" >&2
  exit 1
}

# The stamp carries the time the build began, so a source saved while it runs counts as newer.
if [ -f sdk-js/package.json ] && [ -d sdk-js/web ] && newer_than "$state/web.stamp" sdk-js; then
  echo "parley: building the web app (only when its sources changed)" >&2
  touch "$state/web.begun"
  scripts/install-tools.sh npm >&2
  (cd sdk-js && quietly web npm run build)
  mv "$state/web.begun" "$state/web.stamp"
fi

# Deleted output counts as out of date.
[ -f verticles/app/target/app.classpath ] || rm -f "$state/app.stamp"
if newer_than "$state/app.stamp" pom.xml .mvn shared-schema media-plane control-plane verticles "$state/web.stamp"; then
  echo "parley: building the server (only when its sources changed; the first time takes a minute or two)" >&2
  touch "$state/app.begun"
  quietly app mvn -B -Dquick -DskipTests -pl verticles/app -am package
  mv "$state/app.begun" "$state/app.stamp"
fi
