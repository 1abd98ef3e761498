#!/usr/bin/env bash
# Both SDKs play the scenarios of shared-schema/conformance against a live server.
exec "$(dirname "${BASH_SOURCE[0]}")/conformance.sh" "$@"
