#!/usr/bin/env bash
# What forwarding one packet costs inside the media node, without encryption and system calls, in virtual time.
set -euo pipefail
cd "$PARLEY_ROOT"
mvn -q -Dquick -pl media-plane/sfu -am test -Dtest=ForwardBench
sed -nE 's/.*(receivers=[0-9]+ .*)/\1/p' media-plane/sfu/target/surefire-reports/TEST-*.ForwardBench.xml
