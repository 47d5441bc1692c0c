#!/usr/bin/env bash
# Format, lints and every test, one stage after the other; the first failing stage ends it. The last lines are test counts.
# Run it through `make test`, which does the set-up that it relies on.
set -euo pipefail
cd "$(dirname "$0")/.."

logs=target/test-logs
mkdir -p "$logs"
passed=0
summary=()

# stage NAME COMMAND…: runs it with its output shown and kept, adds what its runner counted.
stage() {
  local name=$1 log="$logs/${1// /-}.log" began=$SECONDS count
  shift
  printf '\n== %s\n' "$name"
  if ! "$@" 2>&1 | tee "$log"; then
    printf '\n%s failed after %d s. Its output is in %s\n' "$name" $((SECONDS - began)) "$log" >&2
    printf '%d passed, 1 failed\n' "$passed"
    exit 1
  fi
  count=$(count_passed <"$log")
  passed=$((passed + count))
  summary+=("$(printf '%-28s %4d s %6s' "$name" $((SECONDS - began)) "$([ "$count" -gt 0 ] && echo "$count" || echo -)")")
}

# The sum of what cargo ('test result: ok. 3 passed'), vitest ('Tests  3 passed'), node ('pass 3') and our own scripts
# ('3 passed, 0 failed') say.
count_passed() {
  sed 's/\x1b\[[0-9;]*m//g' | awk '
    /^test result: ok\. [0-9]+ passed/ { n += $4 }
    /^ +Tests +[0-9]+ passed/ { n += $2 }
    /^(#|ℹ) pass [0-9]+/ { n += $3 }
    /^[0-9]+ passed, 0 failed/ { n += $1 }
    END { print n + 0 }'
}

# Chromium comes from the system; Debian's package is installed where it is missing and that is allowed.
need_chromium() {
  [ -n "${CHROMIUM:-}" ] || CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
  if [ -z "$CHROMIUM" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium
    CHROMIUM=$(command -v chromium)
  fi
  if [ -z "$CHROMIUM" ]; then
    echo 'The end-to-end tests need Chromium. Install it (Debian: sudo apt-get install chromium) or name it in CHROMIUM.' >&2
    return 1
  fi
  "$CHROMIUM" --version
}

stage 'Chromium' need_chromium
CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
export CHROMIUM

# PyTorch is large: it downloads while Rust compiles.
models/parity/setup.sh >"$logs/parity-setup.log" 2>&1 &
parity_setup=$!
parity_ready() { wait "$parity_setup" || { cat "$logs/parity-setup.log"; return 1; }; }

stage 'licences' python3 tests/licences.py
stage 'Rust format' cargo fmt --all --check
stage 'frontend format and lint' npm --prefix frontend run --silent lint
stage 'frontend types' npm --prefix frontend run --silent check
stage 'frontend unit tests' npm --prefix frontend run --silent test
# Not `make build`: what the tests' tools ask of shared crates would have sixty of them compiled twice. `cargo test` builds the binary
# for the browser tests, too.
stage 'frontend build' make --no-print-directory frontend
stage 'Rust lints' cargo clippy --release --workspace --all-targets --locked --quiet -- -D warnings
stage 'Rust tests' cargo test --release --workspace --locked --quiet
parity_ready
stage 'code behind the networks' .tools/venv/bin/python -m pytest -q -p no:cacheprovider models/train models/tiny-example
stage 'network parity' tests/parity.sh
stage 'deployment' deploy/check.sh
stage 'end to end' npm --prefix frontend run --silent e2e

printf '\n%-28s %6s %6s\n' stage time tests
printf '%s\n' "${summary[@]}"
printf '\n%d passed, 0 failed\n' "$passed"
