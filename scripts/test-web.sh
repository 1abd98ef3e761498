#!/usr/bin/env bash
# The web app in a real Chromium: `npm run test:web` of sdk-js. Arguments go to the test runner.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$root/scripts/npm-part.sh"
[ -f "$root/sdk-js/package.json" ] || exit 0
"$root/scripts/install-tools.sh" npm chromium || exit 1
cd "$root/sdk-js" || exit 1
npm_has test:web || exit 0

say "web"
"$root/scripts/build.sh" || { count web 0 1; exit 1; }
npm_tests web test:web "$@"
