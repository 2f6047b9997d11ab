"""No page hangs on a hook or on our own command: every builder of the same file writes the same pages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.project import Project
from tests.site.sharing import share
from tests.site.warm import own_code


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Returns a project with a draft in draft/."""

    def make(folder: Path) -> None:
        assert Project(folder / "project").run("draft").returncode == 0

    return Project.at(share(tmp_path_factory, "drafted", make) / "project")


@pytest.fixture
def project(drafted: Project, tmp_path: Path) -> Project:
    return drafted.copy(tmp_path / "project")


def read_pages(folder: Path) -> dict[str, str]:
    """Returns the pages below a folder; there are enough of them to say something."""
    found = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.html")}
    assert len(found) > 8
    return found


def build(project: Project, builder: str) -> str:
    """Builds strictly into built/, as somebody who knows the builder would; returns what it says."""
    command = [sys.executable, "-m", builder, "build", "--strict", "--site-dir", "built"]
    done = subprocess.run(
        command, cwd=project.top, env=own_code(os.environ), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_pages_are_the_same_without_the_hook(project: Project) -> None:
    before = read_pages(project.top / "draft")
    project.take_code()
    module = project.top / "macros" / "__init__.py"
    text = module.read_text(encoding="utf-8")
    assert "def on_pre_page_macros" in text
    module.write_text(text.partition("def on_pre_page_macros")[0].replace(', "on_pre_page_macros"', ""), "utf-8")
    done = project.run("draft")
    assert done.returncode == 0, done.stderr
    assert read_pages(project.top / "draft") == before


def test_mkdocs_alone_writes_the_pages_and_says_what_it_does_not(project: Project) -> None:
    said = build(project, "mkdocs")
    assert "Pages alone are written here." in said
    assert read_pages(project.top / "built") == read_pages(project.top / "draft" / "latest")


def test_properdocs_builds_the_same_site_from_the_same_file(project: Project) -> None:
    build(project, "properdocs")
    assert read_pages(project.top / "built") == read_pages(project.top / "draft" / "latest")
