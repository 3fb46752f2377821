"""A duplicate of the last receipt, asked for from any screen."""

from desktop.app.reprint import reprint_last
from desktop.store.print_jobs import print_jobs_of
from tests.desktop.screens.sale.conftest import SaleForTests


def test_the_last_receipt_is_printed_again_as_a_duplicate(sale: SaleForTests) -> None:
    sale.pays("4", "F9", "⏎")
    sale.pays("1", "F9", "⏎")
    said: list[str] = []
    parts = sale.shop.parts
    reprint_last(parts.store, parts.session, lambda sentence, _icon: said.append(sentence))
    sale.settles()
    newest = sale.sold()[0].sale_id
    assert [job.copy for job in parts.store.read(print_jobs_of, op=newest)] == [0, 1]
    assert said == ["A duplicate is being printed. You can go on selling"]


def test_without_a_sale_the_refusal_is_said(sale: SaleForTests) -> None:
    said: list[str] = []
    parts = sale.shop.parts
    reprint_last(parts.store, parts.session, lambda sentence, icon: said.append(f"{icon}: {sentence}"))
    sale.settles()
    assert said == ["circle-x: There is no receipt to print again"]
