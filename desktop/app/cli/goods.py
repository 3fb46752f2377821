"""Taking goods from a file on the command line: each bad row in words, a summary at the end."""

import argparse
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from pathlib import Path

from desktop.app.bootstrap import DeskParts
from desktop.app.cli.arguments import DONE, PROBLEM
from desktop.app.cli.say import say
from desktop.config.i18n import money, ntr, refusal_text, tr
from desktop.store.goods_import import ImportProgress, ImportRun, Verdict, open_goods, preview
from desktop.store.session import local_owner
from shared.catalog.goods_file import Column, GoodsRow, Mapping, Preview, RowError
from shared.core.errors import Refusal
from shared.core.text import N_

_VERDICTS = {
    Verdict.ERROR: N_("error"),
    Verdict.CHECK: N_("look at it"),
    Verdict.NEW: N_("new"),
    Verdict.CHANGED: N_("changed"),
    Verdict.SAME: N_("the same"),
}


def take(desk: DeskParts, given: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Import the file, or only show what would come of it. Raises Refusal, NotSaved."""
    path: Path = given.file
    head = open_goods(path).preview()
    mapping = _mapping(head, given.column, parser)
    say(head.description)
    for column, place in mapping.columns:
        heading = head.header[place] if place < len(head.header) else ""
        say(tr("{field}: column {number} {heading}", field=column.value, number=place + 1, heading=heading).rstrip())
    if given.preview:
        return _show(desk, path, mapping)
    outcome: Future[ImportProgress] = Future()
    rows = _told(open_goods(path).read(mapping))
    ImportRun(desk.store, local_owner(), path.name, rows, then=outcome.set_result, failed=outcome.set_exception)
    return _summary(outcome.result())


def _show(desk: DeskParts, path: Path, mapping: Mapping) -> int:
    judged = preview(desk.store, path, mapping).judged
    for one in judged:
        words = [str(one.row_no), tr(_VERDICTS[one.verdict])]
        if one.row is not None:
            words += [one.row.name, "" if one.row.price_minor is None else money(one.row.price_minor)]
        if one.text:
            words.append(refusal_text(Refusal("row", one.text, **one.params)))
        say("\t".join(words))
    return PROBLEM if any(one.verdict is Verdict.ERROR for one in judged) else DONE


def _summary(done: ImportProgress) -> int:
    say(ntr("{n} row read", "{n} rows read", done.rows))
    new, changed, same = done.new, done.changed, done.same
    say(tr("New: {new}, changed: {changed}, the same as before: {same}", new=new, changed=changed, same=same))
    if not done.rejected:
        return DONE
    say(ntr("{n} row was not taken and waits to be reviewed", "{n} rows were not taken and wait to be reviewed", done.rejected))
    return PROBLEM


def _told(rows: Iterable[GoodsRow | RowError]) -> Iterator[GoodsRow | RowError]:
    """The rows as they come, each bad one said aloud."""
    for row in rows:
        if isinstance(row, RowError):
            why = refusal_text(Refusal(row.code, row.text, **row.params))
            say(tr("Row {row}: {why}", row=row.row_no, why=why))
        yield row


def _mapping(head: Preview, chosen: list[str], parser: argparse.ArgumentParser) -> Mapping:
    """What the file itself tells, with the columns that were named on the command line."""
    named = dict(_column(head, one, parser) for one in chosen)
    taken = set(named.values())
    kept = [(column, place) for column, place in head.mapping.columns if column not in named and place not in taken]
    return Mapping((*named.items(), *kept), head.mapping.header_row)


def _column(head: Preview, chosen: str, parser: argparse.ArgumentParser) -> tuple[Column, int]:
    field, _, where = chosen.partition("=")
    if field not in set(Column):
        parser.error(f"--column: {field} is none of {', '.join(Column)}")
    if where in head.header:
        return Column(field), head.header.index(where)
    if not where.isdecimal() or int(where) < 1:
        parser.error(f"--column: there is no column {where}")
    return Column(field), int(where) - 1
