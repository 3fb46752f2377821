"""The look in force: fonts, palette, style sheet and focus ring made from the tokens, switched while the program runs."""

from functools import cache, lru_cache

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle, QStyleOption, QWidget

from desktop.design import tokens
from desktop.design.style_sheet import style_sheet

FONT_FAMILY = "Inter"
FONT_WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")
MONO_FAMILY = "JetBrains Mono NL"
_BODY = "body"


class Look:
    """Tokens as Qt values: what a widget asks while it measures or paints."""

    def __init__(self, table: tokens.Tokens) -> None:
        self.tokens = table
        self._colors = {name: QColor(text) for name, text in table.colors.items()}
        self._fonts = {name: _font(role.px, role.weight) for name, role in table.types.items()}
        self._fonts["paper"].setFamilies([MONO_FAMILY, "monospace"])
        self._fonts["paper"].setStyleHint(QFont.StyleHint.Monospace)
        self._metrics = {name: QFontMetrics(font) for name, font in self._fonts.items()}

    @property
    def is_contrast(self) -> bool:
        """True in the high contrast theme, where soft fills become edges."""
        return self.tokens.theme == "contrast"

    def color(self, name: str) -> QColor:
        """The colour called `name`; KeyError when the table has none."""
        return self._colors[name]

    def font(self, role: str) -> QFont:
        """The font of a type role, with tabular digits."""
        return self._fonts[role]

    def metrics(self, role: str) -> QFontMetrics:
        """Metrics of a type role."""
        return self._metrics[role]

    def px(self, name: str) -> int:
        """The size called `name`, scaled."""
        return self.tokens.sizes[name]

    def space(self, name: str) -> int:
        """The spacing step called `name`, scaled."""
        return self.tokens.spaces[name]

    def radius(self, name: str) -> int:
        """The corner radius called `name`, scaled."""
        return self.tokens.radii[name]

    def edge(self, name: str = "normal") -> int:
        """The width of an edge in this theme."""
        return self.tokens.edges[name]

    def mix(self, name: str, towards: str, percent: int) -> QColor:
        """`name` moved `percent` of the way to `towards`: the pressed fill."""
        a, b = self._colors[name], self._colors[towards]
        share = percent / 100
        return QColor.fromRgbF(
            a.redF() + (b.redF() - a.redF()) * share,
            a.greenF() + (b.greenF() - a.greenF()) * share,
            a.blueF() + (b.blueF() - a.blueF()) * share,
        )


def _font(px: int, weight: int) -> QFont:
    font = QFont(FONT_FAMILY)
    font.setPixelSize(px)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


class Theme(QObject):
    """The switch.

    Signals: changed — colours or sizes are new; widgets hear it as a style change, others listen here.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._look: Look | None = None

    @property
    def look(self) -> Look:
        """What is in force; light at 100 % until somebody applies another."""
        if self._look is None:
            self._look = _look("light", 100)
        return self._look

    def apply(self, app: QApplication, name: str, scale: int = 100) -> None:
        """Give the whole program the theme `name` at `scale` percent of text size."""
        load_fonts()
        look = self._look = _look(name, scale)
        if app.property("house_style") is None:
            app.setStyle(HouseStyle())
            app.setProperty("house_style", True)
        app.setFont(look.font(_BODY))
        app.setPalette(palette(look))
        app.setStyleSheet(style_sheet(look.tokens))
        # The style sheet tells only widgets it has met; hand-painted ones measure themselves anew too.
        for widget in app.allWidgets():
            QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
        self.changed.emit()


@lru_cache(maxsize=8)
def _look(name: str, scale: int) -> Look:
    return Look(tokens.load(name, scale))


@cache
def theme() -> Theme:
    """The one theme of this process."""
    return Theme()


def look() -> Look:
    """The look in force."""
    return theme().look


def apply(app: QApplication, name: str, scale: int = 100) -> None:
    """Give the whole program the theme `name` (light, dark, contrast) at `scale` percent of text size, live."""
    theme().apply(app, name, scale)


def system_theme(app: QApplication) -> str:
    """The theme the operating system asks for."""
    hints = app.styleHints()
    # Both objects are named: Qt deletes what `styleHints()` answered once nobody holds it.
    accessibility = hints.accessibility()
    if accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


@cache
def load_fonts() -> tuple[str, ...]:
    """Register the shipped fonts with Qt; answers the files that were found."""
    folder = tokens.RESOURCES / "vendor" / "fonts"
    found = tuple(sorted(str(path) for path in folder.glob("*.ttf")))
    for path in found:
        QFontDatabase.addApplicationFont(path)
    return found


def palette(look: Look) -> QPalette:
    """The palette every standard widget paints with."""
    made = QPalette()
    role = QPalette.ColorRole
    names = {
        role.Window: "bg", role.WindowText: "text", role.Base: "surface", role.AlternateBase: "sunken",
        role.Text: "text", role.Button: "surface", role.ButtonText: "text", role.BrightText: "on_accent",
        role.Highlight: "accent", role.HighlightedText: "on_accent", role.ToolTipBase: "text", role.ToolTipText: "bg",
        role.PlaceholderText: "muted", role.Link: "accent", role.LinkVisited: "accent", role.Accent: "accent",
        role.Light: "surface", role.Midlight: "sunken", role.Mid: "line", role.Dark: "border", role.Shadow: "border",
    }  # fmt: skip
    for key, name in names.items():
        made.setColor(key, look.color(name))
    for key in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, key, look.color("muted"))
    return made


class HouseStyle(QProxyStyle):
    """Fusion with our focus ring."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(
        self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """Paint the ring for the focus frame, and leave the rest to Fusion."""
        if element != QStyle.PrimitiveElement.PE_FrameFocusRect:
            super().drawPrimitive(element, option, painter, widget)
            return
        look = theme().look
        width = look.edge("ring")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("focus"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = width / 2
        radius = look.radius("cap")
        painter.drawRoundedRect(QRectF(option.rect).adjusted(half, half, -half, -half), radius, radius)
        painter.restore()
