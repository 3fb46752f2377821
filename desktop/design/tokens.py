"""The token table, read once: every colour, size and type role by name, for one theme and one text size."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

RESOURCES: Final = Path(__file__).resolve().parents[2] / "resources"
THEMES: Final = ("light", "dark", "contrast")
TEXT_SIZES: Final = (100, 125, 150, 175, 200)


@dataclass(frozen=True, slots=True)
class TypeRole:
    """A text style: size in pixels, already scaled, and weight from 400 to 700."""

    px: int
    weight: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme at one text size. Colours are `#RRGGBB` or `#AARRGGBB`, lengths are scaled pixels."""

    theme: str
    scale: int
    colors: Mapping[str, str]
    edges: Mapping[str, int]
    types: Mapping[str, TypeRole]
    spaces: Mapping[str, int]
    radii: Mapping[str, int]
    sizes: Mapping[str, int]


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads((RESOURCES / "design" / "tokens.toml").read_text("utf-8"))


@cache
def load(theme: str, scale: int = 100) -> Tokens:
    """The tokens of `theme` (one of THEMES) with text at `scale` percent, 100 to 200; ValueError outside."""
    if theme not in THEMES or not 100 <= scale <= 200:
        raise ValueError(f"no such look: {theme} at {scale} %")
    table = _table()

    def scaled(px: int) -> int:
        return (px * scale + 50) // 100

    return Tokens(
        theme=theme,
        scale=scale,
        colors={name: by_theme[theme] for name, by_theme in table["color"].items()},
        # Edges grow only at whole multiples: a line of 1.5 px is a blurred line.
        edges={name: max(1, by_theme[theme] * scale // 100) for name, by_theme in table["edge"].items()},
        types={name: TypeRole(scaled(role["px"]), role["weight"]) for name, role in table["type"].items()},
        spaces={name: scaled(px) for name, px in table["space"].items()},
        radii={name: scaled(px) for name, px in table["radius"].items()},
        sizes={name: scaled(px) for name, px in table["size"].items()},
    )
