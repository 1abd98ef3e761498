# Sourced by test-js.sh and test-web.sh: runs one npm script of sdk-js and counts what its test runner reports.

# npm_tests NAME SCRIPT ARGS...: understands the closing lines of vitest, node --test and Playwright.
npm_tests() {
  local name=$1 script=$2 log status passed failed
  shift 2
  log=$(mktemp)
  bounded 1800 npm run --silent "$script" -- "$@" 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  sed -E $'s/\x1b\\[[0-9;]*[A-Za-z]//g' "$log" >"$log.plain"
  passed=$(reported pass "$log.plain")
  failed=$(reported fail "$log.plain")
  rm -f "$log" "$log.plain"
  [ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
  count "$name" "$passed" "$failed"
  return "$status"
}

# What the three runners say of "pass" or "fail": "Tests  1 failed | 3 passed (4)", "# pass 3", "  3 passed (2s)".
reported() {
  local vitest node playwright
  vitest=$(sum_matches "^ *Tests  (.*[ |])?([0-9]+) $1ed.*$" "$2" 2)
  node=$(sum_matches "^(#|ℹ) $1 ([0-9]+)$" "$2" 2)
  playwright=$(sum_matches "^ +([0-9]+) $1ed( \(.*)?$" "$2")
  echo $((vitest + node + playwright))
}

# True when sdk-js/package.json has the script.
npm_has() { node -e 'process.exit(require("./package.json").scripts?.[process.argv[1]] ? 0 : 1)' "$1"; }
