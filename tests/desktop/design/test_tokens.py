"""Every pair of colours that meets on a screen keeps its contrast, in every theme."""

import re

import pytest

from desktop.design import tokens
from desktop.design.style_sheet import style_sheet

GROUNDS = ("bg", "surface", "sunken")
TEXT_PAIRS = [(ink, ground) for ground in GROUNDS for ink in ("text", "muted")] + [
    ("on_accent", "accent"),
    ("bg", "text"),
    ("text", "accent_soft"),
    ("muted", "accent_soft"),
    ("text", "ok_soft"),
    ("text", "warn_soft"),
    ("text", "danger_soft"),
    ("ok", "ok_soft"),
    ("warn", "warn_soft"),
    ("danger", "danger_soft"),
    *[(ink, ground) for ground in ("bg", "surface") for ink in ("ok", "warn", "danger")],
    *[(f"station_{state}_text", f"station_{state}_fill") for state in
      ("free", "busy", "ending", "overdue", "booked", "service", "paused", "no_link")],
    ("ink", "paper"),
]  # fmt: skip
MARK_PAIRS = [
    *[(mark, ground) for ground in ("bg", "surface") for mark in ("border", "accent", "focus", "danger", "ok", "warn")],
    ("accent", "accent_soft"),
    ("station_busy_edge", "bg"),
    ("station_booked_edge", "station_booked_fill"),
    ("station_ending_edge", "station_ending_fill"),
    ("station_bar", "station_bar_track"),
]


def luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", tokens.THEMES)
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids="-".join)
def test_text_keeps_seven_to_one(theme: str, pair: tuple[str, str]) -> None:
    colors = tokens.load(theme).colors
    assert ratio(colors[pair[0]], colors[pair[1]]) >= 7


@pytest.mark.parametrize("theme", tokens.THEMES)
@pytest.mark.parametrize("pair", MARK_PAIRS, ids="-".join)
def test_edges_and_marks_keep_three_to_one_and_seven_in_high_contrast(theme: str, pair: tuple[str, str]) -> None:
    colors = tokens.load(theme).colors
    assert ratio(colors[pair[0]], colors[pair[1]]) >= (7 if theme == "contrast" else 3)


def test_the_ratio_is_the_one_of_the_standard() -> None:
    # WCAG 2.2: black on white is 21, equal colours are 1, #777777 on white is 4.48.
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert ratio("#123456", "#123456") == pytest.approx(1)
    assert ratio("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_every_colour_has_every_theme_and_is_written_in_full() -> None:
    for theme in tokens.THEMES:
        for name, color in tokens.load(theme).colors.items():
            assert re.fullmatch(r"#(?:[0-9A-F]{2})?[0-9A-F]{6}", color), name


@pytest.mark.parametrize("scale", tokens.TEXT_SIZES)
def test_sizes_grow_with_the_text(scale: int) -> None:
    small, large = tokens.load("light"), tokens.load("light", scale)
    assert large.types["body"].px == (15 * scale + 50) // 100
    assert all(abs(large.sizes[name] - px * scale / 100) <= 0.5 for name, px in small.sizes.items())


@pytest.mark.parametrize(("theme", "scale"), [("sepia", 100), ("light", 90), ("light", 210)])
def test_an_unknown_look_is_refused(theme: str, scale: int) -> None:
    with pytest.raises(ValueError, match="no such look"):
        tokens.load(theme, scale)


@pytest.mark.parametrize("theme", tokens.THEMES)
def test_the_style_sheet_names_no_colour_of_its_own(theme: str) -> None:
    made = tokens.load(theme)
    assert set(re.findall(r"#[0-9A-Fa-f]{6,8}", style_sheet(made))) <= set(made.colors.values())


def test_nothing_a_finger_or_a_pointer_meets_is_smaller_than_32_pixels() -> None:
    sizes = tokens.load("light").sizes
    for name in ("button_dense", "button", "button_primary", "key_slot", "field_dense", "field", "numpad_key", "chip_filter"):
        assert sizes[name] >= 32
