"""A database lives on a disk of its own machine."""

from pathlib import Path

import pytest

from desktop.store import place
from desktop.store.errors import CannotOpen

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/club /mnt/club nfs4 rw 0 0
/dev/sdb1 /mnt/club/till\\040one ext4 rw 0 0
"""


@pytest.fixture(autouse=True)
def _mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mounts").write_text(MOUNTS, encoding="utf-8")
    monkeypatch.setattr(place, "MOUNTS", tmp_path / "mounts")


@pytest.mark.parametrize("root", ["/mnt/club/desk", "/srv/Dropbox/desk", "/srv/OneDrive/club/desk"])
def test_a_folder_elsewhere_is_refused(root: str) -> None:
    with pytest.raises(CannotOpen):
        place.check(Path(root))


@pytest.mark.parametrize("root", ["/srv/desk", "/mnt/club/till one/desk", "/mnt/clubhouse"])
def test_a_folder_on_this_machine_is_taken(root: str) -> None:
    place.check(Path(root))
