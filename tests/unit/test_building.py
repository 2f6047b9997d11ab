"""What MkDocs says when it fails becomes problems at their places; a build knows no day but its own."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from macros.builder.builder import locate_warning, run_builder
from macros.problems import ContentError, UsageError
from macros.tree import Tree
from tests.conftest import write_texts


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Returns a tree of one page, with settings."""
    texts = {
        "docs/one.md": "# One\n\nSee [it](gone.md) and\nthen [it](gone.md).\n",
        "mkdocs.yml": "site_name: A\nnav: [one.md, two.md]\n",
        "data/catalog.yml": "as_at: 2026-09-30\n",
    }
    write_texts(tmp_path, texts)
    return Tree(tmp_path)


def run(tree: Tree, monkeypatch: pytest.MonkeyPatch, code: int, said: str) -> dict[str, Any]:
    """Runs the builder where MkDocs ends with this code and says this; returns how it was called."""
    called: dict[str, Any] = {}

    def end(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        called.update(options, command=command)
        done = subprocess.CompletedProcess(command, code, said)
        if options["check"]:
            done.check_returncode()
        return done

    monkeypatch.setattr(subprocess, "run", end)
    run_builder(tree, tree.root / "out")
    return called


def test_a_build_is_strict_and_has_the_day_of_its_records(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    called = run(tree, monkeypatch, 0, "WARNING -  of no matter")
    assert "--strict" in called["command"]
    assert called["command"][-1] == str(tree.root / "out")
    assert called["env"]["SOURCE_DATE_EPOCH"] == "1790726400", "September 30, 2026"
    assert called["text"] is True
    (tree.data / "catalog.yml").unlink()
    assert run(tree, monkeypatch, 0, "")["env"]["SOURCE_DATE_EPOCH"] == "315532800", "January 1, 1980"


def test_each_warning_is_a_problem_with_the_names_that_follow_it(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    said = (
        "INFO    -  Cleaning\n  - no name of a warning\nWARNING -  Doc file 'one.md' contains a link 'gone.md', but\n"
        "INFO    -  So\nWARNING -  These are not there:\n  - two.md\n  - three.md\n\nAborted\n"
    )
    with pytest.raises(ContentError) as caught:
        run(tree, monkeypatch, 1, said)
    assert [(one.path, one.line, one.column, one.message) for one in caught.value.problems] == [
        ("docs/one.md", 3, 10, "Doc file 'one.md' contains a link 'gone.md', but"),
        ("mkdocs.yml", 1, 1, "These are not there: two.md three.md"),
    ]


def test_a_failure_without_a_warning_is_said_whole(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="the builder failed:\nTraceback\n  of it"):
        run(tree, monkeypatch, 1, "INFO    -  Cleaning\n\nTraceback\n  of it\n")


@pytest.mark.parametrize(
    ("warning", "place"),
    [
        ("Doc file 'one.md' contains 'it](gone'", ("docs/one.md", 3, 6)),
        ("Doc file 'one.md' contains 'nothing' of 'gone.md'", ("docs/one.md", 1, 1)),
        ("Doc file 'two.md' contains 'it'", ("docs/two.md", 1, 1)),
        ("The page 'two.md' is in nav", ("mkdocs.yml", 2, 15)),
        ("It is not known where", ("mkdocs.yml", 1, 1)),
    ],
)
def test_a_warning_stands_where_its_words_stand(tree: Tree, warning: str, place: tuple[str, int, int]) -> None:
    problem = locate_warning(tree, warning)
    assert (problem.path, problem.line, problem.column) == place
    assert problem.message == warning
