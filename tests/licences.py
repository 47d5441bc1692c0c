"""Checks that every library the product is built from has a licence that permits its use. Not legal advice: a name check.

Reads `cargo metadata` and the lock file of the frontend. A licence expression passes when one of its alternatives (`OR`)
consists only of permitted licences.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

PERMITTED = {
    "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0",
    "CC0-1.0", "CDLA-Permissive-2.0", "ISC", "MIT", "MIT-0", "NCSA", "Python-2.0", "Unicode-3.0", "Unlicense", "Zlib",
}
# Weak copyleft, used unmodified as build-time or data packages only.
PERMITTED_IN_TOOLS = {"MPL-2.0", "CC-BY-4.0"}

# Packages that name no licence in their metadata but carry one, or belong to a package that does: read by a person.
READ_BY_HAND = {"@inlang/plugin-message-format": "MIT", "sqlite-wasm-kysely": "MIT"}

ROOT = Path(__file__).resolve().parent.parent


def permitted(expression: str, extra: frozenset[str] = frozenset()) -> bool:
    """Whether one alternative of an SPDX expression (also the old form `MIT/Apache-2.0`) is permitted as a whole."""
    allowed = PERMITTED | extra
    parts = re.sub(r"[()]", " ", expression.replace("/", " OR "))
    return any(
        all(licence.strip() in allowed for licence in alternative.split(" AND "))
        for alternative in parts.split(" OR ")
    )


def crates() -> list[tuple[str, str, bool]]:
    """Name, licence and whether it is a tool only, for each crate."""
    command = ["cargo", "metadata", "--format-version=1", "--locked"]
    packages = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)["packages"]
    return [(f"{p['name']} {p['version']}", p["license"] or "none", False) for p in packages]


def npm_packages() -> list[tuple[str, str, bool]]:
    """The same for each package of the frontend."""
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text())["packages"]
    return [(path, p.get("license") or read_by_hand(path), bool(p.get("dev"))) for path, p in packages.items() if path]


def read_by_hand(path: str) -> str:
    """The licence of a package whose metadata is silent."""
    name = path.removeprefix("node_modules/")
    return next((licence for known, licence in READ_BY_HAND.items() if name.startswith(known)), "none")


def main() -> int:
    everything = crates() + npm_packages()
    refused = [
        (name, licence)
        for name, licence, tool in everything
        if not permitted(licence, frozenset(PERMITTED_IN_TOOLS) if tool else frozenset())
    ]
    for name, licence in refused:
        print(f"{name}: licence {licence!r} is not in the list of permitted ones", file=sys.stderr)
    print(f"{len(everything) - len(refused)} libraries have a permissive licence")
    print(f"{0 if refused else 1} passed, {1 if refused else 0} failed")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
