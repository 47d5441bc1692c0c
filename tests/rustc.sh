#!/usr/bin/env bash
# The compiler of the workspace's own crates while they are tested, called by cargo with the name of the real one first. Clippy is a driver of
# the compiler: it lints and builds in one go, where `cargo clippy` would have every library checked once more. What has tests in itself
# runs for seconds and takes minutes to optimise: it is not. The libraries and the binary that tests use are those that ship.
set -euo pipefail
for argument in "$@"; do
  [ "$argument" != --test ] || exec clippy-driver "$@" -Copt-level=0
done
exec clippy-driver "$@"
