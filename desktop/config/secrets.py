"""Secrets of this desk: in the system's keyring where there is one, else in a file only its user can read.

Where they were put first they stay; a second set made by mistake would lock everybody out.
"""

import base64
import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import msgspec

from desktop.config.paths import APP_NAME
from shared.core.errors import Refusal
from shared.core.text import N_

PIN_PEPPER = "pin_pepper"
DEVICE_KEY = "device_key"
PEPPER_BYTES = 32
_PROBE = "probe"


class Secrets(Protocol):
    """A place for secrets."""

    @property
    def warning(self) -> str:
        """What a person should know about this place; an English sentence marked with `N_`, or empty."""

    def get(self, name: str) -> bytes | None:
        """A secret, or None when it was never put. Raises Refusal when the place does not answer."""

    def put(self, name: str, value: bytes) -> None:
        """Keep a secret. Raises Refusal when the place does not answer."""


class MemorySecrets:
    """Secrets that end with the process; for tests."""

    warning = ""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        return self._kept.get(name)

    def put(self, name: str, value: bytes) -> None:
        self._kept[name] = value


class FileSecrets:
    """A file beside the database, readable by its user alone."""

    warning = N_("This system has no keyring, so the desk's keys lie in its data folder. Keep that folder private")

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, name: str) -> bytes | None:
        value = _read(self._path).get(name)
        return None if value is None else base64.b64decode(value)

    def put(self, name: str, value: bytes) -> None:
        _write(self._path, _read(self._path) | {name: base64.b64encode(value).decode()})


class KeyringSecrets:
    """The system's keyring, under the name of this device."""

    warning = ""

    def __init__(self, device: str) -> None:
        self._device = device

    def get(self, name: str) -> bytes | None:
        import keyring  # its start-up looks for every backend of the system

        try:
            value = keyring.get_password(APP_NAME, f"{self._device}:{name}")
        except keyring.errors.KeyringError as fault:
            raise _locked() from fault
        return None if value is None else base64.b64decode(value)

    def put(self, name: str, value: bytes) -> None:
        import keyring  # as above

        try:
            keyring.set_password(APP_NAME, f"{self._device}:{name}", base64.b64encode(value).decode())
        except keyring.errors.KeyringError as fault:
            raise _locked() from fault


def open_secrets(folder: Path, device: str, *, keyring_allowed: bool = True) -> Secrets:
    """The place of this desk's secrets. Raises Refusal when they are in a keyring that does not answer."""
    path = folder / "secrets.json"
    kept = _read(path)
    if kept.get("kept_in") == "keyring":
        return KeyringSecrets(device)
    if not kept and keyring_allowed and _keyring_works(device):
        _write(path, {"kept_in": "keyring"})
        return KeyringSecrets(device)
    return FileSecrets(path)


def pin_pepper(secrets: Secrets) -> bytes:
    """What is mixed into every PIN before it is hashed, made at the first start; 32 bytes. Raises Refusal."""
    return _kept_or_made(secrets, PIN_PEPPER, lambda: os.urandom(PEPPER_BYTES))


def device_key(secrets: Secrets) -> bytes:
    """The private Ed25519 key of this device, made at the first start; 32 raw bytes. Raises Refusal."""
    return _kept_or_made(secrets, DEVICE_KEY, lambda: os.urandom(32))


def public_key(private: bytes) -> bytes:
    """The public half of a device key; 32 raw bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # a start of the desk needs none of it

    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def sign(private: bytes, data: bytes) -> bytes:
    """The Ed25519 signature of `data`; 64 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # as above

    return Ed25519PrivateKey.from_private_bytes(private).sign(data)


def _kept_or_made(secrets: Secrets, name: str, make: Callable[[], bytes]) -> bytes:
    kept = secrets.get(name)
    if kept is None:
        kept = make()
        secrets.put(name, kept)
    return kept


def _keyring_works(device: str) -> bool:
    """Whether a keyring keeps what it is given: some systems have one that only refuses."""
    import keyring  # as above

    try:
        keyring.set_password(APP_NAME, f"{device}:{_PROBE}", _PROBE)
        works = keyring.get_password(APP_NAME, f"{device}:{_PROBE}") == _PROBE
        keyring.delete_password(APP_NAME, f"{device}:{_PROBE}")
    except (keyring.errors.KeyringError, RuntimeError, OSError):
        return False
    return works


def _read(path: Path) -> dict[str, str]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, str])
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.DecodeError) as fault:
        raise Refusal("secrets_unreadable", N_("The file {file} cannot be read. Put back its backup"), file=str(path)) from fault


def _write(path: Path, kept: dict[str, str]) -> None:
    """Write a new file beside the old one and swap them, so that a loss of power leaves one of both."""
    fresh = path.with_suffix(".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(msgspec.json.encode(kept))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _locked() -> Refusal:
    return Refusal("keyring_locked", N_("The system's keyring does not answer. Unlock it and start the program again"))
