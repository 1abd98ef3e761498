#!/usr/bin/env bash
# The TypeScript SDK: `npm run lint` (prettier, eslint, tsc) and `npm test` of sdk-js. Arguments go to the test runner.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$root/scripts/npm-part.sh"
[ -f "$root/sdk-js/package.json" ] || exit 0
"$root/scripts/install-tools.sh" npm buf || exit 1
cd "$root/sdk-js" || exit 1

say "js"
failed=0
gate "sdk-js lint" npm run --silent lint || failed=1
npm_tests sdk-js test "$@" || failed=1
exit $failed
