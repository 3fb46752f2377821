"""Compile the one hashed lock from the ranges of pyproject.toml, and see that it names no package registry."""

import re
from pathlib import Path

from build_scripts.machine import LOCK, PYTHON, ROOT, NotReady, call, install_uv, network_environment, say


def compile_lock(arguments: list[str]) -> None:
    """Write the lock for every system and Python the project supports; further arguments go to uv (`--upgrade`)."""
    install_uv()
    say("Compiling the lock")
    command: list[str | Path] = [
        PYTHON, "-m", "uv", "pip", "compile", "pyproject.toml", "--all-extras", "--universal", "--python-version", "3.11",
        "--generate-hashes", "--no-emit-index-url", "--no-annotate", "--quiet",
        "--custom-compile-command", "python3 build_scripts/dev.py lock", "--output-file", LOCK.relative_to(ROOT), *arguments,
    ]  # fmt: skip
    call(command, "Compiling the lock", network_environment())
    addresses = re.findall(r"\w+://\S+|@ \S+|^-.*", LOCK.read_text(encoding="utf-8"), flags=re.MULTILINE)
    if addresses:
        raise NotReady(f"The lock must pin by version and hash alone, and it holds {addresses[0]}")
