#!/usr/bin/env bash
# Format, lints and every test; a failing stage ends it. The last lines are test counts.
# Run it through `make test`, which does the set-up that it relies on.
set -euo pipefail
cd "$(dirname "$0")/.."

logs=target/test-logs
mkdir -p "$logs"
summary=$logs/summary
: >"$summary"

# stage NAME COMMAND…: runs it with its output shown and kept, and notes what its runner counted.
stage() {
  local name=$1 log="$logs/${1// /-}.log" began=$SECONDS
  shift
  printf '\n== %s\n' "$name"
  if ! "$@" 2>&1 | tee "$log"; then
    printf '\n%s failed after %d s. Its output is in %s\n' "$name" $((SECONDS - began)) "$log"
    return 1
  fi
  printf '%-28s %4d s %6d\n' "$name" $((SECONDS - began)) "$(count_passed <"$log")" >>"$summary"
}

count_all() { awk '{ n += $NF } END { print n + 0 }' "$summary"; }

finish() {
  local code=$?
  if [ "$code" != 0 ]; then
    [ -z "${beside:-}" ] || kill -- "-$beside" 2>/dev/null || true
    printf '%d passed, 1 failed\n' "$(count_all)"
  fi
}
trap finish EXIT

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

stage 'licences' python3 tests/licences.py
stage 'Rust format' cargo fmt --all --check
# Not `make build`: what the tests' tools ask of shared crates would have sixty of them compiled twice. `cargo test` builds the binary
# for the browser tests, too.
stage 'frontend build' make --no-print-directory frontend

# Most of these use one core, and PyTorch has to be downloaded: they run beside the Rust compiler, and are shown when they are done.
beside() {
  models/parity/setup.sh >"$logs/parity-setup.log" 2>&1 &
  stage 'frontend format and lint' npm --prefix frontend run --silent lint
  stage 'frontend types' npm --prefix frontend run --silent check
  # With the words that the stage before it compiled.
  stage 'frontend unit tests' npm --prefix frontend run --silent units
  wait $! || { cat "$logs/parity-setup.log"; return 1; }
  stage 'code behind the networks' .tools/venv/bin/python -m pytest -q -p no:cacheprovider models/train models/tiny-example
}
set -m
(set +m; beside) >"$logs/beside.log" 2>&1 </dev/null &
beside=$!
set +m

# `--all-targets` leaves documentation tests out: there are none. Threads have room for the larger frames of tests that are not optimised.
rust() {
  CLIPPY_ARGS=-Dwarnings__CLIPPY_HACKERY__ RUSTC_WORKSPACE_WRAPPER=$PWD/tests/rustc.sh RUST_MIN_STACK=$((8 << 20)) \
    cargo test --release --workspace --all-targets --locked --quiet
}
stage 'Rust lints and tests' rust

joined=0
wait "$beside" || joined=$?
cat "$logs/beside.log"
beside=
[ "$joined" = 0 ] || exit 1

stage 'network parity' tests/parity.sh
stage 'deployment' deploy/check.sh
stage 'end to end' npm --prefix frontend run --silent e2e

printf '\n%-28s %6s %6s\n' stage time tests
cat "$summary"
printf '\n%d passed, 0 failed\n' "$(count_all)"
