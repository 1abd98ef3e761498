#!/usr/bin/env bash
# Installs what the tests need and this machine lacks; does nothing when all is there. The versions are pinned here.
# usage: scripts/install-tools.sh [go|buf|npm|chromium]...   (default: all)
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

missing() { echo "parley: $1 is missing; install $2" >&2 && exit 1; }

# go_tool MODULE VERSION: builds a command into .parley/bin unless that version is there.
go_tool() {
  local name stamp
  name=$(basename "$1")
  stamp="$state/bin/.$name"
  [ -x "$state/bin/$name" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$2" ] && return 0
  command -v go >/dev/null || missing Go "Go 1.26 or newer (https://go.dev/dl)"
  echo "parley: installing $name $2 (once; compiles from source)"
  GOBIN="$state/bin" bounded 1200 go install "$1@$2"
  echo "$2" >"$stamp"
}

install_buf() { go_tool github.com/bufbuild/buf/cmd/buf v1.75.0; }

install_go() {
  go_tool mvdan.cc/gofumpt v0.12.0
  go_tool google.golang.org/protobuf/cmd/protoc-gen-go v1.36.12
  go_tool github.com/golangci/golangci-lint/v2/cmd/golangci-lint v2.15.0
}

install_npm() {
  [ -f "$root/sdk-js/package-lock.json" ] || return 0
  command -v npm >/dev/null || missing npm "Node 20 or newer (https://nodejs.org)"
  local installed="$root/sdk-js/node_modules/.package-lock.json"
  [ -e "$installed" ] && [ ! "$root/sdk-js/package-lock.json" -nt "$installed" ] && return 0
  echo "parley: npm ci in sdk-js"
  (cd "$root/sdk-js" && bounded 900 npm ci --no-audit --no-fund)
  touch "$installed"
}

install_chromium() {
  local browser
  for browser in chromium chromium-browser google-chrome; do
    command -v "$browser" >/dev/null && return 0
  done
  [ -z "${CHROMIUM:-}" ] || return 0
  command -v apt-get >/dev/null || missing Chromium "it, or set CHROMIUM to its path"
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  echo "parley: installing chromium (once)"
  bounded 300 "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive bounded 900 "${as_root[@]}" apt-get install -y -qq --no-install-recommends chromium \
    fonts-dejavu-core fonts-noto-color-emoji >/dev/null
}

[ $# -gt 0 ] || set -- buf go npm chromium
for part in "$@"; do
  case "$part" in
    buf | go | npm | chromium) "install_$part" ;;
    *) echo "install-tools: unknown part '$part'" >&2 && exit 2 ;;
  esac
done
