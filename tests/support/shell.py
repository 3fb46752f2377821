"""The real shell in a process of its own: lines in, lines out, and a kill at any moment."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).resolve().parents[2]


class Died(Exception):
    """The process ended before it answered."""


def run_desk(*arguments: str | Path, given: bytes = b"", language: str = "en") -> subprocess.CompletedProcess[bytes]:
    """One run of `clubkassa-desk` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "desktop", *map(str, arguments)],
        input=given, capture_output=True, cwd=ROOT, env=_environment(language), check=False, timeout=300,
    )  # fmt: skip


class ShellProcess:
    """`clubkassa-desk shell` on a folder; `under` is the head of a command that watches it."""

    def __init__(self, folder: Path, *arguments: str, under: Sequence[str] = ()) -> None:
        self._process = subprocess.Popen(
            [*under, sys.executable, "-m", "desktop", "shell", "--data-dir", str(folder), *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=_environment("en"),
        )  # fmt: skip

    def __enter__(self) -> "ShellProcess":
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self.end()
        self._close()

    def send(self, line: bytes) -> None:
        """Write one line. Raises Died."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError as gone:
            raise Died from gone

    def answer(self) -> dict[str, Any]:
        """The next line. Raises Died when there is none, or only a part of one."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):
            raise Died
        answer: dict[str, Any] = msgspec.json.decode(line)
        return answer

    def ask(self, **asked: Any) -> dict[str, Any]:
        """One request and its answer. Raises Died."""
        self.send(msgspec.json.encode(asked))
        return self.answer()

    def ok(self, **asked: Any) -> Any:
        """One request that must be answered ok."""
        answer = self.ask(**asked)
        assert "ok" in answer, f"{asked} was answered {answer}"
        return answer["ok"]

    def do(self, command: str, op: str | None = None, **args: Any) -> Any:
        """One command that must be answered ok."""
        return self.ok(do=command, args=args, **({"op": op} if op else {}))

    def kill(self) -> None:
        """End it at once, whatever it is doing."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def end(self) -> tuple[int, bytes]:
        """End of input; answers the exit code and what was complained about."""
        _, complaints = self._process.communicate(timeout=60)
        return self._process.returncode, complaints

    def _close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None and not pipe.closed:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue  # the last line never left; the process is gone


def _environment(language: str) -> dict[str, str]:
    # No keyring: a test leaves nothing in the system of whoever runs it.
    return os.environ | {
        "LC_ALL": f"{language}.UTF-8",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "PYTHONUNBUFFERED": "1",
        "QT_QPA_PLATFORM": "offscreen",
    }
