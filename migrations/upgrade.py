"""Move a database to the newest revisions. Alembic costs a tenth of a second, so it is imported when it is needed."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import Connection, MetaData

from migrations.chains import FOLDER

if TYPE_CHECKING:
    from alembic.config import Config


def config(connection: Connection | None = None, metadata: MetaData | None = None) -> "Config":
    """The one environment. `metadata`: the declared tables, for writing a new revision."""
    from alembic.config import Config  # see above

    made = Config()
    made.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    made.set_main_option("path_separator", "newline")
    made.set_main_option("version_locations", "\n".join(str(FOLDER / name) for name in ("shared", "desktop", "server")))
    made.attributes["connection"] = connection
    made.attributes["metadata"] = metadata
    return made


def upgrade(connection: Connection, chains: Iterable[str]) -> None:
    """Bring the chains to their heads within the caller's transaction."""
    from alembic import command  # see above

    made = config(connection)
    for chain in chains:
        command.upgrade(made, f"{chain}@head")
