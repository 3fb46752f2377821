"""Every setting of this desk, once: its type, its default, its limits. What a whole club shares is an operation instead."""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import msgspec

ThemeName = Literal["system", "light", "dark", "contrast"]
PrinterKind = Literal["none", "network", "file"]

FILE_NAME: Final = "settings.json"
_log = logging.getLogger(__name__)


class PrinterChoice(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where papers go. `options` differ from the defaults of `desktop.devices.printer_settings.PrinterSettings`."""

    kind: PrinterKind = "none"
    host: str = ""
    port: Annotated[int, msgspec.Meta(ge=1, le=65_535)] = 9100
    folder: str = ""
    options: dict[str, Any] = {}


class DeskSettings(msgspec.Struct, frozen=True, omit_defaults=True):
    """What people chose on this desk.

    `text_size` is percent. `window` is width, height and 1 when maximised. `scanner` differs from the defaults of
    `desktop.devices.scanner.WedgeSettings`. `first_run` holds the answers of a set-up that was left in the middle.
    """

    language: Literal["", "ru", "en"] = ""
    theme: ThemeName = "system"
    text_size: Literal[100, 125, 150, 175, 200] = 100
    window: tuple[int, int, int] = (0, 0, 0)
    printer: PrinterChoice = PrinterChoice()
    scanner: dict[str, Any] = {}
    first_run: dict[str, Any] = {}


class Settings:
    """The settings of a data folder; `change` writes at once and tells the listeners."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._listeners: list[Callable[[], None]] = []
        self._now = _read(self._path)

    @property
    def now(self) -> DeskSettings:
        """What is in force."""
        return self._now

    def change(self, **fields: Any) -> None:
        """Keep other values of the named settings. Raises OSError when they cannot be kept; they are in force all the same."""
        changed = msgspec.structs.replace(self._now, **fields)
        if changed == self._now:
            return
        self._now = changed
        for listener in tuple(self._listeners):
            listener()
        _write(self._path, changed)

    def on_change(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` after each change; the answer, called, ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)


def _read(path: Path) -> DeskSettings:
    try:
        return msgspec.json.decode(path.read_bytes(), type=DeskSettings)
    except FileNotFoundError:
        return DeskSettings()
    except (OSError, msgspec.DecodeError) as fault:
        # A damaged file of tastes must not keep a club from selling.
        _log.info("settings cannot be read and are the defaults now: %s", fault)
        return DeskSettings()


def _write(path: Path, settings: DeskSettings) -> None:
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(settings)))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
