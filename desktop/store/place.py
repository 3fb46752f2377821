"""Whether a folder lies where a database can live. Best effort: what cannot be told is taken for a disk of this machine."""

import sys
from pathlib import Path

from desktop.store.errors import CannotOpen
from shared.core.text import N_

MOUNTS = Path("/proc/self/mounts")
FAR = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "ncpfs", "fuse.sshfs", "fuse.rclone", "davfs", "fuse.davfs2"})
SYNCED = frozenset({"dropbox", "onedrive", "google drive", "googledrive", "icloud drive", "icloud~", "yandex.disk", "nextcloud"})


def check(root: Path) -> None:
    """Raises CannotOpen for a folder on another machine, whose locks lie, or one that is copied away while it is written."""
    synced = next((part for part in root.parts if part.lower() in SYNCED), None)
    if synced is not None:
        raise CannotOpen(
            "folder_is_synced",
            N_("{folder} is copied by {service} while it is written, which damages a database. Choose a folder on this disk"),
            folder=str(root),
            service=synced,
        )
    if _is_far(root):
        raise CannotOpen(
            "folder_is_far",
            N_("{folder} lies on another machine, where a database is not safe. Choose a folder on this disk"),
            folder=str(root),
        )


def _is_far(root: Path) -> bool:
    if sys.platform == "win32":
        return str(root).startswith("\\\\")
    if not MOUNTS.is_file():
        return False
    mounts = [line.split() for line in MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()]
    holding = [mount for mount in mounts if len(mount) > 2 and root.is_relative_to(_plain(mount[1]))]
    return bool(holding) and max(holding, key=lambda mount: len(mount[1]))[2] in FAR


def _plain(path: str) -> str:
    """The kernel writes blanks in paths as octal numbers."""
    return path.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
