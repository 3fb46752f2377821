"""The journal as text for other programs: beancount and CSV."""

import csv
import io
from collections.abc import Iterable, Iterator

from shared.books.queries import PostingLine
from shared.core.money import currency

CSV_COLUMNS = ("operation", "line", "business_day", "account", "currency", "amount", "amount_minor")


def beancount(journal: Iterable[tuple[PostingLine, ...]], titles: dict[str, str]) -> Iterator[str]:
    """Beancount text, line by line; `titles` names operations by id. Accounts open on the first day they are used."""
    opened: set[str] = set()
    for lines in journal:
        day = lines[0].business_day
        for line in lines:
            if line.account not in opened:
                opened.add(line.account)
                yield f"{day} open {line.account}"
        yield f'{day} * "{_quoted(titles.get(lines[0].op, ""))}"'
        yield f'  operation: "{lines[0].op}"'
        for line in lines:
            yield f"  {line.account}  {decimal(line.amount_minor, line.currency)} {line.currency}"
        yield ""


def csv_lines(journal: Iterable[tuple[PostingLine, ...]]) -> Iterator[str]:
    """CSV with a head row, `;` between cells, amounts in whole units and in minor units."""
    yield _csv_line(CSV_COLUMNS)
    for lines in journal:
        for line in lines:
            amount = decimal(line.amount_minor, line.currency)
            yield _csv_line((line.op, line.line, line.business_day, line.account, line.currency, amount, line.amount_minor))


def decimal(amount_minor: int, code: str) -> str:
    """Plain decimal text of an amount: -12345 in RUB is -123.45."""
    exponent = currency(code).exponent
    sign, digits = "-" if amount_minor < 0 else "", f"{abs(amount_minor):0{exponent + 1}d}"
    return f"{sign}{digits[:-exponent]}.{digits[-exponent:]}" if exponent else f"{sign}{digits}"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _csv_line(cells: Iterable[object]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";", lineterminator="").writerow(cells)
    return buffer.getvalue()
