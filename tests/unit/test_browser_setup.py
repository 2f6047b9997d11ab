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
