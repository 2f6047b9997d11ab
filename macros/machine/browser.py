"""The browser for the tests: Debian's chromium, installed when that can be done, asked for when it cannot.

The tests take it without windows where they can: the same engine, which opens a page in half the time.
"""

from __future__ import annotations

import os
import shutil
import subprocess

from macros.problems import UsageError

_WINDOWLESS = "chromium-headless-shell"
_NAMES = ("chromium", "chromium-browser", "google-chrome", _WINDOWLESS)


def find_browser() -> str | None:
    """Returns the path of a Chromium on this machine."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def ensure_browser() -> str:
    """Returns the path of a Chromium, installed first when root on Debian. Raises UsageError when there is none."""
    found = find_browser()
    if found is None and install_package("chromium", "the browser for the tests"):
        found = find_browser()
    if found is None:
        raise UsageError("the tests need a browser: install chromium (Debian, Ubuntu: sudo apt-get install chromium)")
    return found


def find_windowless() -> str | None:
    """Returns the path of a Chromium without windows on this machine."""
    return shutil.which(_WINDOWLESS)


def ensure_test_browser() -> str:
    """Returns the path of the browser that tests take, installed as `ensure_browser` does. Raises UsageError too."""
    if find_windowless() is None:
        install_package(_WINDOWLESS, "the browser for the tests, without windows")
    return find_windowless() or ensure_browser()


def install_package(name: str, what: str) -> bool:
    """Installs one of Debian's packages when root on Debian; returns whether it was tried."""
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        return False
    print(f"Installing {what}: Debian's {name}", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-qq", "-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=20"]  # not for ever, off the net
    for command in ([*apt, "update"], [*apt, "install", "-y", name]):
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    return True
