"""Every rule is seen to fail: a planted violation is caught, and innocent code beside it is left alone."""

from dataclasses import dataclass

import pytest

from tests.tidy import import_rules, look_rules, repository_rules, shape_rules
from tests.tidy.source import Rule, Source
from tests.tidy.test_tidy import RULES, name_of


@dataclass(frozen=True)
class Planted:
    """What a rule must catch and what it must let pass, both in a file of this path."""

    rule: Rule
    path: str
    guilty: str
    innocent: str
    innocent_path: str = ""


VIEW = "desktop/screens/sale/view.py"
MODEL = "desktop/screens/sale/view_model.py"
COMMANDS = "shared/sales/commands.py"
OPERATIONS = "shared/sales/operations.py"
LATE = "def f():\n    import {name}{reason}\n"
WHY = "  # slow to load, and needed only when something is printed"

PLANTED = (
    Planted(shape_rules.file_is_short, COMMANDS, "x = 1\n" * 401, "x = 1\n" * 400),
    Planted(shape_rules.function_is_short, COMMANDS, "def f():\n" + "    g()\n" * 60, "def f():\n" + "    g()\n" * 59),
    Planted(shape_rules.leaves_no_reminder, "README.md", "TO" + "DO: more\n", "a mastodon\n"),
    Planted(shape_rules.keeps_no_module_state, COMMANDS, "_carts: dict[str, int] = {}\n", 'NAMES = {"a": 1}\n__all__ = []\n'),
    Planted(
        shape_rules.keeps_no_module_state, COMMANDS, 'SEEN = {"a"}\ndef f(x):\n    SEEN.add(x)\n', "def f():\n    seen = set()\n"
    ),
    Planted(shape_rules.keeps_no_module_state, COMMANDS, "N = 1\ndef f():\n    global N\n", "N = 1\n"),
    Planted(shape_rules.prints_only_at_the_edge, COMMANDS, "print(1)\n", "print(1)\n", "desktop/__main__.py"),
    Planted(
        shape_rules.catches_narrowly,
        COMMANDS,
        "try:\n    f()\nexcept Exception:\n    pass\n",
        "try:\n    f()\nexcept KeyError:\n    g()\nexcept Exception:\n    h()\n    raise\n",
    ),
    Planted(
        shape_rules.catches_narrowly,
        COMMANDS,
        "try:\n    f()\nexcept:\n    pass\n",
        "try:\n    f()\nexcept:\n    g()\n",
        "desktop/devices/x.py",
    ),
    Planted(
        shape_rules.tests_prove,
        "tests/shared/test_x.py",
        "@pytest.mark.sk" + "ip\ndef test(): ...\n",
        "@pytest.mark.slow\ndef t(): ...\n",
    ),
    Planted(shape_rules.tests_prove, "tests/shared/test_x.py", "from unittest import mo" + "ck\n", "from unittest import case\n"),
    Planted(import_rules.imports_at_the_top, COMMANDS, LATE.format(name="json", reason=WHY), "import json\n"),
    Planted(import_rules.imports_at_the_top, VIEW, LATE.format(name="escpos", reason=""), LATE.format(name="escpos", reason=WHY)),
    Planted(import_rules.uses_no_forbidden_module, "tests/x.py", "import sqlite3\n", "import pysqlite3\n"),
    Planted(import_rules.uses_no_forbidden_module, VIEW, "from PySide6 import QtWebSockets\n", "from PySide6 import QtWidgets\n"),
    Planted(
        import_rules.view_model_needs_no_window,
        MODEL,
        "from PySide6.QtWidgets import QLabel\n",
        "from PySide6.QtCore import Signal\n",
    ),
    Planted(
        import_rules.view_decides_nothing,
        VIEW,
        "from shared.sales.commands import complete_sale\n",
        "from shared.sales.cart import Cart\n",
    ),
    Planted(
        import_rules.tables_stay_inside,
        COMMANDS,
        "from shared.stock.tables import Move\n",
        "from shared.sales.tables import Sale\n",
    ),
    Planted(
        import_rules.tables_stay_inside,
        "desktop/app/x.py",
        "import shared.ledger.tables\n",
        "import shared.ledger.tables\n",
        "desktop/store/x.py",
    ),
    Planted(import_rules.core_takes_the_world_as_parameter, COMMANDS, "import time\n", "import time\n", "shared/core/clock.py"),
    Planted(
        import_rules.core_takes_the_world_as_parameter, COMMANDS, "x = datetime.now()\n", "x = datetime.fromtimestamp(at, zone)\n"
    ),
    Planted(
        import_rules.reducer_sees_only_its_operation,
        OPERATIONS,
        "from sqlalchemy import select\n",
        "from shared.sales.tables import Sale\n",
    ),
    Planted(
        import_rules.reducer_sees_only_its_operation,
        OPERATIONS,
        "for x in {1, 2}:\n    f(x)\n",
        "for x in sorted({1, 2}):\n    f(x)\n",
    ),
    Planted(
        import_rules.database_is_touched_in_its_places, VIEW, "session.commit()\n", "session.commit()\n", "desktop/store/x.py"
    ),
    Planted(
        import_rules.database_is_touched_in_its_places,
        COMMANDS,
        "from sqlalchemy import text\n",
        "from sqlalchemy import select\n",
    ),
    Planted(look_rules.colours_are_tokens, VIEW, 'x = "#2e7d32"\n', 'x = "#12"\n'),
    Planted(look_rules.colours_are_tokens, VIEW, "x = QColor(1, 2, 3)\n", "x = QColor(tokens.surface)\n"),
    Planted(look_rules.sizes_are_tokens, VIEW, "box.setSpacing(8)\n", "box.setSpacing(0)\nbox.setSpacing(tokens.gap)\n"),
    Planted(look_rules.sizes_are_tokens, VIEW, 'x = "padding: 4px"\n', '"""Four 4px squares in a docstring."""\n'),
    Planted(look_rules.keys_are_in_the_catalogue, VIEW, 'x = "Ctrl+K"\n', 'x = "The shift is closed. Open it with F12"\n'),
    Planted(look_rules.keys_are_in_the_catalogue, VIEW, "b.setShortcut(key)\n", 'b.bind("sale.pay")\n'),
    Planted(
        look_rules.style_sheets_are_designed, VIEW, "w.setStyleSheet(x)\n", "w.setStyleSheet(x)\n", "desktop/design/theme.py"
    ),
    Planted(
        look_rules.sentences_are_translated,
        VIEW,
        'label.setText("Take payment")\n',
        'label.setText(tr("Take payment"))\nwindow.setWindowTitle("ClubKassa")\n',
    ),
    Planted(look_rules.sentences_are_translated, VIEW, 'QLabel(f"{n} items")\n', 'QLabel(f"{n} ×")\n'),
    Planted(look_rules.markers_hold_plain_sentences, VIEW, 'tr(f"{n} items")\n', 'tr("{n} items", n=n)\n'),
    Planted(
        look_rules.refusals_are_marked,
        COMMANDS,
        'raise Refusal("no_shift", "No shift")\n',
        'raise Refusal("no_shift", N_("No shift"))\n',
    ),
    Planted(
        look_rules.refusals_are_marked, COMMANDS, 'raise Refusal("NoShift", N_("No"))\n', 'raise Refusal("no_shift", N_("No"))\n'
    ),
    Planted(repository_rules.names_no_registry, "README.md", "see https://py" + "pi.org\n", "see the package index\n"),
    Planted(
        repository_rules.names_no_machine,
        "README.md",
        "cd /ho" + "me/anna/kassa\n",
        "cd clubkassa, then /etc/hosts, then and/root/x\n",
    ),
    Planted(repository_rules.is_text, "README.md", "no newline", "a newline\n"),
)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: name_of(planted.rule))
def test_the_rule_catches_the_guilty_and_spares_the_innocent(planted: Planted) -> None:
    assert list(planted.rule(Source(planted.path, planted.guilty)))
    assert list(planted.rule(Source(planted.innocent_path or planted.path, planted.innocent))) == []


def test_every_rule_has_a_planted_violation() -> None:
    assert {planted.rule for planted in PLANTED} == set(RULES)


@pytest.mark.parametrize("path", ["uv.lock", "web/package-lock.json", "resources/fonts/Inter.ttf", "sync_server/web/htmx.js"])
def test_foreign_files_are_found(path: str) -> None:
    assert repository_rules.foreign_files(("README.md", path)) == [path]
