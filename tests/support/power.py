"""A disk that can lose its power: the file operations of a real process, recorded, and what may be left of them.

What was written stays in doubt until its file was synced, what was named until its folder was. A loss of power keeps any part
of what is in doubt, in sectors of 512 bytes.
"""

import random
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

SECTOR = 512
_CALLS = (
    "openat,creat,close,lseek,write,pwrite64,writev,pwritev,sendfile,copy_file_range,ftruncate,fallocate,fdatasync,fsync,"
    "rename,renameat,renameat2,unlink,unlinkat,link,linkat,mkdir,mkdirat,rmdir"
)
_BLIND = {"writev", "pwritev", "sendfile", "copy_file_range", "fallocate", "creat"}
_LINE = re.compile(r"^(\d+) +(.*)$")
_RESUMED = re.compile(r"^<\.\.\. (\w+) resumed>(.*)$")
_CALL = re.compile(r"^(\w+)\((.*)\) += (-?\d+|\?)")
_FD = re.compile(r"^(\d+)<((?:\\x[0-9a-f]{2})*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')

Kind = Literal["write", "truncate", "sync", "sync_folder", "make", "rename", "remove", "link", "say"]
Fate = Literal["lost", "kept", "some", "torn"]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a process did. `size` is the new length of a truncated file, `said` a line on its standard output."""

    kind: Kind
    path: str = ""
    offset: int = 0
    data: bytes = b""
    size: int = 0
    target: str = ""

    @property
    def said(self) -> str:
        return self.data.decode()


def record(command: list[str], folder: Path, workplace: Path) -> list[Step]:
    """Run a process under strace and answer what it did inside a folder and what it said."""
    assert shutil.which("strace"), "strace is missing. Install it: sudo apt-get install -y --no-install-recommends strace"
    trace = workplace / "trace"
    ran = subprocess.run(
        ["strace", "-f", "-y", "-xx", "-s", "1000000", "-e", f"trace={_CALLS}", "-e", "signal=none", "-o", str(trace), *command],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    with trace.open(encoding="ascii", errors="replace") as lines:
        return list(_Reader(str(folder)).steps(lines))


class _Reader:
    """Turns the words of strace into steps."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._begun: dict[str, str] = {}
        self._positions: dict[str, int] = {}
        self._appending: set[str] = set()
        self._sizes: dict[str, int] = {}

    def steps(self, lines: Iterable[str]) -> Iterator[Step]:
        for line in lines:
            matched = _LINE.match(line)
            if matched is None:
                continue
            process, rest = matched.groups()
            if rest.endswith("<unfinished ...>"):
                self._begun[process] = rest.removesuffix("<unfinished ...>").rstrip()
                continue
            if resumed := _RESUMED.match(rest):
                rest = self._begun.pop(process, "") + resumed.group(2)
            call = _CALL.match(rest)
            if call is None or call.group(3).startswith(("-", "?")):
                continue
            yield from self._step(call.group(1), call.group(2), int(call.group(3)))

    def _step(self, name: str, arguments: str, answer: int) -> Iterator[Step]:
        described = _FD.match(arguments)
        number, path = (described.group(1), _plain(described.group(2)).decode()) if described else ("", "")
        texts = [_plain(text) for text in _TEXT.findall(arguments)]
        if name == "write" and number == "1":
            yield from (Step("say", data=line) for line in texts[0].splitlines())
        elif name == "openat":
            yield from self._opened(texts[0].decode(), arguments, answer)
        elif name.startswith(("rename", "unlink", "link", "mkdir", "rmdir")):
            yield from self._named(name, [text.decode() for text in texts])
        elif self._is_ours(path):
            if name in _BLIND:
                raise AssertionError(f"the recorder does not understand {name} on {path}")
            yield from self._on_file(name, number, path, arguments, texts, answer)

    def _opened(self, path: str, arguments: str, number: int) -> Iterator[Step]:
        if not self._is_ours(path):
            return
        self._positions[str(number)] = 0
        self._appending.discard(str(number))
        if "O_APPEND" in arguments:
            self._appending.add(str(number))
        if "O_CREAT" in arguments and path not in self._sizes:
            self._sizes[path] = 0
            yield Step("make", path)
        if "O_TRUNC" in arguments:
            self._sizes[path] = 0
            yield Step("truncate", path)

    def _named(self, name: str, paths: list[str]) -> Iterator[Step]:
        if not self._is_ours(paths[0]):
            return
        if name.startswith("rename"):
            self._sizes[paths[1]] = self._sizes.pop(paths[0], 0)
            yield Step("rename", paths[0], target=paths[1])
        elif name.startswith("link"):
            self._sizes[paths[1]] = self._sizes.get(paths[0], 0)
            yield Step("link", paths[0], target=paths[1])
        elif name.startswith("unlink"):
            self._sizes.pop(paths[0], None)
            yield Step("remove", paths[0])

    def _on_file(self, name: str, number: str, path: str, arguments: str, texts: list[bytes], answer: int) -> Iterator[Step]:
        if name in ("fsync", "fdatasync"):
            yield Step("sync" if path in self._sizes else "sync_folder", path)
        elif name == "ftruncate":
            self._sizes[path] = int(arguments.rsplit(",", 1)[1])
            yield Step("truncate", path, size=self._sizes[path])
        elif name == "lseek":
            self._positions[number] = answer
        elif name == "write":
            offset = self._sizes.get(path, 0) if number in self._appending else self._positions.get(number, 0)
            yield self._written(path, offset, texts[0][:answer])
            self._positions[number] = offset + answer
        elif name == "pwrite64":
            yield self._written(path, int(arguments.rsplit(",", 1)[1]), texts[0][:answer])

    def _written(self, path: str, offset: int, data: bytes) -> Step:
        self._sizes[path] = max(self._sizes.get(path, 0), offset + len(data))
        return Step("write", path, offset, data)

    def _is_ours(self, path: str) -> bool:
        return path.startswith(self._folder + "/") or path == self._folder


@dataclass
class File:
    """What is on the disk for sure, and what is in doubt, in order."""

    sure: bytearray = field(default_factory=bytearray)
    doubtful: list[Step] = field(default_factory=list)

    def sync(self) -> None:
        for step in self.doubtful:
            _apply(self.sure, step)
        self.doubtful.clear()

    def left(self, fate: Fate, chance: random.Random) -> bytes:
        """What a loss of power may leave."""
        content = bytearray(self.sure)
        share = chance.choice((0.2, 0.5, 0.8))
        for number, step in enumerate(self.doubtful):
            if fate == "lost":
                break
            if fate == "torn" and number == len(self.doubtful) - 1:
                cut = len(step.data) // 2 // SECTOR * SECTOR
                _apply(content, Step(step.kind, offset=step.offset, data=step.data[:cut], size=step.size))
            elif fate == "some":
                for part in _sectors(step):
                    if chance.random() < share:
                        _apply(content, part)
            else:
                _apply(content, step)
        return bytes(content)


class Disk:
    """Files and names of one folder, sure and doubtful."""

    def __init__(self) -> None:
        self._files: list[File] = []
        self._names: dict[str, int] = {}
        self._sure_names: dict[str, int] = {}
        self._doubtful_names: list[dict[str, int]] = []

    def do(self, step: Step) -> None:
        """One more thing happened."""
        match step.kind:
            case "write" | "truncate":
                self._files[self._names[step.path]].doubtful.append(step)
            case "sync":
                self._files[self._names[step.path]].sync()
            case "sync_folder":
                self._sync_names(step.path)
            case "make":
                self._files.append(File())
                self._name(self._names | {step.path: len(self._files) - 1})
            case "rename":
                moved = self._names[step.path]
                self._name({name: file for name, file in self._names.items() if name != step.path} | {step.target: moved})
            case "link":
                self._name(self._names | {step.target: self._names[step.path]})
            case "remove":
                self._name({name: file for name, file in self._names.items() if name != step.path})

    def left(self, fate: Fate, chance: random.Random) -> dict[str, bytes]:
        """The files that a loss of power may leave, by name."""
        possible = [self._sure_names, *self._doubtful_names]
        names = possible[0] if fate == "lost" else possible[-1] if fate in ("kept", "torn") else chance.choice(possible)
        return {name: self._files[file].left(fate, chance) for name, file in names.items()}

    def _name(self, names: dict[str, int]) -> None:
        self._names = names
        self._doubtful_names.append(names)

    def _sync_names(self, folder: str) -> None:
        """Names directly in one folder are sure now; those elsewhere stay as they were."""

        def within(name: str) -> bool:
            return name.rsplit("/", 1)[0] == folder

        def mixed(others: dict[str, int]) -> dict[str, int]:
            here = {name: file for name, file in self._names.items() if within(name)}
            return {name: file for name, file in others.items() if not within(name)} | here

        self._sure_names = mixed(self._sure_names)
        self._doubtful_names = [mixed(names) for names in self._doubtful_names]


def _plain(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _apply(content: bytearray, step: Step) -> None:
    if step.kind == "truncate":
        if step.size <= len(content):
            del content[step.size :]
        else:
            content.extend(bytes(step.size - len(content)))
        return
    if step.offset > len(content):
        content.extend(bytes(step.offset - len(content)))
    content[step.offset : step.offset + len(step.data)] = step.data


def _sectors(step: Step) -> Iterator[Step]:
    if step.kind == "truncate":
        yield step
        return
    for at in range(0, len(step.data), SECTOR):
        yield Step("write", offset=step.offset + at, data=step.data[at : at + SECTOR])
