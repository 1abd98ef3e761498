#!/usr/bin/env bash
# All Java tests and checks. Arguments go to Maven: scripts/test-java.sh -pl verticles/chat -am
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$root/scripts/jdk.sh"
find_jdk || exit 1
cd "$root" || exit 1

reports() { find . -path '*/target/*' \( -path '*/surefire-reports/*' -o -path '*/failsafe-reports/*' \) -name 'TEST-*.xml'; }
# Sums one attribute of the <testsuite> elements of all reports.
attribute() { reports | xargs -r grep -ho "<testsuite [^>]*" | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{ s += $1 } END { print s + 0 }'; }

say "java"
reports | xargs -r rm -f
bounded 3000 mvn -B -Dstyle.color=never --fail-at-end verify "$@"
status=$?
failed=$(($(attribute failures) + $(attribute errors)))
passed=$(($(attribute tests) - failed - $(attribute skipped)))
# Format, bug patterns and compile errors fail the build without failing a test.
[ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
count java "$passed" "$failed"
exit "$status"
