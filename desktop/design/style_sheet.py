"""The small style sheet: shapes of the standard widgets that are not painted by hand."""

from desktop.design.tokens import Tokens

_SHEET = """
QToolTip {{ background: {text}; color: {bg}; border: none; padding: {xs}px {s}px; }}
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QTimeEdit, QSpinBox {{
  background: {surface}; color: {text}; border: {normal}px solid {border}; border-radius: {control}px;
  padding: 0 {inset}px; placeholder-text-color: {muted}; selection-background-color: {accent}; selection-color: {on_accent};
}}
QPlainTextEdit, QTextEdit {{ padding: {s}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QDateEdit:focus, QTimeEdit:focus, QSpinBox:focus {{
  border: {ring}px solid {focus};
}}
QLineEdit[state="error"], QPlainTextEdit[state="error"] {{ border: {strong}px solid {danger}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ border-style: dashed; color: {muted}; background: {bg}; }}
QLineEdit[bare="true"] {{ border: none; background: transparent; padding: 0; }}
QComboBox::drop-down {{ border: none; width: {field}px; }}
QAbstractItemView {{
  background: {surface}; color: {text}; border: none; outline: none;
  selection-background-color: {accent_soft}; selection-color: {text};
}}
QScrollArea {{ border: none; background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: {bar}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {bar}px; margin: 0; }}
QScrollBar::handle {{ background: {border}; border-radius: {cap}px; min-height: {field}px; min-width: {field}px; margin: 2px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
  background: none; border: none; width: 0; height: 0;
}}
QHeaderView {{ background: {surface}; border: none; }}
QHeaderView::section {{
  background: {surface}; color: {muted}; border: none; border-bottom: {normal}px solid {border}; padding: 0 {inset}px;
  font-size: {small}px; font-weight: 500;
}}
QMenu {{ background: {surface}; color: {text}; border: {normal}px solid {border}; padding: {xs}px; }}
QMenu::item {{ padding: {s}px {l}px; border-radius: {cap}px; }}
QMenu::item:selected {{ background: {accent_soft}; color: {text}; }}
"""


def style_sheet(tokens: Tokens) -> str:
    """The sheet of one theme at one text size."""
    words: dict[str, str | int] = dict(tokens.colors)
    words |= {name: tokens.edges[name] for name in ("normal", "strong", "ring")}
    words |= {name: tokens.spaces[name] for name in ("xs", "s", "l")}
    words |= {name: tokens.radii[name] for name in ("control", "cap")}
    words["small"] = tokens.types["small"].px
    words |= {"inset": tokens.sizes["field_inset"], "field": tokens.sizes["field_dense"], "bar": tokens.sizes["scroll_bar"]}
    return _SHEET.format_map(words)
