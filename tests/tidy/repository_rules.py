"""What may not lie in the repository at all."""

import re
from collections.abc import Iterator

from tests.tidy.source import Complaint, Source

# The names are put together here, for this file is held to its own rule.
REGISTRY_HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"), ("python" + "hosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com"), ("unpkg", "com"),
        ("jsdelivr", "net"), ("deb", "debian", "org"), ("security", "debian", "org"), ("packages", "debian", "org"),
        ("ftp", "debian", "org"), ("archive", "ubuntu", "com"), ("anaconda", "org"), ("crates", "io"), ("proxy", "golang", "org"),
    )
)  # fmt: skip
MACHINE_PATH = re.compile(
    r"(?<![\w.])/(?:home|Users)/\w|(?<![\w.~])/(?:root|work)/|(?<![\w.])/opt/(?:pypi|wheels)|\b[A-Z]:\\Users\\"
)
THIRD_PARTY_SUFFIXES = (
    ".ttf",
    ".otf",
    ".woff",
    ".woff2",
    ".js",
    ".svg",
    ".whl",
    ".gz",
    ".zip",
    ".mo",
    ".so",
    ".dll",
    ".exe",
    ".db",
)
# Written here, not taken from others; each is made to be read.
OWN_WORK = ("sync_server/dashboard/static/", "resources/own/")
FORBIDDEN_FILES = ("uv.lock", "poetry.lock", "yarn.lock", "package-lock.json")


def names_no_registry(source: Source) -> Iterator[Complaint]:
    """No file names the host of a package registry: every machine has its own way there."""
    for number, line in enumerate(source.lines, 1):
        for host in REGISTRY_HOSTS:
            if host in line.lower():
                yield number, f"names {host}"


def names_no_machine(source: Source) -> Iterator[Complaint]:
    """No file names a folder of one person's machine."""
    for number, line in enumerate(source.lines, 1):
        found = MACHINE_PATH.search(line)
        if found:
            yield number, f"names {found.group()}"


def is_text(source: Source) -> Iterator[Complaint]:
    """A text ends with a newline and carries no carriage returns."""
    if source.text and not source.text.endswith("\n"):
        yield len(source.lines), "no newline at the end"
    if "\r" in source.text:
        yield 1, "carriage returns"


def foreign_files(paths: tuple[str, ...]) -> list[str]:
    """Files that belong to others or are made by a tool, and so are not committed."""
    names = [path for path in paths if path.rpartition("/")[2] in FORBIDDEN_FILES]
    return names + [path for path in paths if path.endswith(THIRD_PARTY_SUFFIXES) and not path.startswith(OWN_WORK)]


RULES = (names_no_registry, names_no_machine, is_text)
