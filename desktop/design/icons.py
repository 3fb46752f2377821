"""Lucide icons, tinted with a token colour and kept by size."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.design.tokens import RESOURCES

ICON_FOLDER = RESOURCES / "vendor" / "icons"


@lru_cache(maxsize=256)
def _source(name: str) -> str | None:
    path = ICON_FOLDER / f"{name}.svg"
    return path.read_text("utf-8") if path.is_file() else None


@lru_cache(maxsize=1024)
def _pixmap(name: str, rgba: int, px: int, ratio: float) -> QPixmap:
    made = QPixmap(round(px * ratio), round(px * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    source = _source(name)
    if source is None:
        return made
    tint = QColor.fromRgba(rgba).name()
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", tint).encode()))
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, px, px))
    painter.end()
    return made


def pixmap(name: str, color: QColor, px: int, ratio: float = 1.0) -> QPixmap:
    """The icon `name` in `color`, `px` logical pixels wide; empty when the icon is not installed."""
    return _pixmap(name, color.rgba(), px, ratio)


def draw(painter: QPainter, name: str, color: QColor, rect: QRectF) -> None:
    """Paint the icon into `rect`, which is square."""
    px = round(rect.width())
    ratio = painter.device().devicePixelRatio() if painter.device() is not None else 1.0
    painter.drawPixmap(rect.topLeft().toPoint(), pixmap(name, color, px, ratio))


def icon(name: str, color: QColor, px: int) -> QIcon:
    """The icon for a standard Qt control."""
    return QIcon(pixmap(name, color, px, 2.0))
