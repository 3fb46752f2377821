"""Strokes shared by every hand-painted control: boxes, key caps, focus rings and text that never leaves its place."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from desktop.design import icons
from desktop.design.theme import look

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ORPHAN_LETTERS = 2
CENTER = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Shape:
    """How a box is filled and edged; colours by name, an empty one paints nothing."""

    fill: str = "surface"
    edge: str = "border"
    width: str = "normal"
    dashed: bool = False
    radius: str = "control"


def painter(widget: QWidget) -> QPainter:
    """A painter with smooth edges."""
    made = QPainter(widget)
    made.setRenderHint(QPainter.RenderHint.Antialiasing)
    return made


def box(p: QPainter, rect: QRectF, shape: Shape, fill: QColor | None = None) -> None:
    """Paint a rounded box wholly inside `rect`."""
    width = look().edge(shape.width) if shape.edge else 0
    half = width / 2
    if fill is not None:
        p.setBrush(fill)
    elif shape.fill:
        p.setBrush(look().color(shape.fill))
    else:
        p.setBrush(Qt.BrushStyle.NoBrush)
    if shape.edge:
        pen = QPen(look().color(shape.edge), width)
        if shape.dashed:
            # In units of the pen's width: 4 px drawn, 3 px free at any width.
            pen.setDashPattern([4 / width, 3 / width])
        p.setPen(pen)
    else:
        p.setPen(Qt.PenStyle.NoPen)
    radius = rect.height() / 2 if shape.radius == "pill" else look().radius(shape.radius)
    p.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)


def raised(p: QPainter, rect: QRectF, shape: Shape, lower: int) -> None:
    """A box like a physical key: its lower edge is `lower` pixels thick."""
    if shape.dashed or not shape.edge:
        box(p, rect, shape)
        return
    edge = look().edge(shape.width)
    radius = look().radius(shape.radius)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(look().color(shape.edge))
    p.drawRoundedRect(rect, radius, radius)
    if shape.fill:
        p.setBrush(look().color(shape.fill))
        inner = max(0, radius - edge)
        p.drawRoundedRect(rect.adjusted(edge, edge, -edge, -max(edge, lower)), inner, inner)


def focus_ring(p: QPainter, rect: QRectF, ground: str = "surface", radius: str = "control") -> None:
    """The two-colour ring just inside `rect`: ring outside, gap in the colour of the ground."""
    width, gap = look().edge("ring"), look().edge("ring_gap")
    p.setBrush(Qt.BrushStyle.NoBrush)
    px = rect.height() / 2 if radius == "pill" else look().radius(radius)
    p.setPen(QPen(look().color("focus"), width))
    half = width / 2
    p.drawRoundedRect(rect.adjusted(half, half, -half, -half), px, px)
    p.setPen(QPen(look().color(ground), gap))
    inset = width + gap / 2
    p.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), max(0, px - width), max(0, px - width))


def text(
    p: QPainter, rect: QRectF, words: str, role: str, color: QColor | str, align: Qt.AlignmentFlag = LEFT, *, elide: bool = False
) -> None:
    """One line of text in a type role."""
    p.setFont(look().font(role))
    p.setPen(look().color(color) if isinstance(color, str) else color)
    if elide:
        words = look().metrics(role).elidedText(words, Qt.TextElideMode.ElideRight, int(rect.width()))
    p.drawText(rect, int(align | Qt.TextFlag.TextSingleLine), words)


def two_lines(words: str, metrics: QFontMetrics, width: int) -> list[str]:
    """`words` broken at a space into at most two lines; only the second may end in an ellipsis."""
    if metrics.horizontalAdvance(words) <= width:
        return [words]
    parts = words.split(" ")
    for count in range(len(parts) - 1, 0, -1):
        head = " ".join(parts[:count])
        # A unit alone on its line reads badly: "0,5" stays with "л".
        if metrics.horizontalAdvance(head) <= width and (count == 1 or len(" ".join(parts[count:])) > _ORPHAN_LETTERS):
            return [head, metrics.elidedText(" ".join(parts[count:]), Qt.TextElideMode.ElideRight, width)]
    return [metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)]


def icon(p: QPainter, rect: QRectF, name: str, color: QColor | str) -> None:
    """A tinted icon."""
    icons.draw(p, name, look().color(color) if isinstance(color, str) else color, rect)


def cap_size(words: str, *, big: bool = False) -> QSize:
    """How much room a key cap with these words takes."""
    if not words:
        return QSize(0, 0)
    height = look().px("cap_big" if big else "cap")
    wide = look().metrics("cap").horizontalAdvance(words) + 2 * look().px("cap_inset")
    return QSize(max(look().px("cap_min_big" if big else "cap_min"), wide), height)


def cap(p: QPainter, rect: QRectF, words: str, *, ink: str = "text", ghost: bool = False, big: bool = False) -> None:
    """A key cap; `ghost` lies on a filled button: no fill of its own, edge in the button's text colour."""
    lower = look().px("cap_edge")
    if ghost:
        edge = look().edge("normal")
        pen = QPen(look().color(ink), edge)
        p.setPen(pen)
        p.setBrush(Qt.BrushStyle.NoBrush)
        radius, half = look().radius("cap"), edge / 2
        p.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
        y = rect.bottom() - lower + half
        p.drawLine(QPointF(rect.left() + radius, y), QPointF(rect.right() - radius, y))
    else:
        raised(p, rect, Shape(edge="border" if not look().is_contrast else "text", radius="cap"), lower)
    text(p, rect.adjusted(0, 0, 0, -1), words, "small_bold" if big else "cap", ink, CENTER)


def tick(p: QPainter, rect: QRectF, color: QColor) -> None:
    """A check mark, for boxes too small for an icon."""
    p.setPen(QPen(color, max(2.0, rect.width() / 9), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    p.setBrush(Qt.BrushStyle.NoBrush)
    x, y, w, h = rect.x(), rect.y(), rect.width(), rect.height()
    p.drawPolyline(
        QPolygonF([QPointF(x + w * 0.25, y + h * 0.52), QPointF(x + w * 0.43, y + h * 0.7), QPointF(x + w * 0.76, y + h * 0.32)])
    )


def check_box(p: QPainter, rect: QRectF, *, checked: bool) -> None:
    """The square of a check box."""
    if checked:
        box(p, rect, Shape(fill="accent", edge="accent", radius="cap"))
        tick(p, rect, look().color("on_accent"))
    else:
        box(p, rect, Shape(radius="cap"))
