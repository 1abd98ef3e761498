# Sourced by the scripts: where things are, bounded runs, and the tally that `./parley test` ends with.
root=${root:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
state="$root/.parley"
export PATH="$state/bin:$PATH"
mkdir -p "$state/bin"
# One line per part, "NAME PASSED FAILED"; ./parley test starts it empty and adds it up at the end.
tally=${PARLEY_TALLY:-$state/tally}

say() { printf '\n== %s\n' "$*"; }

# Adds to the tally: NAME PASSED FAILED.
count() { echo "$1 $2 $3" >>"$tally"; }

# Runs a command for at most SECONDS; macOS has no timeout command, so there it runs unbounded.
bounded() {
  local seconds=$1
  shift
  if command -v timeout >/dev/null; then timeout --kill-after=10 "$seconds" "$@"; else "$@"; fi
}

# One check that either holds or does not (a linter, a formatter): counted as one, prints its output only when it fails.
gate() {
  local name=$1 out
  shift
  if out=$(bounded 900 "$@" 2>&1); then
    echo "ok    $name"
    count "$name" 1 0
  else
    printf '%s\nFAIL  %s\n' "$out" "$name"
    count "$name" 0 1
    return 1
  fi
}

# Sums what group number $3 (default 1) of an extended pattern finds on the lines of file $2; 0 when nothing matches.
sum_matches() {
  sed -nE "s/$1/\\${3:-1}/p" "$2" | awk '{ total += $1 } END { print total + 0 }'
}

# True when a file below the given paths is newer than the stamp (or there is no stamp).
newer_than() {
  local stamp=$1
  shift
  [ -e "$stamp" ] || return 0
  [ -n "$(find "$@" \( -name target -o -name node_modules -o -name dist -o -path '*/src/test' \) -prune \
    -o -type f -newer "$stamp" -print -quit 2>/dev/null)" ]
}
