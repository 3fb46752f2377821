"""The PostgreSQL that comes with the program."""

import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from migrations import chains
from sync_server.__main__ import main
from sync_server.storage import database
from sync_server.storage.embedded import Embedded, running


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not in pytest's own folder: only its user reaches that, and PostgreSQL runs as somebody else under root."""
    with tempfile.TemporaryDirectory(prefix="clubkassa-server-") as name:
        Path(name).chmod(0o755)
        yield Path(name) / "server"


def test_migrate_makes_a_database_in_a_folder_and_keeps_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate", "--embedded", str(folder)]) == 0
    said = capsys.readouterr().out
    assert all(head in said for head in chains.heads(chains.SERVER))
    assert not Embedded(folder).is_running
    with running(folder) as url:
        engine = database.open_engine(url)
        with engine.connect() as connection:
            assert chains.stands_at(connection) == chains.heads(chains.SERVER)
            assert connection.execute(text("SHOW data_checksums")).scalar() == "on"
        engine.dispose()
        stranger = database.open_engine(make_url(url).set(password="guess"))
        with pytest.raises(Exception, match="password authentication failed"):
            stranger.connect()
    assert stat.S_IMODE((folder / "password").stat().st_mode) == 0o600


def test_a_wrong_url_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate", "--database-url", "sqlite:///x"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
