#!/usr/bin/env bash
# Runs a class from the test sources of a module, such as a benchmark; PARLEY_JAVA_OPTS adds JVM flags.
# usage: scripts/java-class.sh verticles/chat io.parley.chat.SendBench ARGS
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$root/scripts/jdk.sh"
[ $# -ge 2 ] || { sed -n '2,3p' "$0" >&2 && exit 2; }
find_jdk
module=$1
shift
(cd "$root" && bounded 1200 mvn -B -q -Dquick -DskipTests -pl "$module" -am package dependency:build-classpath \
  -DincludeScope=test -Dmdep.outputFile=target/test.classpath >&2)
target="$root/$module/target"
# shellcheck disable=SC2086 # the options are words
exec "$JAVA_HOME/bin/java" "@$root/verticles/app/jvm.options" ${PARLEY_JAVA_OPTS:-} -Dparley.root="$root" \
  -cp "$target/test-classes:$target/classes:$(cat "$target/test.classpath")" "$@"
