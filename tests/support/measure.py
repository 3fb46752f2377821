"""Figures of a benchmark: what was measured, what it should be, and what this machine can do at all."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HOLDS, AIM_MET, MISSED, SHOWN = "holds", "aim met", "MISSED", "shown"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `limit` is the machine's own figure of the same run, in the same unit.

    `most` and `times_most` (× the limit) are the targets, `times_aim` is what we would like.
    """

    what: str
    value: float
    unit: str
    most: float | None = None
    limit: float | None = None
    limit_name: str = ""
    times_most: float | None = None
    times_aim: float | None = None

    @property
    def times(self) -> float | None:
        """How many times the limit; None without one."""
        return self.value / self.limit if self.limit else None

    @property
    def target(self) -> str:
        """The targets in words."""
        parts = [f"≤ {self.most:g} {self.unit}"] if self.most is not None else []
        if self.times_most is not None:
            parts.append(f"≤ {self.times_most:g} ×" + (f" (aim {self.times_aim:g})" if self.times_aim else ""))
        return ", ".join(parts)

    @property
    def verdict(self) -> str:
        """Whether the targets hold."""
        if self.most is None and self.times_most is None:
            return SHOWN
        times = self.times or 0.0
        if (self.most is not None and self.value > self.most) or (self.times_most is not None and times > self.times_most):
            return MISSED
        return AIM_MET if self.times_aim and times <= self.times_aim else HOLDS


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that `percent` of the values do not exceed. Raises ValueError for none."""
    if not values:
        raise ValueError("nothing was measured")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def table(figures: Sequence[Figure]) -> list[str]:
    """The figures as lines of text, with the load of the machine below."""
    head = ("figure", "measured", "target", "limit of this machine, same run", "ratio", "verdict")
    rows = [head, *(_cells(figure) for figure in figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    load = " / ".join(f"{part:.1f}" for part in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    return [lines[0], "-" * len(lines[0]), *lines[1:], f"{os.cpu_count()} processors, load {load}"]


def rss_mib(pid: int) -> float:
    """Memory of a process that lies in RAM, MiB; Linux alone tells it of others."""
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _cells(figure: Figure) -> tuple[str, ...]:
    limit = f"{_number(figure.limit)} {figure.unit}, {figure.limit_name}" if figure.limit is not None else ""
    ratio = f"{figure.times:.2f} ×" if figure.times is not None else ""
    return figure.what, f"{_number(figure.value)} {figure.unit}", figure.target, limit, ratio, figure.verdict


def _number(value: float) -> str:
    return f"{value:.3f}" if value < 10 else f"{value:.1f}" if value < 1000 else f"{value:,.0f}"
