"""The simulated paper as a picture: one dot of the print head is one pixel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import segno
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QImage, QPainter, QPen

from desktop.devices.simulator.roll import DOTS_PER_COLUMN, Align, Item, PaperCut, PrintedImage, PrintedLine, PrintedQr

_FONT_FOLDER = Path(__file__).resolve().parents[3] / "resources" / "vendor" / "fonts"
_FONT_FILES = ("JetBrainsMonoNL-Regular.ttf", "JetBrainsMonoNL-Bold.ttf")

_WHITE, _BLACK = QColor(Qt.GlobalColor.white), QColor(Qt.GlobalColor.black)

_GLYPH_DOTS = 20
_LINE_DOTS = 24
_GAP_DOTS = 4
_MARGIN_DOTS = 32
_CUT_DOTS = 24


def paper_font_family() -> str:
    """The family the paper is drawn in: the one set-up fetched, or the system's own fixed one. Needs a QGuiApplication."""
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(_FONT_FOLDER / name))
    wanted = "JetBrains Mono NL"
    if wanted in QFontDatabase.families():
        return wanted
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()


def picture(items: Sequence[Item], columns: int, family: str) -> QImage:
    """Draw some paper from top to bottom. Needs a QGuiApplication."""
    width = columns * DOTS_PER_COLUMN
    height = sum(_height(item) for item in items)
    image = QImage(width + 2 * _MARGIN_DOTS, height + 2 * _MARGIN_DOTS, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setPen(Qt.GlobalColor.black)
        painter.translate(_MARGIN_DOTS, _MARGIN_DOTS)
        top = 0
        for item in items:
            _draw(painter, item, top, width, family)
            top += _height(item)
    return image


def _height(item: Item) -> int:
    match item:
        case PrintedLine():
            return item.high * _LINE_DOTS + _GAP_DOTS
        case PrintedImage():
            return item.height
        case PrintedQr():
            return len(_matrix(item)) * item.module
        case PaperCut():
            return 2 * _CUT_DOTS


def _draw(painter: QPainter, item: Item, top: int, width: int, family: str) -> None:
    match item:
        case PrintedLine():
            _draw_line(painter, item, top, width, family)
        case PrintedImage():
            raster = QImage(item.bits, item.width_bytes * 8, item.height, item.width_bytes, QImage.Format.Format_Mono)
            # A set bit is black on paper and white in Qt. Inverting in place would write into the immutable bytes.
            raster.setColorTable([_WHITE.rgb(), _BLACK.rgb()])
            painter.drawImage(QPointF(_left(item.align, width, item.width_bytes * 8), top), raster)
        case PrintedQr():
            _draw_code(painter, item, top, width)
        case PaperCut():
            painter.save()
            painter.setPen(QPen(Qt.GlobalColor.gray, 2, Qt.PenStyle.DashLine if item.partial else Qt.PenStyle.SolidLine))
            painter.drawLine(-_MARGIN_DOTS, top + _CUT_DOTS, width + _MARGIN_DOTS, top + _CUT_DOTS)
            painter.restore()


def _draw_line(painter: QPainter, line: PrintedLine, top: int, width: int, family: str) -> None:
    left = _left(line.align, width, line.wide * DOTS_PER_COLUMN)
    baseline = top + line.high * _LINE_DOTS - _GAP_DOTS
    for run in line.runs:
        font = QFont(family)
        font.setPixelSize(_GLYPH_DOTS)
        font.setBold(run.bold)
        metrics = QFontMetricsF(font)
        painter.save()
        painter.setFont(font)
        painter.translate(left, baseline)
        painter.scale(run.wide, run.high)
        for place, letter in enumerate(run.text):
            # Every character in the middle of its own cell, as a print head sets it, whatever the font's widths are.
            inset = (DOTS_PER_COLUMN - metrics.horizontalAdvance(letter)) / 2
            painter.drawText(QPointF(place * DOTS_PER_COLUMN + inset, 0), letter)
        painter.restore()
        left += len(run.text) * run.wide * DOTS_PER_COLUMN


def _draw_code(painter: QPainter, code: PrintedQr, top: int, width: int) -> None:
    matrix = _matrix(code)
    left = _left(code.align, width, len(matrix) * code.module)
    for row, modules in enumerate(matrix):
        for column, dark in enumerate(modules):
            if dark:
                spot = QRectF(left + column * code.module, top + row * code.module, code.module, code.module)
                painter.fillRect(spot, Qt.GlobalColor.black)


def _matrix(code: PrintedQr) -> Sequence[Sequence[int]]:
    matrix: Sequence[Sequence[int]] = segno.make_qr(code.data or " ", error="m").matrix
    return matrix


def _left(align: Align, width: int, taken: int) -> float:
    return {"left": 0.0, "center": (width - taken) / 2, "right": float(width - taken)}[align]
