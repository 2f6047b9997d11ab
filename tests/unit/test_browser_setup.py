"""Where there is no browser: one line that says what to install, and a failure."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.machine import browser
from macros.problems import UsageError


def test_without_root_the_missing_browser_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(UsageError, match="install chromium") as caught:
        browser.ensure_browser()
    assert "\n" not in str(caught.value)


def test_without_root_tests_take_the_browser_that_there_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    for name in ("chromium", "chromium-headless-shell"):
        (tmp_path / name).touch(mode=0o755)
        assert browser.ensure_test_browser() == str(tmp_path / name)
    assert browser.ensure_browser() == str(tmp_path / "chromium"), "measures are taken with windows"


@pytest.mark.parametrize("user", [0, 1000])
def test_only_root_on_debian_installs_a_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], user: int
) -> None:
    ran: list[list[str]] = []

    def install(command: list[str], **_: object) -> None:
        ran.append(command)
        if "install" in command:
            (tmp_path / command[-1]).touch(mode=0o755)

    monkeypatch.setattr("subprocess.run", install)
    monkeypatch.setattr("os.geteuid", lambda: user)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError):
        browser.ensure_browser()
    assert ran == [], "there is no apt-get"
    (tmp_path / "apt-get").touch(mode=0o755)
    if user:
        with pytest.raises(UsageError):
            browser.ensure_test_browser()
        assert (ran, capsys.readouterr().out) == ([], "")
        return
    assert browser.ensure_browser() == str(tmp_path / "chromium")
    assert browser.ensure_test_browser() == str(tmp_path / "chromium-headless-shell")
    assert [(command[0], command[-1]) for command in ran] == [
        ("apt-get", "update"),
        ("apt-get", "chromium"),
        ("apt-get", "update"),
        ("apt-get", "chromium-headless-shell"),
    ]
    assert "Installing the browser for the tests: Debian's chromium\n" in capsys.readouterr().out
    assert browser.ensure_test_browser() == str(tmp_path / "chromium-headless-shell")
    assert len(ran) == 4, "nothing is installed twice"
