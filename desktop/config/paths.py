"""Where things lie on this machine."""

from pathlib import Path

APP_NAME = "ClubKassa"


def folder(text: str) -> Path:
    """A folder named on the command line. Raises ValueError for no name: an unset variable must not mean this very folder."""
    if not text.strip():
        raise ValueError("a folder has a name")
    return Path(text)


def data_dir(chosen: Path | None = None) -> Path:
    """The data folder: the one given with `--data-dir`, or the usual place of this system."""
    if chosen is not None:
        return chosen.expanduser().absolute()
    import platformdirs  # only here: a start with a folder of its own does not need it

    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def demo_dir() -> Path:
    """The data folder of the demo club, apart from any real one."""
    return data_dir().with_name(f"{APP_NAME}-demo")


def cache_dir() -> Path:
    """Where things lie that can be made again."""
    import platformdirs  # as above

    return Path(platformdirs.user_cache_dir(APP_NAME, appauthor=False))
