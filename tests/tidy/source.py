"""The files of the repository as the rules see them: every file is read once, every Python file parsed once."""

import ast
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT_SUFFIXES = {
    "", ".py", ".md", ".toml", ".txt", ".lock", ".yml", ".yaml", ".po", ".pot", ".mako", ".html", ".css", ".json", ".ini", ".cfg",
    ".sh", ".tsv", ".csv", ".in", ".desktop", ".service", ".conf",
}  # fmt: skip
Complaint = tuple[int, str]


@dataclass(frozen=True)
class Source:
    """One file: its path inside the repository, with forward slashes, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed module; empty for what is not Python."""
        return ast.parse(self.text if self.is_python else "")

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the module, walked once for all rules."""
        return list(ast.walk(self.tree))

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file."""
        return self.text.splitlines()

    @property
    def is_python(self) -> bool:
        """Whether this is Python."""
        return self.path.endswith(".py")

    @property
    def is_product(self) -> bool:
        """Whether this is part of what users run."""
        return self.is_python and self.under("desktop/", "shared/", "sync_server/", "migrations/")

    def under(self, *places: str) -> bool:
        """Whether the file is one of these places: folders end in a slash, files do not."""
        return any(self.path.startswith(place) if place.endswith("/") else self.path == place for place in places)


Rule = Callable[[Source], Iterator[Complaint]]


@cache
def listed_files() -> tuple[str, ...]:
    """Every file that is in git or would come in with the next commit."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return tuple(sorted(path for path in set(listing.split("\0")) if path and (ROOT / path).is_file()))


@cache
def repository() -> tuple[Source, ...]:
    """Every text file of the repository."""
    paths = [path for path in listed_files() if Path(path).suffix in TEXT_SUFFIXES]
    return tuple(Source(path, (ROOT / path).read_text(encoding="utf-8")) for path in paths)


def dotted(node: ast.AST) -> str:
    """`a.b.c` for a name or attribute, the empty text for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = dotted(node.value)
        return f"{base}.{node.attr}" if base else node.attr
    return ""


def imported(node: ast.AST) -> list[str]:
    """The full names that an import statement brings in; empty for other nodes."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module or ''}.{alias.name}" for alias in node.names]
    return []


def is_within(name: str, *modules: str) -> bool:
    """Whether a full name is one of these modules or lies in it."""
    return any(name == module or name.startswith(f"{module}.") for module in modules)
