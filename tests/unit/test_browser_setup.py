"""Where there is no browser: one line that says what to install, and a failure."""

from __future__ import annotations

import pytest

from macros.machine import browser
from macros.problems import UsageError


def test_without_root_the_missing_browser_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(UsageError, match="install chromium") as caught:
        browser.ensure_browser()
    assert "\n" not in str(caught.value)
