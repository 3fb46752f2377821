"""What every test of the desk's windows shares: the light look, English, and deafness to one remark of the offscreen screen."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from desktop.config import i18n
from desktop.design import theme

# The offscreen screen says this for every window with a smallest size; real screens do not.
_OFFSCREEN_REMARK = "This plugin does not support propagateSizeHints"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the offscreen screen remark on sizes."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore(_OFFSCREEN_REMARK))


@pytest.fixture(autouse=True)
def _house_look(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test starts in English and, where it has a window, in the light look at 100 %."""
    # Windows of the test before are only asked to go; each that stays is restyled with every change of the look.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    i18n.set_language("en")
    if "qapp" in request.fixturenames:
        theme.apply(request.getfixturevalue("qapp"), "light")
    yield
    i18n.set_language("en")
