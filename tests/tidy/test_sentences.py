"""Every sentence that the code can say to a person exists in Russian, whole and with the same placeholders."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from build_scripts import translations

CODE = """
tr("Print")
tr("Close")
tr("Pay {amount}", amount=amount)
ntr("{n} item", "{n} items", n)
raise Refusal("no_shift", N_("No shift is open"))
"""


def test_every_sentence_exists_in_russian() -> None:
    assert "ru" in [path.stem for path, _catalogue in translations.catalogues()]
    assert translations.faults() == []


def test_a_missing_a_guessed_and_a_changed_translation_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "TRANSLATIONS", tmp_path)
    (tmp_path / "desktop").mkdir()
    (tmp_path / "desktop" / "x.py").write_text(CODE)
    catalogue = Catalog(locale="ru")
    catalogue.add("Print", "Печать")
    catalogue.add("Close", "Закрыть", flags=["fuzzy"])
    catalogue.add("Pay {amount}", "Оплатить {sum}")
    catalogue.add(("{n} item", "{n} items"), ("{n} товар", "{n} товара", ""))
    with (tmp_path / "ru.po").open("wb") as file:
        write_po(file, catalogue)
    assert translations.faults() == [
        "ru.po: doubtful: Close",
        "ru.po: other placeholders: Pay {amount}",
        "ru.po: missing: {n} item",
        "ru.po: missing: No shift is open",
    ]
