"""Whatever is printed fits the paper, and no sum is ever cut off."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.core.paper import (
    Blank,
    Cut,
    LaidLine,
    Line,
    Pair,
    Paper,
    Qr,
    Rule,
    Text,
    columns,
    from_bytes,
    mapped,
    marked,
    to_bytes,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
SUMS = st.text("0123456789 ,-₽", min_size=1, max_size=20)
LINES: st.SearchStrategy[Line] = st.one_of(
    st.builds(Text, TEXTS, st.sampled_from(["left", "center", "right"]), st.booleans(), st.booleans()),
    st.builds(Pair, TEXTS, TEXTS, st.booleans(), st.booleans()),
    st.just(Rule()),
    st.just(Blank()),
    st.builds(Qr, TEXTS),
    st.just(Cut()),
)
PAPERS = st.builds(Paper, st.lists(LINES, max_size=12).map(tuple))


def laid(paper_line: Line, width: int = 32) -> list[str]:
    return [line.text for line in columns(Paper((paper_line,)), width) if isinstance(line, LaidLine)]


@given(PAPERS)
def test_a_stored_paper_reads_back_the_same_and_equal_papers_store_the_same_bytes(paper: Paper) -> None:
    stored = to_bytes(paper)
    assert from_bytes(stored) == paper
    assert to_bytes(from_bytes(stored)) == stored


def test_the_stored_form_stays_readable_for_ever() -> None:
    paper = Paper((Text("Чек", "center", bold=True, double=True), Pair("Сумма", "1"), Rule(), Blank(), Qr("x"), Cut()))
    assert to_bytes(paper).decode() == (
        '{"lines":[{"type":"text","text":"Чек","align":"center","bold":true,"double":true},'
        '{"type":"pair","left":"Сумма","right":"1"},{"type":"rule"},{"type":"blank"},{"type":"qr","data":"x"},{"type":"cut"}]}'
    )


@pytest.mark.parametrize("stored", [b"", b"{", b'{"lines":[{"type":"fax"}]}', b'{"lines":[{"type":"text"}]}'])
def test_bytes_that_are_no_paper_are_refused(stored: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        from_bytes(stored)


@given(PAPERS, st.integers(8, 64))
def test_no_line_is_wider_than_the_paper(paper: Paper, width: int) -> None:
    for line in columns(paper, width):
        if isinstance(line, LaidLine):
            assert len(line.text) * (2 if line.double else 1) <= width


@given(PAPERS, st.integers(8, 64))
def test_no_control_character_reaches_the_printer(paper: Paper, width: int) -> None:
    for line in columns(paper, width):
        if isinstance(line, LaidLine):
            assert all(ord(letter) >= 0x20 and not 0x7F <= ord(letter) < 0xA0 for letter in line.text)


@given(TEXTS, SUMS.filter(str.strip), st.booleans(), st.integers(24, 64))
def test_a_sum_stands_whole_at_the_right_edge(label: str, amount: str, double: bool, width: int) -> None:
    last = columns(Paper((Pair(label, amount, double=double),)), width)[-1]
    assert isinstance(last, LaidLine)
    assert last.text.endswith(amount.strip())
    assert len(last.text) == (width // 2 if last.double else width)


@given(st.text("абв 1,", max_size=100), st.integers(8, 64))
def test_wrapping_loses_and_swaps_no_letter(text: str, width: int) -> None:
    assert "".join("".join(laid(Text(text), width)).split()) == "".join(text.split())


def test_words_stay_whole_where_they_fit() -> None:
    assert laid(Text("Вода негазированная Святой источник 0,5 л"), 24) == ["Вода негазированная", "Святой источник 0,5 л"]


def test_a_word_longer_than_the_paper_is_broken() -> None:
    assert laid(Text("x" * 20), 8) == ["x" * 8, "x" * 8, "x" * 4]


def test_an_indent_is_kept_on_every_line_of_a_paragraph() -> None:
    assert laid(Text("  2 x 180,00, скидка 18,00"), 16) == ["  2 x 180,00,", "  скидка 18,00"]


def test_a_long_label_wraps_above_its_sum() -> None:
    assert laid(Pair("Напиток энергетический Red Bull", "1 180,00"), 24) == ["Напиток энергетический", "Red Bull        1 180,00"]


def test_a_sum_too_long_for_double_size_is_printed_plain() -> None:
    line = columns(Paper((Pair("ИТОГО", "123 456 789,00 ₽", double=True),)), 24)[-1]
    assert line == LaidLine("ИТОГО   123 456 789,00 ₽", double=False)


def test_lines_of_one_text_are_lines_on_paper() -> None:
    assert laid(Text("один\n\nдва", "center"), 8) == ["  один", "", "  два"]


def test_a_letter_and_its_mark_print_as_one() -> None:
    assert laid(Text("и\u0306")) == ["й"]


def test_a_duplicate_wears_its_marks_inside_the_cut() -> None:
    paper = Paper((Text("Чек"), Cut()))
    assert marked(paper, (Text("head"),), (Text("foot"),)).lines == (Text("head"), Text("Чек"), Text("foot"), Cut())
    assert marked(Paper(()), (Text("head"),), (Text("foot"),)).lines == (Text("head"), Text("foot"))


def test_changing_texts_leaves_codes_alone() -> None:
    paper = Paper((Text("a"), Pair("a", "b"), Qr("a"), Rule()))
    assert mapped(paper, str.upper) == Paper((Text("A"), Pair("A", "B"), Qr("a"), Rule()))


def test_a_paper_too_narrow_to_read_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="too narrow"):
        columns(Paper(()), 7)
