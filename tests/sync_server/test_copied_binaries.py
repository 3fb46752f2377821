"""Where only root reaches the wheel, its PostgreSQL is copied, and the copy finds its libraries."""

import subprocess
from pathlib import Path

from sync_server.storage.embedded import binaries, copy_binaries


def test_a_copy_of_the_binaries_runs_where_it_lies(tmp_path: Path) -> None:
    copied = copy_binaries(binaries(), tmp_path)
    for program in ("initdb", "postgres", "pg_ctl", "pg_dump"):
        said = subprocess.run([copied / program, "--version"], capture_output=True, text=True, check=True, cwd=tmp_path)
        assert "PostgreSQL" in said.stdout
