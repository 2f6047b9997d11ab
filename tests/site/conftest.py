"""The built site, served over real HTTP, and a real browser."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from macros.builder.draft import build_draft
from macros.machine.browser import ensure_browser, find_windowless
from macros.machine.server import serve
from macros.tree import Tree
from tests.conftest import ROOT, copy_small
from tests.site.guarding import keep_contexts
from tests.site.layouts import choose_pages
from tests.site.project import FIRST, PUBLISHED, SECOND, Project
from tests.site.sharing import share
from tests.site.warm import run_verb

Command = Callable[..., "subprocess.CompletedProcess[str]"]

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
QUIET += ["--process-per-site"]  # pages of one context share their process, however they were opened


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Lets one of two workers begin with what needs the built site, and the other, with the second half, with the rest.

    So nobody waits while it is built. What reads its pages without a browser comes first, and so is not stolen: pages
    are parsed in one worker.
    """
    needy = [one for one in items if "built" in _needs(one)]
    needy.sort(key=lambda one: "browser" in _needs(one))
    others = [one for one in items if "built" not in _needs(one)]
    half = len(items) // 2
    items[:] = [*needy[:half], *others, *needy[half:]]


def _needs(item: pytest.Item) -> list[str]:
    return item.fixturenames if isinstance(item, pytest.Function) else []


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns the folder of the project's own site, built as `make draft` builds it."""
    return share(tmp_path_factory, "built", lambda folder: build_draft(Tree(ROOT), folder / "site")) / "site"


@pytest.fixture(scope="session")
def layouts(built: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Returns the addresses of pages that together have every layout of the project's own site."""

    def choose(folder: Path) -> None:
        (folder / "layouts.json").write_text(json.dumps(choose_pages(built / "latest")), encoding="utf-8")

    chosen: list[str] = json.loads((share(tmp_path_factory, "layouts", choose) / "layouts.json").read_text("utf-8"))
    assert len(chosen) > 20
    return chosen


@pytest.fixture(scope="session")
def address(built: Path) -> Iterator[str]:
    """Yields the address at which the built site is served."""
    with serve(built) as url, keep_contexts(url):
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yields Debian's chromium, without windows where `make test` could install it so."""
    with sync_playwright() as playwright:
        path = find_windowless() or ensure_browser()
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Returns a copy of the small tree that a test may damage."""
    return copy_small(tmp_path / "tree")


@pytest.fixture
def run(tree: Path) -> Command:
    """Returns a function that runs a verb on the copy, as a person would."""

    def command(*words: str) -> subprocess.CompletedProcess[str]:
        return run_verb(["--tree", str(tree), *words], ROOT)

    return command


NEW = """---
title: New
description: A page that the first edition has not.
---

# New

New here, and short.{{ cite('report') }}

{{ sources() }}
"""


def _make_two_editions(folder: Path) -> None:
    project = Project(folder / "project")
    project.change("data/catalog.yml", SECOND, FIRST)
    project.freeze(FIRST, "--title", "First")
    project.keep_sources(FIRST)
    project.change("data/catalog.yml", FIRST, SECOND)
    project.change("docs/two.md", "It says something.", "It says something else.")
    project.change("data/question/doubt.yml", "status: open", "status: debated")
    (project.top / "docs" / "more").mkdir()
    (project.top / "docs" / "more" / "new.md").write_text(NEW)
    (project.top / "docs" / "buyers.md").rename(project.top / "docs" / "customers.md")
    project.change("mkdocs.yml", "buyers.md", "customers.md\n  - more/new.md")
    project.freeze(SECOND, "--title", "Second", "--note", "A note for readers.")
    done = project.run("site")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Returns a project with two candidates, built: the second has another state, one page more and one less."""
    return Project.at(share(tmp_path_factory, "made", _make_two_editions) / "project")


@pytest.fixture
def project(made: Project, tmp_path: Path) -> Project:
    """Returns a copy of the project with two candidates that a test may damage."""
    return made.copy(tmp_path / "project")


@pytest.fixture(scope="session")
def made_public(made: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Returns that project with both editions published, on the days of `PUBLISHED`, and built."""

    def publish(folder: Path) -> None:
        project = made.copy(folder / "project")
        project.publish(*PUBLISHED)
        done = project.run("site")
        assert done.returncode == 0, done.stderr

    return Project.at(share(tmp_path_factory, "made public", publish) / "project")


@pytest.fixture
def published(made_public: Project, tmp_path: Path) -> Project:
    """Returns a copy of the project with two published editions that a test may damage."""
    return made_public.copy(tmp_path / "project")
