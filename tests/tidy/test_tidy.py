"""The repository keeps the rules of the house; each rule is proved able to fail in test_planted."""

import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import PySide6
import pytest
from packaging.requirements import Requirement

from tests.tidy import import_rules, look_rules, repository_rules, shape_rules
from tests.tidy.source import ROOT, Rule, listed_files, repository

RULES: tuple[Rule, ...] = (*shape_rules.RULES, *import_rules.RULES, *look_rules.RULES, *repository_rules.RULES)


def name_of(rule: Callable[..., object]) -> str:
    return rule.__name__


@pytest.mark.parametrize("rule", RULES, ids=name_of)
def test_every_file_keeps(rule: Rule) -> None:
    complaints = [f"{source.path}:{line}: {words}" for source in repository() for line, words in rule(source)]
    assert not complaints, "\n" + "\n".join(complaints)


def test_nothing_foreign_is_committed() -> None:
    assert repository_rules.foreign_files(listed_files()) == []


def test_the_list_of_qt_modules_without_a_library_is_complete() -> None:
    folder = Path(PySide6.__file__).parent
    if sys.platform == "linux":
        libraries = {path.name.partition(".")[0] for path in folder.glob("Qt*.so")}
        typed = {path.stem for path in folder.glob("Qt*.pyi")}
        assert {f"PySide6.{name}" for name in typed - libraries} == set(import_rules.QT_WITHOUT_LIBRARY)


def test_the_lock_pins_what_the_project_asks_for() -> None:
    """Each distribution named in pyproject.toml is in the lock, within its range and with hashes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [Requirement(line) for extra in project["optional-dependencies"].values() for line in extra]
    lock = (ROOT / "build_scripts" / "requirements.lock").read_text(encoding="utf-8")
    pins = dict(re.findall(r"^([a-z0-9-]+)==(\S+)(?: ;.*)? \\\n    --hash=sha256:", lock, flags=re.MULTILINE))
    assert len(pins) == len(re.findall(r"^\w", lock, flags=re.MULTILINE)), "a pin without a hash"
    wrong = [str(one) for one in asked if not one.specifier.contains(pins.get(one.name, "0"))]
    assert wrong == []
