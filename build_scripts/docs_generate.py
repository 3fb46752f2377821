"""Write docs/generated from the program itself: operations, commands and queries, rights, keys, settings.

`python build_scripts/docs_generate.py` writes; with `--check` it only says what differs and leaves with code 1.
"""

import argparse
import sys
import typing
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import UnionType
from typing import Any

import msgspec

# A script sees only its own folder; the program lies beside it.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import shared.concepts  # noqa: F401  it registers everything this script tells of
from desktop.actions.catalog import ACTIONS, GROUPS, HINTS
from desktop.config.settings import DeskSettings
from desktop.devices.printer_settings import PrinterSettings
from shared.branches.rules import BranchSettings
from shared.ledger.operation import Operation, operations
from shared.ledger.transaction import Command, Query, commands, queries
from shared.staff.rules import RIGHTS, ROLE_NAMES, Right, Role

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "generated"
HEAD = "<!-- Written by build_scripts/docs_generate.py; change the code, then run it again. -->\n"


def concept_of(module: str) -> str:
    """The folder of `shared` that something is declared in."""
    return module.split(".")[1]


def words_of(documented: object) -> str:
    """The first paragraph of a docstring on one line."""
    paragraph = (documented.__doc__ or "").strip().split("\n\n")[0]
    return " ".join(paragraph.split())


def type_name(hint: Any) -> str:
    """A type as people write it: `tuple[LineAsked, ...]`, `str | None`."""
    if isinstance(hint, UnionType) or typing.get_origin(hint) is typing.Union:
        return " | ".join(type_name(part) for part in typing.get_args(hint))
    if typing.get_origin(hint) is typing.Annotated:
        return type_name(typing.get_args(hint)[0])
    if typing.get_origin(hint) is typing.Literal:
        return " | ".join(repr(value) for value in typing.get_args(hint))
    if inner := typing.get_args(hint):
        parts = ", ".join("..." if part is Ellipsis else type_name(part) for part in inner)
        return f"{type_name(typing.get_origin(hint))}[{parts}]"
    return "None" if hint is type(None) else str(getattr(hint, "__name__", hint))


def plain(value: Any) -> Any:
    """A default as it stands in JSON; a struct by its own words."""
    return value if isinstance(value, msgspec.Struct) else msgspec.to_builtins(value)


def cell(text: str) -> str:
    """Text that a table of Markdown can hold."""
    return text.replace("|", "\\|")


def fields_table(struct: type[msgspec.Struct], names: tuple[str, str] = ("Field", "Default")) -> Iterator[str]:
    """The fields of a struct with their types and defaults."""
    yield f"| {names[0]} | Type | {names[1]} |"
    yield "|---|---|---|"
    for one in msgspec.structs.fields(struct):
        default = "" if one.default is msgspec.NODEFAULT else f"`{cell(repr(plain(one.default)))}`"
        if one.default_factory is not msgspec.NODEFAULT:
            default = f"`{plain(one.default_factory())!r}`"
        yield f"| `{one.name}` | {cell(type_name(one.type))} | {default} |"


def structs_within(hint: Any) -> Iterator[type[msgspec.Struct]]:
    """The structs a type is made of, itself first."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        yield hint
        for one in msgspec.structs.fields(hint):
            yield from structs_within(one.type)
    for part in typing.get_args(hint):
        yield from structs_within(part)


def operations_page() -> Iterator[str]:
    """Every kind of fact, with its body."""
    yield "# Operations\n"
    yield "Every fact that can be written down. A kind and version never change their meaning.\n"
    known = {kind: cls for kind, cls in operations().items() if cls.__module__.startswith("shared.")}
    for concept in sorted({concept_of(cls.__module__) for cls in known.values()}):
        yield f"## {concept}\n"
        for kind, cls in known.items():
            if concept_of(cls.__module__) == concept:
                yield from _operation(kind, cls)


def _operation(kind: str, cls: type[Operation]) -> Iterator[str]:
    yield f"### `{kind}` version {cls.version}\n"
    yield words_of(cls) + "\n"
    yield from fields_table(cls)
    yield ""
    parts = {part: None for one in msgspec.structs.fields(cls) for part in structs_within(one.type)}
    for part in parts:
        yield f"`{part.__name__}`: {words_of(part)}\n"
        yield from fields_table(part)
        yield ""


def commands_page() -> Iterator[str]:
    """Everything people and programs may ask for, as `clubkassa-desk shell` takes it."""
    yield "# Commands and queries\n"
    yield "A command changes something and answers with its operation; a query only answers."
    yield "`clubkassa-desk shell` takes every one of them by name.\n"
    entries: tuple[tuple[str, Iterable[Command | Query]], ...] = (
        ("Commands", commands().values()),
        ("Queries", queries().values()),
    )
    for title, listed in entries:
        yield f"## {title}\n"
        for entry in listed:
            if entry.function.__module__.startswith("shared."):
                yield from _asked(entry)


def _asked(entry: Command | Query) -> Iterator[str]:
    yield f"### `{entry.name}`\n"
    yield words_of(entry.function) + "\n"
    answer = f"`{entry.states.kind}`" if isinstance(entry, Command) else f"`{cell(type_name(entry.answers))}`"
    yield f"Right: {f'`{entry.right}`' if entry.right else 'none'}. Answers: {answer}.\n"
    if msgspec.structs.fields(entry.arguments):
        yield from fields_table(entry.arguments, ("Argument", "Default"))
        yield ""


def permissions_page() -> Iterator[str]:
    """Who may do what."""
    yield "# Rights and roles\n"
    yield "| Right | " + " | ".join(ROLE_NAMES[role] for role in Role) + " | Asked for by |"
    yield "|---|" + ":-:|" * len(Role) + "---|"
    for right in Right:
        marks = " | ".join("✓" if right in RIGHTS[role] else "" for role in Role)
        asked: list[Command | Query] = [*commands().values(), *queries().values()]
        askers = [entry.name for entry in asked if entry.right == right]
        yield f"| `{right.value}` | {marks} | {', '.join(f'`{name}`' for name in sorted(askers))} |"
    yield ""


def hotkeys_page() -> Iterator[str]:
    """Every action with its keys, by screen."""
    yield "# Keys\n"
    yield "Letters answer under both layouts: Ctrl+Z is Ctrl+Я.\n"
    for scope in dict.fromkeys((*(action.scope for action in ACTIONS), *(hint.scope for hint in HINTS))):
        yield f"## {scope}\n"
        yield "| Keys | What | Group | Action |"
        yield "|---|---|---|---|"
        for action in ACTIONS:
            if action.scope == scope:
                keys = " ".join(f"`{key}`" for key in action.keys)
                what = f"{action.label}: {action.says}" if action.says else action.label
                yield f"| {keys} | {what} | {GROUPS[action.group]} | `{action.id}` |"
        for hint in HINTS:
            if hint.scope == scope:
                yield f"| {' '.join(f'`{key}`' for key in hint.keys)} | {hint.says} | {GROUPS[hint.group]} | |"
        yield ""


def settings_page() -> Iterator[str]:
    """Every setting of a club, a desk and a printer."""
    yield "# Settings\n"
    for title, struct in (("Club", BranchSettings), ("Desk", DeskSettings), ("Receipt printer", PrinterSettings)):
        yield f"## {title}\n"
        yield words_of(struct) + "\n"
        yield from fields_table(struct, ("Setting", "Default"))
        yield ""


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "operations.md": operations_page,
    "commands.md": commands_page,
    "permissions.md": permissions_page,
    "hotkeys.md": hotkeys_page,
    "settings.md": settings_page,
}


def pages() -> dict[str, str]:
    """File name → text of every page."""
    return {name: HEAD + "\n" + "\n".join(page()).rstrip("\n") + "\n" for name, page in PAGES.items()}


def differing() -> list[str]:
    """Names of pages that do not say what the program says."""
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    now = pages()
    return sorted(name for name in there.keys() | now.keys() if there.get(name) != now.get(name))


def main() -> int:
    """Write the pages, or with `--check` compare them."""
    parser = argparse.ArgumentParser(description="Write docs/generated from the program itself.")
    parser.add_argument("--check", action="store_true", help="write nothing, name what differs")
    options = parser.parse_args()
    different = differing()
    if options.check:
        print("\n".join(different) or "docs/generated says what the program says")
        return 1 if different else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
