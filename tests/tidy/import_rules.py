"""Who may know whom, where import-linter cannot tell."""

import ast
import re
from collections.abc import Iterator

from tests.tidy.source import Complaint, Source, dotted, imported, is_within

# Too slow to load before the first paint; each such import says so beside it.
LAZY = (
    "alembic", "biip", "cryptography", "desktop.app.gui", "desktop.app.work_screens", "desktop.devices.escpos_library",
    "desktop.devices.simulator.__main__", "escpos", "httpx", "keyring", "platformdirs", "pydantic_settings", "python_calamine",
)  # fmt: skip
# PySide6 Essentials brings the types of these but not their libraries.
QT_WITHOUT_LIBRARY = tuple(
    f"PySide6.Qt{name}"
    for name in (
        "3DAnimation", "3DCore", "3DExtras", "3DInput", "3DLogic", "3DRender", "Bluetooth", "CanvasPainter", "Charts",
        "DataVisualization", "Graphs", "GraphsWidgets", "HttpServer", "Location", "Multimedia", "MultimediaWidgets",
        "NetworkAuth", "Nfc", "Pdf", "PdfWidgets", "Positioning", "Quick3D", "RemoteObjects", "Scxml", "Sensors", "SerialBus",
        "SerialPort", "SpatialAudio", "StateMachine", "TextToSpeech", "WebChannel", "WebEngineCore", "WebEngineQuick",
        "WebEngineWidgets", "WebSockets", "WebView",
    )
)  # fmt: skip
# Where SQL is built and transactions end.
DATABASE_PLACES = ("desktop/store/", "sync_server/storage/", "shared/ledger/", "migrations/", "tests/", "build_scripts/")
# The edges of the pure core, each a port that its users get passed in.
IMPURE = (
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "socket",
    "subprocess",
    "sys",
    "tempfile",
    "threading",
    "time",
    "urllib",
)
IMPURE_EDGES = ("shared/core/clock.py",)
TABLES = re.compile(r"shared\.(\w+)\.tables(\.|$)")


def imports_at_the_top(source: Source) -> Iterator[Complaint]:
    """Imports stand at the top of the file, but for the slow ones, which carry the reason."""
    functions = (node for node in source.nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda))
    inner = {child for function in functions for child in ast.walk(function) if isinstance(child, ast.Import | ast.ImportFrom)}
    for node in sorted(inner, key=lambda child: child.lineno):
        if not all(is_within(name, *LAZY) for name in imported(node)):
            yield node.lineno, f"{ast.unparse(node)} inside a function"
        elif "#" not in source.lines[node.lineno - 1] and not source.lines[node.lineno - 2].lstrip().startswith("#"):
            yield node.lineno, f"{ast.unparse(node)} is late without a comment that says why"


def uses_no_forbidden_module(source: Source) -> Iterator[Complaint]:
    """Nobody uses the machine's own sqlite3, or a part of Qt that is not installed on a desk."""
    for node in source.nodes:
        for name in imported(node):
            if is_within(name, "sqlite3", "_sqlite3"):
                yield getattr(node, "lineno", 1), "the machine's own sqlite3; the desk's is pysqlite3"
            if is_within(name, *QT_WITHOUT_LIBRARY):
                yield getattr(node, "lineno", 1), f"{name} has types but no library in Essentials"


def view_model_needs_no_window(source: Source) -> Iterator[Complaint]:
    """A view-model takes QtCore from PySide6 and nothing else."""
    if source.path.startswith("desktop/screens/") and source.path.endswith("view_model.py"):
        for node in source.nodes:
            for name in imported(node):
                if is_within(name, "PySide6") and not is_within(name, "PySide6.QtCore"):
                    yield getattr(node, "lineno", 1), f"{name} in a view-model; it is tested without a display"


def view_decides_nothing(source: Source) -> Iterator[Complaint]:
    """A view imports no command and no query."""
    if source.path.startswith("desktop/screens/") and source.path.endswith("view.py"):
        for node in source.nodes:
            for name in imported(node):
                if re.match(r"shared\.\w+\.(commands|queries)(\.|$)", name) or name.startswith("desktop.store"):
                    yield getattr(node, "lineno", 1), f"{name} in a view; the view-model asks, the view shows"


def tables_stay_inside(source: Source) -> Iterator[Complaint]:
    """A concept's tables are known to the concept, to reports and the to-review list, and to migrations."""
    if not source.is_product or source.under("shared/reports/", "shared/review/", "shared/concepts.py", "migrations/"):
        return
    for node in source.nodes:
        for name in imported(node):
            found = TABLES.match(name)
            concept = found.group(1) if found else ""
            ledger_keeper = concept == "ledger" and source.under("desktop/store/", "sync_server/storage/")
            if found and not ledger_keeper and not source.path.startswith(f"shared/{concept}/"):
                yield getattr(node, "lineno", 1), f"{name} outside {concept}; ask its queries"


def core_takes_the_world_as_parameter(source: Source) -> Iterator[Complaint]:
    """`shared` reads no clock, no disk, no random and no network by itself."""
    if not source.path.startswith("shared/") or source.under(*IMPURE_EDGES):
        return
    for node in source.nodes:
        for name in imported(node):
            if is_within(name, *IMPURE):
                yield getattr(node, "lineno", 1), f"{name} in the core; it comes in as a parameter"
        if isinstance(node, ast.Call) and dotted(node.func) in {
            "open", "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now",
            "datetime.date.today", "uuid.uuid1", "uuid.uuid4", "uuid4", "uuid.uuid7",
        }:  # fmt: skip
            yield node.lineno, f"{dotted(node.func)}() in the core; it comes in as a parameter"


def reducer_sees_only_its_operation(source: Source) -> Iterator[Complaint]:
    """Reducers and claims look nothing up and make nothing up, in an order that every replica repeats."""
    if not re.match(r"shared/\w+/(operations|claims)(\.py|/)", source.path):
        return
    for node in source.nodes:
        for name in imported(node):
            if is_within(name, "sqlalchemy", "datetime", "uuid", "shared.core.clock") or name.endswith((".new_id", ".queries")):
                yield getattr(node, "lineno", 1), f"{name} beside a reducer; two desks would disagree"
        loops = node.iter if isinstance(node, ast.For | ast.comprehension) else None
        unordered = isinstance(loops, ast.Set | ast.SetComp)
        if unordered or (isinstance(loops, ast.Call) and dotted(loops.func) in {"set", "frozenset"}):
            yield getattr(loops, "lineno", 1), "a loop over a set; two desks would walk it in different orders"


def database_is_touched_in_its_places(source: Source) -> Iterator[Complaint]:
    """commit(), create_engine() and text() of SQLAlchemy stay in the stores, the ledger and migrations."""
    if not source.is_python or source.under(*DATABASE_PLACES):
        return
    for node in source.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit":
            yield node.lineno, "commit() outside the store; one writer ends transactions"
        for name in imported(node):
            if re.match(r"sqlalchemy(\.\w+)*\.(text|create_engine)$", name):
                yield getattr(node, "lineno", 1), f"{name} outside the store"


RULES = (
    imports_at_the_top, uses_no_forbidden_module, view_model_needs_no_window, view_decides_nothing, tables_stay_inside,
    core_takes_the_world_as_parameter, reducer_sees_only_its_operation, database_is_touched_in_its_places,
)  # fmt: skip
