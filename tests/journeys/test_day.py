"""A whole day of a new club on the real window, by keys alone: set-up, opening, goods, sales, count, close, and the paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.screens.first_run.view_model import CODE_TAIL
from shared.books.queries import trial_balance
from shared.sales.queries import receipts
from shared.shifts.queries import closed_shifts, current_shift
from tests.support.person import Person

COLA = "4600000000015"
OWNER_PIN = "738295"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "p"
    folder.mkdir()
    return folder


@pytest.fixture
def person(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Person]:
    made = Person(tmp_path / "club", qtbot, qapp)
    yield made
    made.leaves()


def sets_up(person: Person, papers: Path) -> None:
    """Five steps; the printer writes into a folder."""
    assert person.screen == "first_run"
    person.presses("⏎")
    person.types("Night Club")
    person.presses("⏎", "⏎", "⇥", "⇥", "⇥", "→", "→", "⇥")
    person.types(str(papers))
    person.presses("⏎")
    code = person.window.navigator.model.state.code
    person.types("Julia")
    person.presses("⇥", *OWNER_PIN, "⇥", *OWNER_PIN, "⇥", *code[-CODE_TAIL:].lower(), "⏎")
    person.comes_to("sign_in")


def printed(papers: Path) -> str:
    """Everything on paper so far."""
    return "\n".join(path.read_bytes().decode("cp866", "replace") for path in sorted(papers.glob("*.bin")))


def test_a_day_from_an_empty_folder_to_a_closed_shift(person: Person, papers: Path) -> None:
    sets_up(person, papers)
    person.presses(*OWNER_PIN, "⏎")
    person.comes_to("shift_open")
    person.presses("⏎", "⏎", "3", "F9")
    person.comes_to("sale")
    opened = person.parts.store.read(current_shift)
    assert opened is not None
    assert opened.float_minor == 300_000

    person.scans(COLA)
    person.types("Cola")
    person.presses("⇥", *"110", "⏎")
    person.until(lambda: not person.window.navigator.model.state.cart.is_empty)
    person.presses("F9", *"500", "⏎")
    person.until(lambda: len(person.parts.store.read(receipts)) == 1)
    person.until(lambda: "Cola" in printed(papers))
    assert "110" in printed(papers)
    assert "390" in printed(papers)

    person.presses("F12", "3")
    person.comes_to("shift_close")
    person.presses("⏎", "⏎", "3", "⏎", "⏎", "⏎", "1", "⏎", "⏎", "1", "F9")
    person.rests()
    for _ in range(4):
        if person.parts.store.read(closed_shifts):
            break
        person.presses("F9")
    closed = person.parts.store.read(closed_shifts)
    assert [each.difference_minor for each in closed] == [0]
    assert set(person.parts.store.read(trial_balance).values()) <= {0}
    person.until(lambda: "Z" in printed(papers))
