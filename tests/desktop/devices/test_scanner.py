"""A scan is read whatever the layout, and what a person types is never eaten."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.devices.scanner import US_KEYS, Decision, Key, Scan, Wedge, WedgeSettings, back_translated

US = {letters[shift]: (code, bool(shift)) for code, letters in US_KEYS.items() if code < 0x37 for shift in (0, 1)}
RUSSIAN_ROWS = {
    0x02: ("1234567890-=", '!"№;%:?*()_+'),
    0x10: ("йцукенгшщзхъ", "ЙЦУКЕНГШЩЗХЪ"),
    0x1E: ("фывапролджэё", "ФЫВАПРОЛДЖЭЁ"),
    0x2B: ("\\ячсмитьбю.", "/ЯЧСМИТЬБЮ,"),
}
RUSSIAN = {
    first + place: (plain[place], shifted[place])
    for first, (plain, shifted) in RUSSIAN_ROWS.items()
    for place in range(len(plain))
}
CODES = st.text(st.sampled_from(sorted(US)), min_size=4, max_size=60)


@dataclass
class Till:
    """A keyboard, a scanner and a widget that writes down what reaches it."""

    wedge: Wedge[str]
    now: int = 1_000
    typed: str = ""
    scans: tuple[Scan, ...] = ()

    def press(self, key: Key[str], gap: int) -> None:
        deadline = self.wedge.deadline
        if deadline is not None and deadline < self.now + gap:
            self._follow(self.wedge.tick(deadline))
        self.now += gap
        decision = self.wedge.press(key, self.now)
        self._follow(decision)
        if not decision.swallow:
            self.typed += key.tag

    def rest(self) -> None:
        self.now += 1_000
        self._follow(self.wedge.tick(self.now))

    def _follow(self, decision: Decision[str]) -> None:
        self.typed += "".join(key.tag for key in decision.replay)
        if decision.scan is not None:
            self.scans = (*self.scans, decision.scan)


def till(settings: WedgeSettings | None = None) -> Till:
    return Till(Wedge(settings))


def us_key(letter: str) -> Key[str]:
    code, shift = US[letter]
    return Key(letter, code, shift, suffix=False, tag=letter)


def russian_key(letter: str, *, with_code: bool = True) -> Key[str]:
    """What Qt says when the key of this US character is pressed under the Russian layout."""
    code, shift = US[letter]
    text = RUSSIAN[code][shift]
    return Key(text, code if with_code else 0, shift, suffix=False, tag=text)


ENTER: Key[str] = Key("\r", 0x1C, shift=False, suffix=True, tag="\n")


def scanned(one: Till, keys: list[Key[str]], gap: int = 5, *, enter: bool = True) -> None:
    for place, key in enumerate(keys):
        one.press(key, gap if place else 500)
    if enter:
        one.press(ENTER, gap)


@given(CODES, st.integers(0, 35))
def test_a_burst_is_a_scan_under_the_us_layout(code: str, gap: int) -> None:
    one = till()
    scanned(one, [us_key(letter) for letter in code], gap)
    assert [scan.symbology + scan.code for scan in one.scans] == [code]
    assert one.typed == ""


@given(CODES, st.integers(0, 35))
def test_a_burst_is_the_same_scan_under_the_russian_layout(code: str, gap: int) -> None:
    one = till()
    scanned(one, [russian_key(letter) for letter in code], gap)
    assert [scan.symbology + scan.code for scan in one.scans] == [code]
    assert one.typed == ""


@given(CODES.filter(lambda code: any(letter.isalpha() for letter in code)))
def test_without_physical_codes_a_russian_burst_is_translated_back_as_a_whole(code: str) -> None:
    one = till(WedgeSettings(physical_keys=False))
    scanned(one, [russian_key(letter, with_code=False) for letter in code])
    assert [scan.symbology + scan.code for scan in one.scans] == [code]


@given(st.text(st.sampled_from(sorted(US)), max_size=60), st.data())
@pytest.mark.parametrize("layout", ["us", "ru"])
def test_what_a_person_types_arrives_whole_and_in_order(layout: str, text: str, data: st.DataObject) -> None:
    """Fingers may roll over three keys at once, but never over four."""
    one, rolled, expected = till(), 0, ""
    for letter in text:
        gap = data.draw(st.integers(0, 400)) if rolled < 2 else data.draw(st.integers(36, 400))
        rolled = rolled + 1 if gap <= 35 else 0
        key = us_key(letter) if layout == "us" else russian_key(letter)
        one.press(key, gap)
        expected += key.tag
    if data.draw(st.booleans()):
        one.press(ENTER, data.draw(st.integers(36, 400)))
        expected += "\n"
    one.rest()
    assert one.typed == expected
    assert one.scans == ()


@given(st.lists(st.tuples(st.sampled_from([*sorted(US), "\n"]), st.integers(0, 120)), max_size=80))
def test_every_key_is_typed_or_scanned_and_none_is_both(strokes: list[tuple[str, int]]) -> None:
    one = till()
    for letter, gap in strokes:
        one.press(ENTER if letter == "\n" else us_key(letter), gap)
    one.rest()
    got = one.typed.replace("\n", "") + "".join(scan.symbology + scan.code for scan in one.scans)
    assert sorted(got) == sorted(letter for letter, _ in strokes if letter != "\n")


def test_a_burst_without_a_suffix_ends_in_silence() -> None:
    one = till()
    scanned(one, [us_key(letter) for letter in "4600051000057"], enter=False)
    assert not one.scans
    one.rest()
    assert one.scans == (Scan("4600051000057"),)


def test_three_fast_keys_and_enter_are_a_person() -> None:
    one = till()
    scanned(one, [us_key(letter) for letter in "123"])
    assert one.typed == "123\n"
    assert one.scans == ()


def test_two_scans_in_a_row_stay_two() -> None:
    one = till()
    scanned(one, [us_key(letter) for letter in "96385074"], enter=False)
    scanned(one, [us_key(letter) for letter in "4600051000057"])
    assert one.scans == (Scan("96385074"), Scan("4600051000057"))


@pytest.mark.parametrize("echo_ms", [1, 40, 100])
def test_a_second_enter_of_the_scanner_pays_nothing(echo_ms: int) -> None:
    one = till()
    scanned(one, [us_key(letter) for letter in "96385074"])
    one.press(ENTER, echo_ms)
    assert one.typed == ""
    one.press(ENTER, 400)
    assert one.typed == "\n"


def test_a_key_after_the_scan_makes_the_next_enter_the_persons_own() -> None:
    one = till()
    scanned(one, [us_key(letter) for letter in "96385074"])
    one.press(us_key("7"), 40)
    one.press(ENTER, 40)
    assert one.typed == "7\n"


@pytest.mark.parametrize("aim", ["]E0", "]d2", "]Q3", "]C1", "]e0"])
def test_the_symbology_is_told_apart_from_the_code(aim: str) -> None:
    one = till()
    scanned(one, [russian_key(letter) for letter in aim + "4600051000057"])
    assert one.scans == (Scan("4600051000057", aim),)


def test_a_group_separator_inside_a_burst_is_kept() -> None:
    separator: Key[str] = Key("\x1d", 0x1B, shift=False, suffix=False, tag="")
    one = till()
    scanned(one, [us_key("0"), us_key("1"), us_key("x"), separator, us_key("9"), us_key("2")])
    assert one.scans == (Scan("01x\x1d92"),)


def test_a_configured_prefix_is_required_and_taken_off() -> None:
    one = till(WedgeSettings(prefix="~~"))
    scanned(one, [us_key(letter) for letter in "~~96385074"])
    scanned(one, [us_key(letter) for letter in "96385074"])
    assert one.scans == (Scan("96385074"),)
    assert one.typed == "96385074\n"


def test_a_function_key_gives_back_what_is_held() -> None:
    one = till()
    one.press(us_key("5"), 100)
    one.press(Key("", 0x43, shift=False, suffix=False, tag="<F9>"), 10)
    assert one.typed == "5<F9>"


def test_a_jammed_key_fills_no_memory() -> None:
    one = till()
    for _ in range(2_000):
        one.press(us_key("a"), 1)
    assert len(one.typed) >= 1_026


def test_a_text_without_cyrillic_letters_is_left_alone() -> None:
    assert back_translated('12.5"3') == '12.5"3'
    assert back_translated("СДГИ-14") == "CLUB-14"
