"""Secrets of a desk stay where they are and stay the same."""

import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from desktop.config import secrets
from shared.core.errors import Refusal

DEVICE = "00000000-0000-7000-8000-0000000000d1"


def test_a_pepper_is_made_once(tmp_path: Path) -> None:
    first = secrets.pin_pepper(secrets.open_secrets(tmp_path, DEVICE, keyring_allowed=False))
    again = secrets.pin_pepper(secrets.open_secrets(tmp_path, DEVICE, keyring_allowed=False))
    assert first == again
    assert len(first) == secrets.PEPPER_BYTES


def test_a_file_of_secrets_is_for_its_user_alone_and_says_so(tmp_path: Path) -> None:
    kept = secrets.open_secrets(tmp_path, DEVICE, keyring_allowed=False)
    secrets.pin_pepper(kept)
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600
    assert "keyring" in kept.warning


def test_a_device_key_signs_what_its_public_half_verifies() -> None:
    key = secrets.device_key(secrets.MemorySecrets())
    Ed25519PublicKey.from_public_bytes(secrets.public_key(key)).verify(secrets.sign(key, b"heads"), b"heads")


def test_damaged_secrets_are_refused_and_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text("{", encoding="utf-8")
    with pytest.raises(Refusal):
        secrets.open_secrets(tmp_path, DEVICE, keyring_allowed=False)
    assert (tmp_path / "secrets.json").read_text(encoding="utf-8") == "{"
