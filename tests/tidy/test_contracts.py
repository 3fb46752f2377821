"""The import contracts of pyproject.toml hold for an innocent tree of the same shape, and each one breaks when it should."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.tidy.source import ROOT

MODULES = {
    "shared/sales": ("cart", "rules", "tables", "commands"),
    "shared/stock": ("rules", "tables"),
    "shared/ledger": ("effects", "log", "writes", "tables"),
    "desktop/screens/sale": ("view",),
    "desktop/screens/shift": ("view",),
    "desktop/widgets": ("table",),
    "desktop/design": ("tokens",),
}
PLANTED = {
    "Two programs, one shared core, and they never meet": ("desktop/store/__init__.py", "import sync_server.storage"),
    "Concepts build on each other in one direction": ("shared/stock/rules.py", "import shared.sales.cart"),
    "shared knows no screen, no web, no driver": ("shared/sales/commands.py", "import PySide6"),
    "The machine's own sqlite3 is used nowhere": ("desktop/store/__init__.py", "import sqlite3"),
    "Rules, values and effects are pure": ("shared/sales/rules.py", "import shared.sales.tables"),
    "Desktop layers": ("desktop/store/__init__.py", "import desktop.app"),
    "Screens do not know each other": ("desktop/screens/sale/view.py", "import desktop.screens.shift.view"),
    "No SQL and no tables above the store": ("desktop/screens/sale/view.py", "import shared.stock.tables"),
    "Widgets and design know nothing of the business": ("desktop/widgets/table.py", "import shared.sales.cart"),
    "Server layers": ("sync_server/storage/__init__.py", "import sync_server.__main__"),
    "No cycles between siblings": ("shared/ledger/log.py", "import shared.ledger.writes"),
}
CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]


def write(path: Path, text: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'"""Empty."""\n{text}\n', encoding="utf-8")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Every layer that the contracts name, with nothing inside."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for contract in CONFIGURATION["contracts"]:
        for container in contract.get("containers", []):
            for name in " ".join(contract["layers"]).replace("|", " ").replace("(", " ").replace(")", " ").split():
                place = tmp_path / container / name
                write(place.with_suffix(".py") if name == "__main__" else place / "__init__.py")
    for folder, names in MODULES.items():
        for name in ("__init__", *names):
            write(tmp_path / folder / f"{name}.py")
    for package in CONFIGURATION["root_packages"]:
        write(tmp_path / package / "__init__.py")
    return tmp_path


def broken_contracts(tree: Path) -> set[str]:
    """Names of the contracts that import-linter calls broken there."""
    environment = {**os.environ, "PYTHONPATH": str(tree), "COLUMNS": "200"}
    program = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    command = [sys.executable, "-c", program, "--no-cache"]
    answer = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    lines = [line.strip() for line in answer.stdout.splitlines()]
    assert "Contracts" in lines, answer.stdout + answer.stderr
    return {line.removesuffix(" BROKEN") for line in lines if line.endswith(" BROKEN")}


def test_the_contracts_hold_for_an_innocent_tree(tree: Path) -> None:
    assert broken_contracts(tree) == set()


@pytest.mark.parametrize("name", PLANTED)
def test_the_contract_breaks_when_its_rule_is_broken(name: str, tree: Path) -> None:
    path, line = PLANTED[name]
    write(tree / path, line)
    if name == "No cycles between siblings":
        write(tree / "shared" / "ledger" / "writes.py", "import shared.ledger.log")
    assert name in broken_contracts(tree)


@pytest.mark.parametrize("place", ["shared/surprise", "desktop/surprise", "sync_server/surprise"])
def test_a_package_that_no_contract_names_is_refused(place: str, tree: Path) -> None:
    write(tree / place / "__init__.py")
    assert broken_contracts(tree)


def test_every_contract_has_a_planted_violation() -> None:
    assert {contract["name"] for contract in CONFIGURATION["contracts"]} == set(PLANTED)
