#!/bin/sh
# Puts the Python packages of the parity test (PyTorch among them) into .tools/venv, pinned by hash.
# Does nothing when the lock file has not changed since. Needs Python 3.10 or newer with venv.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
lock=$root/models/train/requirements.lock
venv=$root/.tools/venv
python=${PYTHON:-python3}

if cmp -s "$lock" "$venv/installed.lock"; then
  exit 0
fi

fail() {
  echo "parity: $1" >&2
  exit 1
}

command -v "$python" >/dev/null 2>&1 ||
  fail "Python 3 is missing. Install it: 'sudo apt-get install python3 python3-venv', or 'brew install python'"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
  fail "$("$python" --version) is too old: name Python 3.10 or newer in PYTHON"

rm -rf "$venv"
mkdir -p "$root/.tools"
"$python" -m venv "$venv" ||
  fail "Python cannot make a virtual environment. Install it: 'sudo apt-get install python3-venv'"
echo 'parity: fetching PyTorch and ONNX Runtime (about 3 GB on Linux x64, minutes)'
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-cache-dir --require-hashes \
  --only-binary=:all: --requirement "$lock" ||
  fail 'the packages could not be installed. Is a package index reachable?'
cp "$lock" "$venv/installed.lock"
