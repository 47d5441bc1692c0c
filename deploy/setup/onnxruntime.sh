#!/bin/sh
# Puts the ONNX Runtime library into .tools/onnxruntime/lib, from the wheel pinned by hash in onnxruntime.lock.
# Does nothing when that version is there already. Needs Python 3 with pip, and no other Python package.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
lock=$here/onnxruntime.lock
target=$root/.tools/onnxruntime
python=${PYTHON:-python3}

version=$(sed -n 's/^onnxruntime==\([^ ]*\).*/\1/p' "$lock")
if [ "$(cat "$target/version" 2>/dev/null || true)" = "$version" ]; then
  exit 0
fi

fail() {
  echo "onnxruntime: $1" >&2
  exit 1
}

system="$(uname -s) $(uname -m)"
case $system in
  "Linux x86_64") platform=manylinux_2_28_x86_64 ;;
  "Linux aarch64" | "Linux arm64") platform=manylinux_2_28_aarch64 ;;
  "Darwin arm64") platform=macosx_14_0_arm64 ;;
  *) fail "there is no pinned library for $system; install ONNX Runtime $version and set ORT_DYLIB_PATH to it" ;;
esac

command -v "$python" >/dev/null 2>&1 ||
  fail "Python 3 is missing. Install it: 'sudo apt-get install python3 python3-pip', or 'brew install python'"
"$python" -m pip --version >/dev/null 2>&1 ||
  fail "Python 3 is there but has no pip. Install it: 'sudo apt-get install python3-pip', or 'brew install python'"

mkdir -p "$root/.tools"
work=$(mktemp -d "$root/.tools/download.XXXXXX")
trap 'rm -rf "$work"' EXIT
echo "onnxruntime: fetching version $version for $system"
"$python" -m pip download --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary=:all: \
  --python-version 3.12 --platform "$platform" --dest "$work" --requirement "$lock" ||
  fail "the download failed; run this again when the network is there"

# The library carries its version in its name; the folder gets the plain name that the server looks for. Files are
# completed in a folder of their own and moved in one step, so that an interrupted run leaves nothing half done.
"$python" - "$work" "$version" <<'PYTHON'
import pathlib, shutil, sys, zipfile

work, version = pathlib.Path(sys.argv[1]), sys.argv[2]
out = work / "onnxruntime"
(out / "lib").mkdir(parents=True)
[wheel] = work.glob("*.whl")
libraries = {
    f"libonnxruntime.so.{version}": "libonnxruntime.so",
    f"libonnxruntime.{version}.dylib": "libonnxruntime.dylib",
}
notices = {"LICENSE", "ThirdPartyNotices.txt"}
with zipfile.ZipFile(wheel) as archive:
    found = []
    for member in archive.namelist():
        name = pathlib.PurePosixPath(member).name
        if name in libraries:
            found.append(destination := out / "lib" / libraries[name])
        elif name in notices:
            destination = out / name
        else:
            continue
        with archive.open(member) as source, open(destination, "wb") as sink:
            shutil.copyfileobj(source, sink)
    if len(found) != 1:
        sys.exit(f"onnxruntime: {wheel.name} holds {len(found)} libraries instead of one")
(out / "version").write_text(version + "\n")
PYTHON

rm -rf "$target"
mv "$work/onnxruntime" "$target"
echo "onnxruntime: $target/lib is ready"
