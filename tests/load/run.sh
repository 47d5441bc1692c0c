#!/usr/bin/env bash
# Measures 1,000 followers on this machine three times, each on a fresh server, and fails when the median misses the target.
# Flags go to the load client: tests/load/run.sh --followers 300
set -euo pipefail
cd "$(dirname "$0")/../.."

readonly RUNS=3
readonly TARGET_MS=50

cargo build --release --locked --quiet -p convocation-load
work=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

for run in $(seq "$RUNS"); do
  target/release/convocation serve --listen 127.0.0.1:0 --data "$work/data-$run" --qr never --log warn >"$work/out" &
  server=$!
  until address=$(sed -n 's/^listening on //p;q' "$work/out") && [[ -n $address ]]; do
    kill -0 "$server" || { echo 'The server did not start.' >&2; exit 1; }
    sleep 0.1
  done
  echo "Run $run of $RUNS"
  target/release/convocation-load --server "$address" --pid "$server" "$@" | tee "$work/run-$run"
  kill "$server"
  wait "$server" || true
  server=
done

median=$(sed -n 's/^command to last screen: .* p99 \([0-9.]*\) ms.*/\1/p' "$work"/run-* | sort -n | sed -n "$(((RUNS + 1) / 2))p")
echo "Median p99 from command to last screen: $median ms (target: at most $TARGET_MS ms)"
awk -v median="$median" -v target="$TARGET_MS" 'BEGIN { exit !(median <= target) }'
