"""Every sentence that the code can say to a person exists in Russian."""

import ast
import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.tidy.source import ROOT, Source, dotted, repository

RUSSIAN = ROOT / "translations" / "ru.po"
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def sentences(source: Source) -> Iterator[str]:
    """The plain texts that a file gives to tr, ntr (the singular is the key) or N_."""
    for node in source.nodes:
        if isinstance(node, ast.Call) and dotted(node.func) in {"tr", "ntr", "N_"} and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value:
                yield first.value


def untranslated(catalogue: Catalog, texts: set[str]) -> list[str]:
    """Which of the texts have no Russian words, or only a guess."""

    def is_said(text: str) -> bool:
        message = catalogue.get(text)
        if message is None or message.fuzzy:
            return False
        return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)

    return sorted(text for text in texts if not is_said(text))


def changed_placeholders(catalogue: Catalog) -> list[str]:
    """Translations that speak of something else than their English sentence."""
    wrong = []
    for message in catalogue:
        if not message.id:
            continue
        english = message.id if isinstance(message.id, str) else " ".join(message.id)
        said = [message.string] if isinstance(message.string, str) else list(message.string or ())
        if any(text and not set(PLACEHOLDER.findall(text)) <= set(PLACEHOLDER.findall(english)) for text in said):
            wrong.append(english)
    return wrong


def russian() -> Catalog:
    with RUSSIAN.open("rb") as file:
        return read_po(file, locale="ru")


def test_every_sentence_exists_in_russian() -> None:
    texts = {text for source in repository() if source.is_product for text in sentences(source)}
    assert untranslated(russian(), texts) == []


def test_translations_keep_the_placeholders() -> None:
    assert changed_placeholders(russian()) == []


def test_a_missing_a_guessed_and_a_changed_translation_are_found() -> None:
    catalogue = Catalog(locale="ru")
    catalogue.add("Pay {amount}", "Оплатить {sum}")
    catalogue.add("Close", "")
    catalogue.add("Open", "Открыть", flags=["fuzzy"])
    catalogue.add("Print", "Печать")
    assert untranslated(catalogue, {"Close", "Open", "Print", "Nowhere"}) == ["Close", "Nowhere", "Open"]
    assert changed_placeholders(catalogue) == ["Pay {amount}"]


def test_sentences_are_found_in_code() -> None:
    source = Source("desktop/x.py", 'tr("One")\nntr("{n} item", "{n} items", n)\nraise Refusal("x", N_("Two"))\ntr(name)\n')
    assert set(sentences(source)) == {"One", "{n} item", "Two"}
