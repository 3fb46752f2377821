"""A catalogue with a hole, a doubt or a lost placeholder is named before anybody reads it."""

from pathlib import Path

import pytest

from build_scripts import translations

HEAD = 'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
RULE = "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"
PLURAL = f'{HEAD}"Plural-Forms: nplurals=3; plural={RULE};\\n"\n'


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "desktop").mkdir()
    (tmp_path / "translations").mkdir()
    (tmp_path / "desktop" / "screen.py").write_text('tr("Pay {amount}", amount=1)\nntr("{n} item", "{n} items", 2)\n', "utf-8")
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "TRANSLATIONS", tmp_path / "translations")
    return tmp_path


def write(house: Path, pay: str, forms: tuple[str, ...], mark: str = "") -> None:
    plural = "".join(f'msgstr[{number}] "{form}"\n' for number, form in enumerate(forms))
    text = f'{PLURAL}\n{mark}msgid "Pay {{amount}}"\nmsgstr "{pay}"\n\nmsgid "{{n}} item"\nmsgid_plural "{{n}} items"\n{plural}'
    (house / "translations" / "ru.po").write_text(text, "utf-8")


FORMS = ("{n} товар", "{n} товара", "{n} товаров")


def test_a_whole_catalogue_has_no_faults(house: Path) -> None:
    write(house, "Оплатить {amount}", FORMS)
    assert translations.faults() == []


@pytest.mark.parametrize(
    ("pay", "forms", "mark", "fault"),
    [
        ("", FORMS, "", "ru.po: missing: Pay {amount}"),
        ("Оплатить {sum}", FORMS, "", "ru.po: other placeholders: Pay {amount}"),
        ("Оплатить", FORMS, "", "ru.po: other placeholders: Pay {amount}"),
        ("Оплатить {amount}", FORMS, "#, fuzzy\n", "ru.po: doubtful: Pay {amount}"),
        ("Оплатить {amount}", ("{n} товар", "", "{n} товаров"), "", "ru.po: missing: {n} item"),
    ],
)
def test_a_broken_catalogue_is_named(house: Path, pay: str, forms: tuple[str, ...], mark: str, fault: str) -> None:
    write(house, pay, forms, mark)
    assert translations.faults() == [fault]


def test_update_brings_new_sentences_and_keeps_what_was_said(house: Path) -> None:
    (house / "translations" / "ru.po").write_text(f'{PLURAL}\nmsgid "Old"\nmsgstr "Старое"\n', "utf-8")
    translations.update(prune=False)
    kept = (house / "translations" / "ru.po").read_text("utf-8")
    assert 'msgid "Old"\nmsgstr "Старое"' in kept
    assert 'msgid "Pay {amount}"\nmsgstr ""' in kept
    translations.update(prune=True)
    assert "Old" not in (house / "translations" / "ru.po").read_text("utf-8")


def test_compile_writes_what_the_program_reads(house: Path) -> None:
    write(house, "Оплатить {amount}", FORMS)
    translations.compile_all()
    assert (house / "translations" / "ru" / "LC_MESSAGES" / "clubkassa.mo").stat().st_size > 0
