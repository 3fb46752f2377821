"""Verify, rebuild, back up, restore, export: a store's upkeep told in words."""

import sys
from concurrent.futures import Future
from pathlib import Path

from desktop.app.bootstrap import DeskParts, system_clock
from desktop.app.cli.arguments import DONE, NOT_SAVED, PROBLEM
from desktop.app.cli.say import say, warn
from desktop.config.i18n import ntr, refusal_text, tr
from desktop.store import upkeep
from desktop.store.backup import Backup
from desktop.store.errors import NotSaved
from desktop.store.folder import Folder
from shared.core.errors import Refusal
from shared.core.text import N_


def verify(folder: Path) -> int:
    """Say everything that does not hold; changes nothing."""
    findings = upkeep.verify(Folder.at(folder), system_clock())
    for finding in findings:
        say(refusal_text(Refusal("finding", finding.text, **finding.params), str(finding.params.get("currency", "RUB"))))
    if findings:
        warn(ntr("{n} problem found. Nothing was changed", "{n} problems found. Nothing was changed", len(findings)))
        return PROBLEM
    say(tr("Everything holds: log, tables, sums, books, second journal"))
    return DONE


def rebuild(folder: Path) -> int:
    """Make the tables again from the log."""
    count, differing, kept = upkeep.rebuild_tables(Folder.at(folder), system_clock())
    for table in differing:
        say(tr("Mended: {table}", table=table))
    say(ntr("{n} operation replayed", "{n} operations replayed", count))
    say(tr("The old file is kept as {file}", file=kept.name))
    return DONE


def back_up(desk: DeskParts) -> int:
    """Make a verified backup now. Raises NotSaved."""
    made: Future[Backup] = desk.store.backup_now("asked")
    fault = made.exception()
    if fault is not None:
        raise NotSaved("no_backup", N_("No backup was made: {cause}. The data itself is unharmed"), cause=str(fault)) from fault
    say(tr("Verified backup: {file}", file=str(made.result().path)))
    return DONE


def restore(folder: Path, chosen: Path | None) -> int:
    """Bring a backup back."""
    base, lost = upkeep.restore(Folder.at(folder), system_clock(), chosen)
    say(tr("Restored from {file}. Printed numbers go on in a new series", file=base.name))
    if lost:
        warn(ntr("{n} operation could not be brought back", "{n} operations could not be brought back", lost))
        return PROBLEM
    return DONE


def export_books(folder: Path, form: str, out: Path | None) -> int:
    """Write the journal of the books."""
    with upkeep.reading(Folder.at(folder)) as read:
        lines = upkeep.exported(read, form)
        if out is None:
            sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
            for line in lines:
                say(line)
            return DONE
        try:
            with out.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(f"{line}\n" for line in lines)
        except OSError as fault:
            warn(tr("{file} cannot be written: {cause}", file=str(out), cause=fault.strerror or str(fault)))
            return NOT_SAVED
    return DONE
