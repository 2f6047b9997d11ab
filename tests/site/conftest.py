"""The built site, served over real HTTP, and a real browser."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from macros.building.draft import build_draft
from macros.commands.browser import ensure_browser
from macros.commands.links import serve
from macros.tree import Tree
from tests.conftest import ROOT, SPECIMENS

Command = Callable[..., "subprocess.CompletedProcess[str]"]

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns the folder of the project's own site, built as `make draft` builds it."""
    site = tmp_path_factory.mktemp("built") / "site"
    build_draft(Tree(ROOT), site)
    return site


@pytest.fixture(scope="session")
def address(built: Path) -> Iterator[str]:
    """Yields the address at which the built site is served."""
    with serve(built) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yields Debian's chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=ensure_browser(), args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Returns a copy of the small tree that a test may damage."""
    copy = tmp_path / "tree"
    shutil.copytree(SPECIMENS / "small", copy, ignore=shutil.ignore_patterns("site", ".cache"))
    config = copy / "mkdocs.yml"
    config.write_text(config.read_text().replace("../../..", str(ROOT)))
    return copy


@pytest.fixture
def run(tree: Path) -> Command:
    """Returns a function that runs a verb on the copy, as a person would."""

    def command(*words: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "macros", "--tree", str(tree), *words]
        return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)

    return command
