"""PINs and recovery codes as they may be kept: mixed with a key of this desk, then bcrypt.

Both take a tenth of a second on purpose; never call them on the UI thread or on the writer's.
"""

import base64
import hashlib
import hmac
import os
import threading

import bcrypt

from desktop.config.secrets import Secrets, pin_pepper
from shared.staff.rules import HashedPin, check_pin

ROUNDS = 10
CODE_GROUPS = 5
CODE_GROUP_LETTERS = 4
_CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that nobody takes for one another on paper: no 0, 1, I, O."""
_SALT_BYTES = 16
_STANDARD = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_BCRYPT = b"./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_TO_BCRYPT = bytes.maketrans(_STANDARD, _BCRYPT)


class Pins:
    """Hashes and compares with the pepper of one desk."""

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets
        # Two threads must not make two peppers at the first start.
        self._making = threading.Lock()
        self._pepper = b""

    def hash_pin(self, pin: str, once: str = "") -> HashedPin:
        """A checked PIN as it is kept. Raises Refusal for one too short or too plain, or when the keyring is locked.

        `once`: the operation that will carry it; the same PIN for the same operation gives the same hash, so a
        request that is sent again is the same request.
        """
        return HashedPin(self._hash(check_pin(pin), once), len(pin))

    def hash_code(self, code: str) -> str:
        """A recovery code as it is kept."""
        return self._hash(_plain(code), "")

    def matches(self, pin: str, kept: str) -> bool:
        """Whether a PIN is the one behind a hash. Raises Refusal when the keyring is locked."""
        try:
            return bcrypt.checkpw(self._mixed(pin), kept.encode())
        except ValueError:
            return False  # a hash of another scheme matches nothing

    def code_matches(self, code: str, kept: str) -> bool:
        """Whether a recovery code is the one behind a hash, however it was typed."""
        return self.matches(_plain(code), kept)

    def _hash(self, secret: str, once: str) -> str:
        return bcrypt.hashpw(self._mixed(secret), self._salt(once)).decode()

    def _mixed(self, secret: str) -> bytes:
        digest = hmac.digest(self._key(), secret.encode(), hashlib.sha256)
        return base64.b64encode(digest)  # bcrypt stops at a zero byte and at 72

    def _key(self) -> bytes:
        with self._making:
            self._pepper = self._pepper or pin_pepper(self._secrets)
            return self._pepper

    def _salt(self, once: str) -> bytes:
        raw = hmac.digest(self._key(), b"salt " + once.encode(), hashlib.sha256) if once else os.urandom(_SALT_BYTES)
        encoded = base64.b64encode(raw[:_SALT_BYTES]).rstrip(b"=").translate(_TO_BCRYPT)
        return b"$2b$%02d$" % ROUNDS + encoded


def new_code() -> str:
    """A recovery code to write down: 100 random bits in five groups."""
    letters = [_CODE_ALPHABET[byte & 31] for byte in os.urandom(CODE_GROUPS * CODE_GROUP_LETTERS)]
    groups = (letters[start : start + CODE_GROUP_LETTERS] for start in range(0, len(letters), CODE_GROUP_LETTERS))
    return "-".join("".join(group) for group in groups)


def _plain(code: str) -> str:
    """A code as it was meant: blanks, hyphens and small letters do not matter."""
    return "".join(letter for letter in code.upper() if letter in _CODE_ALPHABET)
