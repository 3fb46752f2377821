"""Colours, sizes, keys and sentences are each declared in one place."""

import ast
import re
from collections.abc import Iterator

from tests.tidy.source import Complaint, Source, dotted

DESIGN = ("desktop/design/",)
KEYS = ("desktop/actions/", "desktop/design/")
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})|rgba?\(.*\)")
PIXELS = re.compile(r"\d(px|pt)\b")
KEY = re.compile(r"(?:(?:Ctrl|Alt|Shift|Meta)\+)+\S{1,8}|F\d{1,2}")
SIZE_CALLS = {
    "setFixedWidth", "setFixedHeight", "setFixedSize", "setMinimumWidth", "setMinimumHeight", "setMinimumSize", "setMaximumWidth",
    "setMaximumHeight", "setMaximumSize", "setContentsMargins", "setSpacing", "setHorizontalSpacing", "setVerticalSpacing",
    "setPixelSize", "setPointSize", "setIconSize", "setColumnWidth", "resize",
}  # fmt: skip
SHOWING_CALLS = {
    "setText", "setWindowTitle", "setToolTip", "setPlaceholderText", "setAccessibleName", "setAccessibleDescription", "setTitle",
    "setStatusTip", "QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction",
}  # fmt: skip
WORD = re.compile(r"[^\W\d_]{2,}")
MARKERS = {"tr", "ntr", "N_"}
SAME_IN_EVERY_LANGUAGE = {"ClubKassa"}


def _in_window(source: Source) -> bool:
    return source.is_python and source.path.startswith("desktop/")


def _texts(source: Source) -> Iterator[tuple[int, str]]:
    """String constants that are not documentation."""
    documentation = {
        id(node.body[0].value)
        for node in source.nodes
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in source.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value


def colours_are_tokens(source: Source) -> Iterator[Complaint]:
    """A colour is written in resources/design and read through desktop/design."""
    if not _in_window(source) or source.under(*DESIGN):
        return
    for line, text in _texts(source):
        if COLOUR.fullmatch(text):
            yield line, f"the colour {text}; take a token"
    for node in source.nodes:
        if not (isinstance(node, ast.Call) and dotted(node.func).endswith(("QColor", "fromRgb")) and node.args):
            continue
        if all(isinstance(argument, ast.Constant) for argument in node.args):
            yield node.lineno, f"{ast.unparse(node)}; take a token"


def sizes_are_tokens(source: Source) -> Iterator[Complaint]:
    """A size in pixels is a token, so that text size and scale reach everything; 0 and 1 need no name."""
    if not _in_window(source) or source.under(*DESIGN):
        return
    for node in source.nodes:
        if not (isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in SIZE_CALLS):
            continue
        if any(isinstance(a, ast.Constant) and isinstance(a.value, int | float) and a.value > 1 for a in node.args):
            yield node.lineno, f"{ast.unparse(node)}; take a token"
    for line, text in _texts(source):
        if PIXELS.search(text):
            yield line, "a size in a text; take a token"


def keys_are_in_the_catalogue(source: Source) -> Iterator[Complaint]:
    """A key sequence is written in desktop/actions and nowhere else."""
    if not _in_window(source) or source.under(*KEYS):
        return
    for node in source.nodes:
        if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in {"QKeySequence", "QShortcut", "setShortcut"}:
            yield node.lineno, f"{ast.unparse(node)}; bind an action"
    for line, text in _texts(source):
        if KEY.fullmatch(text):
            yield line, f"the key {text}; ask the catalogue of actions"


def style_sheets_are_designed(source: Source) -> Iterator[Complaint]:
    """Style sheets are made from tokens in desktop/design; a widget sets a property."""
    if _in_window(source) and not source.under(*DESIGN):
        for node in source.nodes:
            if isinstance(node, ast.Call) and dotted(node.func).endswith("setStyleSheet"):
                yield node.lineno, "a style sheet of its own; set a property and style it in the theme"


def sentences_are_translated(source: Source) -> Iterator[Complaint]:
    """A text that people see goes through tr, ntr or N_."""
    if not _in_window(source):
        return
    for node in source.nodes:
        if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in SHOWING_CALLS:
            for argument in node.args:
                text = argument.value if isinstance(argument, ast.Constant) else ""
                if isinstance(text, str) and WORD.search(text) and text not in SAME_IN_EVERY_LANGUAGE:
                    yield node.lineno, f"{text!r} is shown without tr"
                if isinstance(argument, ast.JoinedStr) and WORD.search(_plain_part(argument)):
                    yield node.lineno, f"{ast.unparse(argument)} is shown without tr"


def _plain_part(text: ast.JoinedStr) -> str:
    return " ".join(str(part.value) for part in text.values if isinstance(part, ast.Constant))


def markers_hold_plain_sentences(source: Source) -> Iterator[Complaint]:
    """tr, ntr and N_ get plain sentences: one that is built on the spot is in no catalogue."""
    if not source.is_product:
        return
    for node in source.nodes:
        if isinstance(node, ast.Call) and dotted(node.func) in MARKERS and node.args:
            built = [a for a in node.args[:2] if isinstance(a, ast.JoinedStr | ast.BinOp)]
            if built:
                yield node.lineno, f"{ast.unparse(built[0])} is built on the spot; use named placeholders"


def refusals_are_marked(source: Source) -> Iterator[Complaint]:
    """A refusal carries a snake-case code and a sentence marked with N_."""
    if not source.is_product:
        return
    for node in source.nodes:
        if not (isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] == "Refusal" and len(node.args) >= 2):
            continue
        code, text = node.args[0], node.args[1]
        if isinstance(code, ast.Constant) and not re.fullmatch(r"[a-z][a-z0-9_]*", str(code.value)):
            yield node.lineno, f"the code {code.value!r} is not in snake case"
        if isinstance(text, ast.Constant | ast.JoinedStr):
            yield node.lineno, "the sentence of a refusal is not marked with N_"


RULES = (
    colours_are_tokens, sizes_are_tokens, keys_are_in_the_catalogue, style_sheets_are_designed, sentences_are_translated,
    markers_hold_plain_sentences, refusals_are_marked,
)  # fmt: skip
