"""What the window shows is fetched: every icon and font that code names."""

import ast
import tomllib
from collections.abc import Iterator

from build_scripts.vendor_assets import RESOURCES, VENDOR, wanted_icons
from desktop.actions.catalog import ACTIONS
from tests.tidy.source import Source, repository


def named_icons(source: Source) -> Iterator[str]:
    """Texts given as `icon=` in calls or as the default of a parameter of that name."""
    for node in source.nodes:
        if isinstance(node, ast.Call):
            values: list[ast.expr | None] = [keyword.value for keyword in node.keywords if keyword.arg == "icon"]
        elif isinstance(node, ast.arguments):
            positional = [*node.posonlyargs, *node.args]
            defaults = zip(positional[len(positional) - len(node.defaults) :], node.defaults, strict=True)
            pairs = [*defaults, *zip(node.kwonlyargs, node.kw_defaults, strict=True)]
            values = [default for argument, default in pairs if argument.arg == "icon"]
        else:
            continue
        for value in values:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
                yield value.value


def test_every_icon_that_code_names_is_listed() -> None:
    named = {action.icon for action in ACTIONS if action.icon}
    named |= {icon for source in repository() if source.path.startswith("desktop/") for icon in named_icons(source)}
    assert sorted(named - set(wanted_icons())) == []


def test_every_listed_icon_and_font_is_installed() -> None:
    packages = tomllib.loads((RESOURCES / "vendor.toml").read_text(encoding="utf-8")).values()
    files = [VENDOR / "fonts" / name for package in packages for name in package.get("fonts", {}).values()]
    files += [VENDOR / "icons" / f"{name}.svg" for name in wanted_icons()]
    assert [path.name for path in files if not path.exists()] == []


def test_the_list_of_icons_is_in_order_and_without_repeats() -> None:
    assert wanted_icons() == sorted(set(wanted_icons()))


def test_icons_are_found_in_code() -> None:
    source = Source(
        "desktop/x.py", 'def f(a, icon="info", *, b=1): ...\ndef g(*, icon="x"): ...\nh(icon="check")\nh(icon=name)\n'
    )
    assert set(named_icons(source)) == {"info", "x", "check"}
