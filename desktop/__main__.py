"""`clubkassa-desk`: the window, and everything a desk does without one."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop.app.cli import arguments, tasks
from desktop.config import paths
from desktop.config.i18n import LANGUAGES


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; answers its exit code (see `--help`)."""
    parser = _parser()
    given = parser.parse_args(argv)
    if given.task is not None:
        return tasks.run(given, parser)
    # Without a window nobody pays for loading Qt.
    from desktop.app import gui

    chosen: Path | None = given.data_dir
    return gui.run(
        paths.demo_dir() if given.demo and chosen is None else paths.data_dir(chosen),
        demo=given.demo,
        offscreen=given.offscreen or given.screenshot is not None,
        screenshot=given.screenshot,
        language=given.lang or "",
        theme=given.theme or "",
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="clubkassa-desk",
        description="Cash desk of a gaming lounge. Without a task it opens the window.",
        epilog=arguments.EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"ClubKassa {arguments.version()}")
    parser.add_argument("--demo", action="store_true", help="open the demo club, made on its first start")
    parser.add_argument("--offscreen", action="store_true", help="draw into memory, for a machine without a display")
    parser.add_argument("--screenshot", type=Path, metavar="DIR", help="draw every screen into PNG files and end")
    parser.add_argument("--theme", choices=("light", "dark", "contrast"), help="the look of this run")
    parser.add_argument("--data-dir", type=paths.folder, metavar="DIR", help="the data folder; made on first use")
    parser.add_argument("--lang", choices=LANGUAGES, help="the language of this run")
    arguments.add_tasks(parser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
