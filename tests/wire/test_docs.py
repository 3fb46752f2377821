"""The generated pages say what the program says."""

from build_scripts import docs_generate


def test_the_generated_pages_are_up_to_date() -> None:
    assert docs_generate.differing() == [], "run: python build_scripts/docs_generate.py"


def test_every_page_says_something() -> None:
    for name, text in docs_generate.pages().items():
        assert len(text.splitlines()) > 10, name
        assert "<class" not in text, name
        assert " object at 0x" not in text, name
