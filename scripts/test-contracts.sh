#!/usr/bin/env bash
# The contract: linted, and compatible with the last release (shared-schema/baseline).
# After a release, scripts/test-contracts.sh --new-baseline makes the present contract the one to stay compatible with.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
baseline=baseline/parley-v1.binpb

"$root/scripts/install-tools.sh" buf || exit 1
cd "$root/shared-schema" || exit 1
if [ "${1:-}" = --new-baseline ]; then
  mkdir -p baseline && exec buf build -o "$baseline"
fi

say "contracts"
failed=0
gate "buf lint" buf lint || failed=1
gate "buf breaking" buf breaking --against "$baseline" || failed=1
exit $failed
