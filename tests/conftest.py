"""Rules that hold for every test: no network but loopback, no unexpected warning in the log, no dependence on speed."""

import ipaddress
import logging
import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

LOOPBACK_NAMES = {"localhost", ""}

settings.register_profile("house", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in LOOPBACK_NAMES


def _refuse_far_addresses(event: str, arguments: tuple[object, ...]) -> None:
    if event in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
        # A path is a Unix socket and stays on this machine.
        if isinstance(address, tuple) and not _is_loopback(str(address[0])):
            raise AssertionError(f"a test reached for {address[0]}; tests talk to loopback only")


sys.addaudithook(_refuse_far_addresses)


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers of this repository."""
    config.addinivalue_line("markers", "logs_warnings: this test provokes a fault that the program rightly reports in its log")


@pytest.fixture(autouse=True)
def _no_unexpected_log_warnings(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in the log is a failure unless the test says that it provokes one."""
    yield
    if request.node.get_closest_marker("logs_warnings"):
        return
    seen = [record for when in ("setup", "call") for record in caplog.get_records(when) if record.levelno >= logging.WARNING]
    if seen:
        pytest.fail("unexpected in the log: " + "; ".join(record.getMessage() for record in seen), pytrace=False)
