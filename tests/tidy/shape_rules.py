"""How large, how plain and how honest a file is."""

import ast
import re
from collections.abc import Iterator

from tests.tidy.source import Complaint, Source, dotted

file_lines_max = 400
function_lines_max = 60

# The only homes of module-level state: what decorators register while modules load, and statements built once per shape.
REGISTRIES = (
    "shared/core/columns.py", "shared/ledger/operation.py", "shared/ledger/transaction.py", "shared/ledger/upcast.py",
    "shared/ledger/writes.py",
)  # fmt: skip
# A person or a program reads the standard output of these.
CLI_FILES = (
    "build_scripts/", "desktop/__main__.py", "desktop/app/cli/", "sync_server/__main__.py", "tests/benchmarks/", "tests/soak/",
)  # fmt: skip
# A broad catch stands where one failure must not take others with it: a device, a worker thread, the last line for bugs.
BROAD_CATCHES = (
    "desktop/app/faults.py", "desktop/app/cli/shell.py", "desktop/devices/", "desktop/store/store.py",
    "desktop/sync/runner.py", "sync_server/app.py", "sync_server/sync/service.py",
)  # fmt: skip
CHANGING_CALLS = {"append", "add", "update", "setdefault", "pop", "clear", "extend", "insert", "remove", "discard", "popitem"}
CONTAINERS = {"dict", "list", "set", "defaultdict", "deque", "Counter", "OrderedDict"}
REMINDER = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")


def file_is_short(source: Source) -> Iterator[Complaint]:
    """A Python file has at most 400 lines."""
    if source.is_python and len(source.lines) > file_lines_max:
        yield file_lines_max + 1, f"{len(source.lines)} lines in one file; split it by what it speaks of"


def function_is_short(source: Source) -> Iterator[Complaint]:
    """A function has at most 60 lines, docstring included."""
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > function_lines_max:
                yield node.lineno, f"{node.name} has {length} lines; branch in the caller, keep leaves pure"


def leaves_no_reminder(source: Source) -> Iterator[Complaint]:
    """Work that is left is written where work is planned, not in the file."""
    for number, line in enumerate(source.lines, 1):
        if REMINDER.search(line):
            yield number, "a reminder; do it or plan it"


def keeps_no_module_state(source: Source) -> Iterator[Complaint]:
    """A module holds constants; what changes is passed in."""
    if not source.is_product or source.under(*REGISTRIES):
        return
    names: set[str] = set()
    for statement in source.tree.body:
        if not (isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value and _is_container(statement.value)):
            continue
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        names |= {dotted(target) for target in targets} - {"__all__"}
        if _is_empty(statement.value) and "__all__" not in {dotted(target) for target in targets}:
            yield statement.lineno, "an empty container at module level is state in waiting"
    for node in source.nodes:
        if isinstance(node, ast.Global):
            yield node.lineno, "global: pass it in"
        elif _changed_name(node) in names:
            yield getattr(node, "lineno", 1), f"{_changed_name(node)} of the module is changed here"


def _is_container(value: ast.expr) -> bool:
    plain = isinstance(value, ast.Dict | ast.List | ast.Set | ast.DictComp | ast.ListComp | ast.SetComp)
    return plain or (isinstance(value, ast.Call) and dotted(value.func).rpartition(".")[2] in CONTAINERS)


def _is_empty(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        # defaultdict(list) is empty although it has an argument.
        return not value.args or dotted(value.func).endswith("defaultdict")
    return (isinstance(value, ast.Dict) and not value.keys) or (isinstance(value, ast.List | ast.Set) and not value.elts)


def _changed_name(node: ast.AST) -> str:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING_CALLS:
        return dotted(node.func.value)
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
        return dotted(node.value)
    return ""


def prints_only_at_the_edge(source: Source) -> Iterator[Complaint]:
    """Standard output belongs to the command line."""
    if source.is_python and not source.under(*CLI_FILES):
        for node in source.nodes:
            if isinstance(node, ast.Call) and dotted(node.func) == "print":
                yield node.lineno, "print outside the command line; log it or return it"


def catches_narrowly(source: Source) -> Iterator[Complaint]:
    """A broad except lives only in the few files named here; one that tidies up and raises again hides nothing."""
    if not source.is_python or source.under(*BROAD_CATCHES):
        return
    for node in source.nodes:
        if isinstance(node, ast.ExceptHandler) and not isinstance(node.body[-1], ast.Raise):
            kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(kind is None or dotted(kind) in {"Exception", "BaseException"} for kind in kinds):
                yield node.lineno, "a broad except; name what can fail"


def tests_prove(source: Source) -> Iterator[Complaint]:
    """A test is never skipped, never expected to fail, and mocks nothing."""
    if not source.under("tests/"):
        return
    for node in source.nodes:
        name = dotted(node) if isinstance(node, ast.Attribute) else ""
        if name.endswith((".skip", ".skipif", ".xfail", ".importorskip")) and name.startswith("pytest."):
            yield getattr(node, "lineno", 1), f"{name}: install what is missing, or the test fails"
        if isinstance(node, ast.Import | ast.ImportFrom) and "mock" in ast.unparse(node).replace(".", " ").split():
            yield node.lineno, "a mock; use the real part, or a fake at a real edge"


RULES = (
    file_is_short, function_is_short, leaves_no_reminder, keeps_no_module_state, prints_only_at_the_edge,
    catches_narrowly, tests_prove,
)  # fmt: skip
