#!/usr/bin/env bash
# Checks that Rust, Node, npm and Python with pip are there and new enough; otherwise names the command that installs them.
set -u

missing=0

# need NAME FOUND_VERSION LEAST_VERSION HINT
need() {
  local name=$1 found=$2 least=$3 hint=$4
  if [ -z "$found" ]; then
    printf '%s is missing. Install it with:\n    %s\n' "$name" "$hint" >&2
    missing=1
  elif [ "$(printf '%s\n%s\n' "$least" "$found" | sort -V | head -n 1)" != "$least" ]; then
    printf '%s %s is too old: %s or newer is needed. Install it with:\n    %s\n' "$name" "$found" "$least" "$hint" >&2
    missing=1
  fi
}

# install_hint BREW_PACKAGE APT_PACKAGES
install_hint() {
  if command -v brew >/dev/null 2>&1; then
    echo "brew install $1"
  elif command -v apt-get >/dev/null 2>&1; then
    echo "sudo apt-get update && sudo apt-get install -y $2"
  else
    echo "your system's package manager (package: $1)"
  fi
}

version_of() { "$@" 2>/dev/null | grep -oE '[0-9]+(\.[0-9]+)+' | head -n 1; }

# The version of the toolchain that rust-toolchain.toml asks for; empty where it cannot be had.
need 'Rust' "$(version_of cargo --version)" 1.95 'rustup toolchain install 1.95.0   (rustup itself: see https://rustup.rs)'
need 'A C compiler' "$(version_of cc -dumpfullversion || version_of cc --version)" 1 "$(install_hint gcc 'build-essential')"
need 'Node.js' "$(version_of node --version)" 20.19 "$(install_hint node 'nodejs npm')   (or an installer from https://nodejs.org)"
need 'npm' "$(version_of npm --version)" 10 "$(install_hint node npm)"
need 'Python' "$(version_of python3 --version)" 3.10 "$(install_hint python 'python3 python3-venv')"
need 'pip' "$(version_of python3 -m pip --version)" 21 "$(install_hint python 'python3-pip')"

exit "$missing"
