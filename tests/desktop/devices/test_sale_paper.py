"""The paper of a sale that is just being made says what its kept facts say."""

from pathlib import Path

from desktop.store.store import Store
from shared.core.clock import ManualClock
from shared.ledger.log import Recorded
from shared.ledger.transaction import Reading
from shared.sales.commands import LineAsked, TenderAsked, complete_sale
from shared.sales.operations import SaleCompleted
from shared.sales.queries import SaleDocument, sale_document
from shared.sales.receipt import document_of
from shared.sales.rules import Discount, TenderKind
from tests.support.desk import NOON
from tests.support.till import PRICE_MINOR, Till


def test_the_document_of_an_operation_is_the_document_of_its_facts(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "desk", ManualClock(NOON), is_test=True)
    till = Till(store)
    made: list[SaleDocument] = []

    def follow(reading: Reading, recorded: Recorded) -> None:
        assert isinstance(recorded.body, SaleCompleted)
        made.append(document_of(reading, recorded.envelope, recorded.body))

    store.follow(SaleCompleted, follow)
    till.sells()
    till.does(
        complete_sale,
        lines=(LineAsked(product_id=till.goods[0], quantity_milli=2_000, discount=Discount(amount_minor=500)),),
        tenders=(TenderAsked(TenderKind.CARD, 1_000), TenderAsked(TenderKind.CASH, 3 * PRICE_MINOR)),
    )
    assert [store.read(sale_document, sale_id=document.sale_id) for document in made] == made
    assert len(made) == 2
    store.close()
