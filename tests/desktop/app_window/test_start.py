"""Starting: what is loaded before the first paint, and what a person sees when a folder cannot be opened."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.app.gui import EXIT_CANNOT_OPEN
from desktop.store.folder import Folder, FolderLock

ROOT = Path(__file__).resolve().parents[3]
SLOW = ("alembic", "cryptography", "escpos", "httpx", "keyring", "pydantic", "python_calamine")
PROBE = f"""
import sys
from desktop.app import gui
print([name for name in {SLOW!r} if name in sys.modules])
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False
    )


def test_nothing_slow_is_loaded_before_the_first_paint() -> None:
    answer = run("-c", PROBE)
    assert answer.stdout.strip() == "[]", answer.stdout + answer.stderr


@pytest.mark.logs_warnings
def test_a_folder_in_use_is_said_in_words_with_its_own_exit_code(tmp_path: Path) -> None:
    lock = FolderLock(Folder.at(tmp_path / "club"))
    answer = run("-m", "desktop", "--data-dir", str(tmp_path / "club"), "--offscreen", "--lang", "en")
    lock.close()
    assert answer.returncode == EXIT_CANNOT_OPEN
    assert str(tmp_path / "club") in answer.stderr
    assert "Traceback" not in answer.stderr
