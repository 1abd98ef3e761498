#!/usr/bin/env bash
# All Java tests and checks. Arguments go to Maven: scripts/test-java.sh -pl verticles/chat -am
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$root/scripts/jdk.sh"
find_jdk || exit 1
cd "$root" || exit 1

reports() { find . -name 'TEST-*.xml' -path '*/target/*-reports/*'; }

# Sums one attribute of the <testsuite> elements of all reports.
attribute() {
  reports | xargs -r grep -h '^<testsuite ' |
    sed -nE "s/.* $1=\"([0-9]+)\".*/\1/p" | awk '{ total += $1 } END { print total + 0 }'
}

say "java"
reports | xargs -r rm -f
gate "java format (fix: ./parley format)" mvn -B -q spotless:check
format=$?
# A failed test does not stop the modules that build on its module; the tally below fails the run. A test process that
# crashes still fails Maven itself.
bounded 3000 mvn -B -Dstyle.color=never --fail-at-end -Dspotless.check.skip -Dmaven.test.failure.ignore verify "$@"
status=$?
failed=$(($(attribute failures) + $(attribute errors)))
passed=$(($(attribute tests) - failed - $(attribute skipped)))
# Compile errors and bug patterns fail the build without failing a test.
[ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
count java "$passed" "$failed"
[ "$format" -eq 0 ] && [ "$status" -eq 0 ] && [ "$failed" -eq 0 ]
