# Sourced by test-js.sh and test-web.sh: runs one npm script of sdk-js and counts what its test runner reports.

# npm_tests NAME SCRIPT ARGS...: understands the closing lines of vitest, node --test and Playwright.
npm_tests() {
  local name=$1 script=$2 log status passed failed
  shift 2
  log=$(mktemp)
  bounded 1800 npm run --silent "$script" -- "$@" 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  sed -E $'s/\x1b\\[[0-9;]*[A-Za-z]//g' "$log" >"$log.plain"
  passed=$(sum_matches '^ *Tests .* ([0-9]+) passed.*$' "$log.plain")
  failed=$(sum_matches '^ *Tests .* ([0-9]+) failed.*$' "$log.plain")
  passed=$((passed + $(sum_matches '^(#|ℹ) pass ([0-9]+)$' "$log.plain" 2) + $(sum_matches '^ +([0-9]+) passed( \(.*)?$' "$log.plain")))
  failed=$((failed + $(sum_matches '^(#|ℹ) fail ([0-9]+)$' "$log.plain" 2) + $(sum_matches '^ +([0-9]+) failed$' "$log.plain")))
  rm -f "$log" "$log.plain"
  [ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
  count "$name" "$passed" "$failed"
  return "$status"
}

# True when sdk-js/package.json has the script.
npm_has() { node -e 'process.exit(require("./package.json").scripts?.[process.argv[1]] ? 0 : 1)' "$1"; }
