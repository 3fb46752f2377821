"""The last line for bugs: every one is logged, said in plain words, and the desk stays usable."""

import json
import logging
import logging.handlers
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from desktop.store.errors import NotSaved
from shared.core.text import N_

LOG_NAME: Final = "desk.log"
LOG_BYTES_MAX: Final = 10 * 1024 * 1024
LOG_FILES_KEPT: Final = 10

BUG: Final = N_(
    "Something broke in the program. What was saved is safe; what you did just now may not be. Look, then do it again"
)

Tell = Callable[[str], None]
"""Says an English sentence marked with `N_` to the person at the desk; may be called on any thread."""

_QT_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_log = logging.getLogger(__name__)


class _JsonLines(logging.Formatter):
    """One JSON object a line: instant in milliseconds UTC, level, place, words and, for a bug, where it came from."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": round(record.created * 1000),
            "level": record.levelname.lower(),
            "where": record.name,
            "thread": record.threadName or "",
            "text": record.getMessage(),
        }
        if record.exc_info:
            line["bug"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def start_log(folder: Path) -> Path:
    """Write the program's log into `folder`, at most 11 files of 10 MiB; answers the newest file. Raises OSError."""
    path = folder / LOG_NAME
    handler = logging.handlers.RotatingFileHandler(path, maxBytes=LOG_BYTES_MAX, backupCount=LOG_FILES_KEPT, encoding="utf-8")
    handler.setFormatter(_JsonLines())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return path


class Faults:
    """Takes over every hook a bug can surface in; `release` gives them back."""

    def __init__(self, tell: Tell, quiet_seconds: float = 2.0) -> None:
        self._tell = tell
        self._quiet_seconds = quiet_seconds
        self._told_at = -quiet_seconds
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._bug
        threading.excepthook = self._bug_in_thread
        sys.unraisablehook = self._unraisable
        qInstallMessageHandler(_qt_message)

    def release(self) -> None:
        """Leave bugs to the interpreter again."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        qInstallMessageHandler(None)

    def _bug(self, kind: type[BaseException], bug: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, bug, trace)
            return
        _log.error("a bug surfaced", exc_info=(kind, bug, trace))
        if isinstance(bug, NotSaved):
            self._say(str(bug))
        else:
            self._say(BUG)

    def _bug_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._bug(args.exc_type, args.exc_value, args.exc_traceback)

    def _unraisable(self, args: "sys.UnraisableHookArgs") -> None:
        # It came while something was being thrown away; nobody was waiting for an answer.
        place = "".join(traceback.format_exception(args.exc_type, args.exc_value, args.exc_traceback))
        _log.error("a bug while cleaning up: %s\n%s", args.err_msg or "", place)

    def _say(self, sentence: str) -> None:
        # A bug in something that is painted comes again with every frame; once is enough to read.
        now = time.monotonic()
        if now - self._told_at < self._quiet_seconds:
            return
        self._told_at = now
        self._tell(sentence)


def _qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    logging.getLogger("qt").log(_QT_LEVELS.get(kind, logging.WARNING), "%s", text)
