"""Setting up a machine: done once, done again when something changed, and said plainly when it cannot be done."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from build_scripts import machine
from build_scripts.machine import (
    NODE_WHEEL,
    ROOT,
    NotReady,
    exists_if_local,
    install_debian_packages,
    locked,
    network_environment,
    step,
)


def test_a_step_is_done_once_and_again_when_its_inputs_change(tmp_path: Path) -> None:
    done: list[str] = []
    config = tmp_path / "config"
    for content in ("one", "one", "two", "two"):
        config.write_text(content)
        step("stamp", [config, "fixed"], lambda content=content: done.append(content), tmp_path / "stamps")  # type: ignore[misc]
    assert done == ["one", "two"]


def test_a_step_that_failed_is_tried_again(tmp_path: Path) -> None:
    def fail() -> None:
        raise NotReady("no network")

    done: list[str] = []
    with pytest.raises(NotReady):
        step("stamp", ["x"], fail, tmp_path)
    step("stamp", ["x"], lambda: done.append("done"), tmp_path)
    assert done == ["done"]


def test_a_person_who_is_not_root_gets_the_one_line_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "is_root", lambda: False)
    monkeypatch.setattr(machine, "missing_debian_packages", list)
    with pytest.raises(NotReady, match=r"sudo apt-get install -y --no-install-recommends libegl1 xvfb$"):
        install_debian_packages(["libegl1", "xvfb"])


def test_a_part_of_the_lock_keeps_its_hashes() -> None:
    only_uv = locked("uv").splitlines()
    assert only_uv[0].startswith("uv==")
    assert all(line.startswith("    --hash=sha256:") for line in only_uv[1:])
    rest = locked(NODE_WHEEL, without=True)
    assert f"\n{NODE_WHEEL}==" not in rest
    assert "\nsqlalchemy==" in rest


def test_a_package_folder_that_is_not_there_is_not_asked(tmp_path: Path) -> None:
    assert exists_if_local("https://packages.example/simple")
    assert exists_if_local(f"file://{tmp_path}")
    assert not exists_if_local(f"file://{tmp_path}/gone")
    assert not exists_if_local(f"{tmp_path}/gone")


def test_uv_is_told_what_pip_knows_and_its_own_settings_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX", "UV_FIND_LINKS", "UV_HTTP_TIMEOUT", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", f"file://{tmp_path}/gone file://{tmp_path} https://second.example/simple")
    monkeypatch.setenv("PIP_CERT", "/etc/club.pem")
    monkeypatch.setenv("UV_HTTP_TIMEOUT", "7")
    environment = network_environment()
    assert environment["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert environment["UV_INDEX"] == f"file://{tmp_path} https://second.example/simple"
    assert environment["SSL_CERT_FILE"] == "/etc/club.pem"
    assert environment["UV_HTTP_TIMEOUT"] == "7"


def test_without_a_display_run_names_the_fix_and_offers_pictures() -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    command = [sys.executable, "build_scripts/dev.py", "run"]
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if sys.platform == "linux":
        assert answer.returncode == 2
        assert "xvfb-run -a python3 build_scripts/dev.py run" in answer.stderr
        assert "run --offscreen --screenshot" in answer.stderr
        assert "Traceback" not in answer.stderr
