"""A scan means one thing, and a misread one is told in words."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.catalog import barcodes
from shared.catalog.barcodes import InStoreRule, Measure, ScanKind, goods_barcode, parse
from shared.core.errors import Refusal

MARKED = "0104600439931256215DdLO'Kz\x1d91EE06\x1d92signature"
TOBACCO = "00000046210654" + "YOSKl!VABhkqwer"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("4600051000057", "4600051000057"),
        ("]E04600051000057", "4600051000057"),
        ("96385074", "96385074"),
        ("]E496385074", "96385074"),
        ("036000291452", "0036000291452"),
        ("0036000291452", "0036000291452"),
        ("04252614", "0042100005264"),
        ("04600051000057", "4600051000057"),
        ("14600051000054", "14600051000054"),
        ("0000096385074", "96385074"),
        ("4600051000057\r\n", "4600051000057"),
        ("]E3460005100005712", "4600051000057"),
    ],
)
def test_every_form_of_a_trade_number_is_one_code(text: str, code: str) -> None:
    scan = parse(text)
    assert (scan.kind, scan.code, scan.marking) == (ScanKind.GTIN, code, "")


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("04252614", "042100005264"),
        ("02636412", "026100003642"),
        ("01234531", "012300000451"),
        ("01234543", "012340000053"),
        ("01234558", "012345000058"),
        ("01234557", None),
        ("00000000", None),
        ("21234565", None),
        ("0425261", None),
    ],
)
def test_upc_e_expands_by_its_last_digit(short: str, long: str | None) -> None:
    assert barcodes.expand_upc_e(short) == long


@given(st.from_regex(r"[0-9]{7}|[0-9]{11,13}", fullmatch=True))
def test_one_wrong_digit_is_always_noticed(digits: str) -> None:
    whole = barcodes.with_check_digit(digits)
    assert barcodes.check_digit_holds(whole)
    for place in range(len(whole)):
        wrong = whole[:place] + str((int(whole[place]) + 1) % 10) + whole[place + 1 :]
        assert not barcodes.check_digit_holds(wrong)


def test_where_eight_digits_read_two_ways_both_are_kept() -> None:
    both = next(
        code
        for number in range(10**6)
        if barcodes.check_digit_holds(code := f"0{number:06d}" + "0") and barcodes.expand_upc_e(code)
    )
    scan = parse(both)
    assert scan.keys == (barcodes.canonical_gtin(barcodes.expand_upc_e(both) or ""), both)
    assert parse("]E4" + both).keys == (both,)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("4600051000058", "barcode_is_misread"),
        ("96385075", "barcode_is_misread"),
        ("0000000000000", "barcode_is_misread"),
        ("460705069542", "barcode_is_short"),
        ("", "code_is_empty"),
        ("]E0", "code_is_empty"),
        ("\r\n", "code_is_empty"),
        ("x" * 513, "code_is_too_long"),
    ],
)
def test_a_misread_code_is_refused_with_its_cause(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse(text)
    assert refused.value.code == code
    assert str(refused.value)


def test_twelve_digits_are_told_that_thirteen_are_needed() -> None:
    with pytest.raises(Refusal, match="12 digits, 13 needed"):
        parse("460705069542")


@pytest.mark.parametrize(
    "text", ["CLUB-0042", "12345", "]C04600051000058", "2109876543", "Кола", "٤٦٠٠٠٥١٠٠٠٠٥٧", "123456789012345678"]
)
def test_any_other_code_is_kept_as_text(text: str) -> None:
    scan = parse(text)
    assert scan.kind is ScanKind.TEXT
    assert scan.code == text.removeprefix("]C0")


def test_a_weight_label_gives_item_and_grams() -> None:
    scan = parse(barcodes.with_check_digit("200021401250"))
    assert (scan.kind, scan.keys) == (ScanKind.IN_STORE, ("2000214", "00214", "214"))
    assert (scan.quantity_milli, scan.price_minor) == (1250, 0)


def test_a_price_label_gives_kopecks_and_a_count_label_pieces() -> None:
    assert parse(barcodes.with_check_digit("220021412345")).price_minor == 12_345
    assert parse(barcodes.with_check_digit("230021400012")).quantity_milli == 12_000


def test_the_layout_of_labels_is_the_clubs_own_table() -> None:
    rule = InStoreRule("27", 6, 4, 100, Measure.WEIGHT)
    scan = parse(barcodes.with_check_digit("270123450125"), [rule])
    assert (scan.code, scan.quantity_milli) == ("27012345", 1250)
    assert parse(barcodes.with_check_digit("200021401250"), [rule]).quantity_milli == 0


def test_an_own_label_without_a_rule_is_a_number_like_any_other() -> None:
    scan = parse(barcodes.with_check_digit("290000000042"))
    assert (scan.kind, scan.code) == (ScanKind.IN_STORE, barcodes.with_check_digit("290000000042"))


def test_a_label_that_carries_nothing_is_refused() -> None:
    with pytest.raises(Refusal, match="carries a zero"):
        parse(barcodes.with_check_digit("200021400000"))


@pytest.mark.parametrize("rule", [("30", 5, 5, 1000), ("20", 5, 6, 1000), ("20", 0, 10, 1000), ("20", 5, 5, 0), ("2", 6, 5, 1)])
def test_a_wrong_label_rule_is_refused(rule: tuple[str, int, int, int]) -> None:
    with pytest.raises(Refusal):
        InStoreRule(*rule, Measure.WEIGHT)


@pytest.mark.parametrize("text", [MARKED, "]d2" + MARKED, "]d2\x1d" + MARKED])
def test_a_marking_code_gives_its_trade_number_and_itself_whole(text: str) -> None:
    scan = parse(text)
    assert (scan.kind, scan.code, scan.marking) == (ScanKind.GTIN, "4600439931256", MARKED)


def test_a_pack_of_cigarettes_gives_its_trade_number() -> None:
    scan = parse(TOBACCO)
    assert (scan.code, scan.marking) == ("46210654", TOBACCO)


def test_a_weighed_case_gives_its_net_weight_and_is_no_unique_piece() -> None:
    number = barcodes.with_check_digit("9460005100005")
    scan = parse(f"]C101{number}3103001250")
    assert (scan.code, scan.quantity_milli, scan.marking) == (number, 1250, "")


def test_identifiers_with_a_wrong_trade_number_are_only_text() -> None:
    assert parse("]d20104600439931257215DdLO").kind is ScanKind.TEXT
    assert parse("0104600439931256").kind is ScanKind.TEXT


def test_a_web_address_is_text() -> None:
    assert parse("]Q1https://example.org/01/04600051000057").kind is ScanKind.TEXT


@given(st.text(max_size=40))
def test_any_text_is_understood_or_refused(text: str) -> None:
    with contextlib.suppress(Refusal):
        assert parse(text).code


@given(st.from_regex(r"[0-9]{7,13}", fullmatch=True).map(barcodes.with_check_digit))
def test_a_code_of_the_catalogue_reads_as_itself(digits: str) -> None:
    try:
        code = goods_barcode(digits)
    except Refusal:
        return
    assert goods_barcode(code) == code


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("4600051000057", "4600051000057"),
        (" 4 600051 000057 ", "4600051000057"),
        ("978-5-4461-1474-0", "9785446114740"),
        ("'4600051000057", "4600051000057"),
        ("214", "214"),
        ("1234567", "1234567"),
        ("CLUB-7", "CLUB-7"),
        ("036000291452", "0036000291452"),
    ],
)
def test_a_barcode_of_a_list_is_cleaned(cell: str, code: str) -> None:
    assert goods_barcode(cell) == code


@pytest.mark.parametrize(
    ("number", "code"), [("36000291452", "0036000291452"), ("4600051000057", "4600051000057"), ("214", "214")]
)
def test_zeros_lost_by_a_number_cell_come_back(number: str, code: str) -> None:
    assert goods_barcode(number, lost_zeros=True) == code


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("4,60705E+12", "barcode_is_rounded"),
        ("4.6E12", "barcode_is_rounded"),
        ("46000510000", "barcode_is_short"),
        ("4600051000058", "barcode_is_misread"),
        ("  ", "code_is_empty"),
    ],
)
def test_a_damaged_barcode_of_a_list_is_refused_with_its_cause(cell: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        goods_barcode(cell)
    assert refused.value.code == code
