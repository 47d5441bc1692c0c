#!/usr/bin/env bash
# PyTorch, Python's onnxruntime and a running server must agree on every activation of the shipped networks.
set -euo pipefail
cd "$(dirname "$0")/.."

data=$(mktemp -d)
target/release/convocation serve --listen 127.0.0.1:0 --data "$data" --models models >"$data/out.log" 2>"$data/err.log" &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; rm -rf "$data"' EXIT

for _ in $(seq 100); do
  url=$(sed -n 's/^listening on //p' "$data/out.log")
  [ -n "$url" ] && break
  kill -0 "$server" 2>/dev/null || { cat "$data/err.log" >&2; exit 1; }
  sleep 0.1
done
[ -n "$url" ] || { echo 'the server did not say where it listens within 10 s' >&2; exit 1; }

for network in models/*/network.toml; do
  .tools/venv/bin/python models/parity/parity.py --server "$url" --network "$(dirname "$network")"
done
